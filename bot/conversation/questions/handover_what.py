"""Which measures are handed over.

< ask_handover_what [ทั้งหมด] [ย้อนกลับ]
> ๑, ๓-๕
< confirm_handover
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.flows import administration, handing_over, standing_in
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word

ALL = "ทั้งหมด"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichMeasures(Question):
    """Asks for numbers and ranges in one message."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The officer's measures."""
        colleague = standing_in.chosen(turn)
        return {
            "taker": colleague.person.name if colleague else "",
            "measures": [{"no": m.no, "title": m.title} for m in handing_over.offered(turn)],
        }

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """All of them, and the way back."""
        return (button(turn, ALL), button(turn, Word.BACK), button(turn, Word.CANCEL))

    def hears(self, turn: Turn, text: str) -> bool:
        """Numbers, ranges, or ทั้งหมด."""
        measures = handing_over.read(turn, text)
        if measures:
            turn.remember(measures=",".join(measure.id for measure in measures))
            turn.ask("confirm_handover", flow=standing_in.FLOW)
        return bool(measures)

    def takes(self, turn: Turn, word: Word) -> bool:
        """Back, or leaving."""
        if word is Word.BACK:
            turn.ask("colleague", flow=standing_in.FLOW)
        elif word in {Word.CANCEL, Word.PAUSE}:
            administration.end_aside(turn)
        else:
            return False
        return True

    def accept(self, turn: Turn, text: str) -> None:
        """Numbers that are not the officer's, or no numbers."""
        turn.say("mistake/handover_numbers")
        turn.ask_again()


QUESTION = WhichMeasures(key="handover_what", template="ask_handover_what", needs_draft=False)
