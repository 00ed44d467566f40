"""Under which name, and of which division, somebody asks to join.

< ask_join_name [ยกเลิก]
> นางมะลิ ใจงาม, กองคลัง
< join_asked
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.flows import joining
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoAsks(Question):
    """Asks for one short message; joining.stranger hears the answer."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The agency."""
        agency = joining.chosen(turn)
        return {"agency": agency.name if agency else ""}

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """The way out."""
        return (button(turn, Word.CANCEL),)


QUESTION = WhoAsks(key="join_name", template="ask_join_name", needs_draft=False)
