"""Which measure of a locked round is to be opened again.

< ask_reopen_which [๑] [๒] [ย้อนกลับ]
> ๒
< ask_reopen_reason
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import words
from bot.conversation.flows import reopening
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.text import thai_digits

KEY = reopening.WHICH
MOST_BUTTONS = 11
MOST_LINES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichToReopen(Question):
    """Asks by the place in the list: two rounds or agencies may have the same number."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The measures with their round."""
        several = len({task.agency.id for task in turn.facts.locked_work}) > 1
        lines = [
            {
                "no": task.measure.no,
                "title": task.measure.title,
                "round_no": task.round.no.value,
                "year": task.round.fiscal_year,
                "agency": task.agency.name if several else None,
                "was_sent": task.update is not None,
            }
            for task in turn.facts.locked_work
        ]
        return {"measures": lines[:MOST_LINES], "more": len(lines[MOST_LINES:])}

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """A number for each, and the way back."""
        count = min(len(turn.facts.locked_work), MOST_BUTTONS)
        return (*(button(turn, thai_digits(str(no))) for no in range(1, count + 1)), button(turn, Word.BACK))

    def hears(self, turn: Turn, text: str) -> bool:
        """A number of the list."""
        no = words.number(text)
        if no is None or not 1 <= no <= len(turn.facts.locked_work):
            return False
        reopening.choose(turn, no)
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """Leaving it."""
        if word not in {Word.BACK, Word.CANCEL, Word.PAUSE, Word.END, Word.SKIP}:
            return False
        reopening.leave(turn)
        if turn.is_idle:
            turn.say("left")
        return True


QUESTION = WhichToReopen(key=KEY, template="ask_reopen_which", needs_draft=False)
