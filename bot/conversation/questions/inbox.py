"""The inbox of evidence as a list, to choose a piece from.

< ask_inbox [๑] [๒] [ย้อนกลับ]
> ๒
< ask_kept [ใส่มาตรการ] [ลบชิ้นนี้]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import words
from bot.conversation.flows import keeping, receiving
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.text import thai_digits

KEY = keeping.LIST
MOST_BUTTONS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichKept(Question):
    """Asks for a piece by its number."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """Every piece with the measure that it waits for."""
        found = keeping.kept(turn)
        of = {each.evidence.id: keeping.measure_of(turn, each.measure_id) for each in found}
        lines = [
            receiving.line(piece) | {"no": own.measure.no if (own := of[piece[0].id]) else None}
            for piece in keeping.pieces(found)
        ]
        return {"pieces": lines, "most": keeping.MOST_KEPT}

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """A number for each piece, then the way back."""
        count = len(keeping.pieces(keeping.kept(turn)))
        numbers = (button(turn, thai_digits(str(number))) for number in range(1, min(count, MOST_BUTTONS) + 1))
        return (*numbers, button(turn, Word.BACK), Choice(label=Word.HELP, word=Word.HELP))

    def hears(self, turn: Turn, text: str) -> bool:
        """The number of a piece."""
        no, pieces = words.number(text), keeping.pieces(keeping.kept(turn))
        if no is None or not 1 <= no <= len(pieces):
            return False
        keeping.choose(turn, [each.id for each in pieces[no - 1]])
        turn.ask(keeping.ONE, flow=keeping.FLOW)
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """Back to where one was."""
        if word is Word.INBOX:
            turn.ask_again()
        elif word in {Word.BACK, Word.END, Word.CANCEL, Word.PAUSE, Word.SKIP}:
            keeping.leave(turn)
            if turn.is_idle:
                turn.say("left")
        else:
            return False
        return True


QUESTION = WhichKept(key=KEY, template="ask_inbox", needs_draft=False)
