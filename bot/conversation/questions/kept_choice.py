"""Which of the kept pieces are to go into this update.

< ask_kept_choice [๑] [๒] [ใช้หลักฐานที่เก็บไว้] [เสร็จแล้ว]
> ๒
< used_kept
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import words
from bot.conversation.flows import keeping, receiving
from bot.conversation.questions.base import Question, button, way_back, where
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.text import thai_digits

KEY = keeping.CHOICE
MOST_BUTTONS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichOfThem(Question):
    """Asks for a piece by its number, until there is none left or enough was taken."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """What waits for this measure."""
        return where(turn, "evidence") | {"pieces": [receiving.line(piece) for piece in keeping.waiting(turn)]}

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """A number for each, all of them, or enough."""
        count = min(len(keeping.waiting(turn)), MOST_BUTTONS)
        numbers = (button(turn, thai_digits(str(number))) for number in range(1, count + 1))
        return (*numbers, button(turn, keeping.USE), button(turn, Word.END), *way_back(turn))

    def hears(self, turn: Turn, text: str) -> bool:
        """A number, or all."""
        found, no = keeping.waiting(turn), words.number(text)
        if not found and words.command(text) is None:
            turn.ask("evidence")
        elif keeping.is_use(text):
            keeping.use(turn, found)
            turn.ask("evidence")
        elif no is not None and 1 <= no <= len(found):
            keeping.use(turn, found[no - 1 : no])
            turn.ask(KEY if keeping.waiting(turn) else "evidence")
        else:
            return False
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """Back to evidence, the rest left in the inbox."""
        if word not in {Word.BACK, Word.END, Word.SKIP}:
            return False
        turn.ask("evidence")
        return True


QUESTION = WhichOfThem(key=KEY, template="ask_kept_choice")
