"""Which answer of the update is to be changed.

< answer_to_change [สถานะ] [สรุปผลการดำเนินการ] [หลักฐาน]
> สรุปผลการดำเนินการ
< ask_summary
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import words
from bot.conversation.flows import progress_update as flow
from bot.conversation.flows import returned
from bot.conversation.questions.base import Question, button, where
from bot.conversation.questions.headings_of import NAMES
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word

KEY = "answer_to_change"
_SHORT: Mapping[str, str] = {"obstacles": "ปัญหา/ข้อเสนอแนะ", "outcome": "ผลลัพธ์/ความสำเร็จ"}
"""Buttons hold 20 graphemes; what they say is the heading in full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichAnswer(Question):
    """Asks for the heading of the answer to change."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The headings to choose from."""
        return where(turn, KEY) | {"headings": [NAMES[key] for key in _changeable(turn)]}

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """A button for each heading, those that a reviewer named first, then the way back."""
        keys = returned.meant_by(_sent_back(turn), _changeable(turn))
        found = (button(turn, NAMES[key], _SHORT.get(key)) for key in keys)
        return (*found, button(turn, Word.BACK), button(turn, Word.PAUSE), Choice(label=Word.HELP, word=Word.HELP))

    def hears(self, turn: Turn, text: str) -> bool:
        """A heading; สถานะ means the status of the update here."""
        chosen = words.heading(text)
        if chosen == "obstacles" and "reason" in _changeable(turn):
            chosen = "reason"
        if chosen is None or chosen not in _changeable(turn):
            return False
        turn.ask(chosen)
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """Back to where แก้ไข was said."""
        if word is not Word.BACK or turn.draft is None:
            return False
        came_from = turn.recall("came_from")
        turn.remember(came_from=None)
        known = came_from == "status" or (came_from and flow.row_of(turn.draft, came_from))
        turn.ask(came_from if came_from and known else flow.LAST)
        return True

    def accept(self, turn: Turn, text: str) -> None:
        """Not a heading of this update."""
        turn.say("mistake/heading_not_understood")
        turn.ask_again()


def _sent_back(turn: Turn) -> str | None:
    """Why what is being corrected was sent back."""
    replaced = (task.update for task in turn.facts.tasks if turn.draft and task.update)
    return next((u.review_reason for u in replaced if turn.draft and u.id == turn.draft.replaces), None)


def _changeable(turn: Turn) -> tuple[str, ...]:
    if turn.draft is None:
        return ()
    return ("status", *(row.question for row in flow.rows(turn.draft)))


QUESTION = WhichAnswer(key=KEY, template="answer_to_change")
