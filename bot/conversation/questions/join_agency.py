"""Which agency somebody without a code asks to join.

< ask_join_agency [๑] [๒] [ยกเลิก]
> หนองดี
< ask_join_name
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.flows import joining
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.text import thai_digits


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOfWhom(Question):
    """Shows the agencies where they are few, else asks for a part of the name; joining.stranger hears the answer."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The agencies found."""
        return {"agencies": [agency.name for agency in joining.listed(turn)]}

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """A number for each, and the way out."""
        numbered = range(1, len(joining.listed(turn)) + 1)
        return (*(button(turn, thai_digits(str(number))) for number in numbered), button(turn, Word.CANCEL))


QUESTION = AskedOfWhom(key="join_agency", template="ask_join_agency", needs_draft=False)
