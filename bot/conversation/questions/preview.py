"""The update as it will stand in the report; ยืนยัน submits it.

< preview [ยืนยัน] [แก้ไข]
> ยืนยัน
< submitted
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import headings
from bot.conversation.facts import Draft
from bot.conversation.flows import progress_update as flow
from bot.conversation.flows import receiving, submitting
from bot.conversation.questions.base import Question, button, where
from bot.conversation.questions.written_answer import fill
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import REASON_HEADING, Word

KEY = "preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class IsItRight(Question):
    """Shows everything and asks for ยืนยัน."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The measure and each answer under its heading."""
        draft = turn.draft
        if draft is None:
            return where(turn, KEY)
        return where(turn, KEY) | {
            "agency": draft.agency.name,
            "year": draft.round.fiscal_year,
            "status": draft.update.status.thai if draft.update.status else None,
            "sections": _sections(draft),
            "expected_on": draft.update.expected_on if flow.row_of(draft, "expected_on") else None,
            "pieces": [receiving.piece_line(piece) for piece in draft.update.evidence],
            "corrects": draft.replaces is not None,
        }

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """Submit, change, back, keep for later, drop."""
        return tuple(button(turn, word) for word in (Word.CONFIRM, Word.CHANGE, Word.BACK, Word.PAUSE, Word.CANCEL))

    def takes(self, turn: Turn, word: Word) -> bool:
        """Submit, or go back to the last question."""
        match word:
            case Word.CONFIRM:
                submitting.confirm(turn)
            case Word.BACK:
                flow.back(turn, KEY)
            case _:
                return False
        return True

    def accept(self, turn: Turn, text: str) -> None:
        """Text under headings changes those answers; anything else was not understood."""
        draft = turn.draft
        found = headings.split(text, flow.answers_asked(draft)) if draft else headings.Split()
        if draft is None or not found.answers or found.before:
            turn.say("mistake/confirm_or_change")
        else:
            fill(turn, draft, found.answers)
            turn.ask_again()


def _sections(draft: Draft) -> list[dict[str, object]]:
    """Each answer that the status asks, in order, with what is still missing said so."""
    found: list[dict[str, object]] = []
    for row in flow.rows(draft):
        answer = flow.ANSWER_OF.get(row.question)
        if answer is None:
            continue
        heading = REASON_HEADING if row.question == "reason" else answer.heading
        found.append({"heading": heading, "text": draft.update.answer(answer), "optional": row.optional})
    return found


QUESTION = IsItRight(key=KEY, template="preview")
