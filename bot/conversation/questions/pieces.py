"""The pieces of evidence as a list, to choose one from.

< ask_pieces [๑] [๒] [เสร็จแล้ว]
> ๒
< ask_piece [ลบชิ้นนี้]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import words
from bot.conversation.flows import progress_update as flow
from bot.conversation.flows import receiving
from bot.conversation.questions.base import Question, button, way_back, where
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.text import thai_digits
from bot.domain.updates import Piece, pieces_of

KEY = "pieces"
MOST_BUTTONS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class WhichPiece(Question):
    """Asks for a piece by its number."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """Every piece with its number."""
        return where(turn, "evidence") | {"pieces": receiving.lines(turn.draft.update.evidence if turn.draft else ())}

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """A number for each piece, then on or back."""
        count = len(_pieces(turn))
        numbers = (button(turn, thai_digits(str(number))) for number in range(1, min(count, MOST_BUTTONS) + 1))
        return (*numbers, button(turn, Word.END), *way_back(turn))

    def hears(self, turn: Turn, text: str) -> bool:
        """The number of a piece."""
        no, pieces = words.number(text), _pieces(turn)
        if no is None or not 1 <= no <= len(pieces):
            return False
        turn.remember(piece=pieces[no - 1][0].id, removing=None)
        turn.ask("piece")
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """On to the next question, or back to evidence."""
        match word:
            case Word.END | Word.SKIP:
                flow.onward(turn, "evidence")
            case Word.BACK:
                turn.ask("evidence")
            case _:
                return False
        return True


def _pieces(turn: Turn) -> tuple[Piece, ...]:
    return pieces_of(turn.draft.update.evidence) if turn.draft else ()


QUESTION = WhichPiece(key=KEY, template="ask_pieces")
