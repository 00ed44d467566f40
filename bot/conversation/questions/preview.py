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
from bot.conversation.words import Word
from bot.domain.text import thai_digits
from bot.domain.updates import Answer

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
            "asks_day": flow.row_of(draft, "expected_on") is not None,
            "expected_on": draft.update.expected_on,
            "pieces": [_as_printed(draft, receiving.piece_line(piece)) for piece in draft.update.evidence],
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


def _as_printed(draft: Draft, line: dict[str, object]) -> dict[str, object]:
    """A piece with its caption's digits as the annex prints them."""
    caption = line["caption"]
    return line | {"caption": thai_digits(str(caption))} if caption and draft.thai_digits else line


def _sections(draft: Draft) -> list[dict[str, object]]:
    """Each answer that the status asks, in order, as the report prints it; a reason stands under สรุปผล."""
    found: list[dict[str, object]] = []
    for row in flow.rows(draft):
        answer = flow.ANSWER_OF.get(row.question)
        if answer is None:
            continue
        is_reason = row.question == "reason"
        heading = Answer.SUMMARY.heading if is_reason else answer.heading
        text = draft.update.answer(answer)
        text = thai_digits(text) if text and draft.thai_digits else text
        found.append({"heading": heading, "text": text, "optional": row.optional, "is_reason": is_reason})
    return found


QUESTION = IsItRight(key=KEY, template="preview")
