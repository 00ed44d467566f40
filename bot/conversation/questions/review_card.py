"""An update that waits for the head or admin.

< review_card [เห็นชอบ] [ส่งกลับ]
> เห็นชอบ
< review_accepted
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.flows import deciding, reviewing
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word

KEY = "review_card"


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptOrReturn(Question):
    """Shows the card and asks for เห็นชอบ or ส่งกลับ."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """What the officer reported."""
        card = reviewing.shown_card(turn) or turn.facts.reviews[0]
        return reviewing.card_values(turn, card)

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """Accept, return, or later."""
        return tuple(button(turn, word) for word in (Word.ACCEPT, Word.RETURN, Word.PAUSE))

    def takes(self, turn: Turn, word: Word) -> bool:
        """A decision on the card that is shown, or leaving it for later."""
        card = reviewing.shown_card(turn)
        match word:
            case Word.ACCEPT if card is not None:
                reviewing.accept(turn, card)
                deciding.go_on(turn)
            case Word.RETURN if card is not None:
                turn.ask("return_reason", flow=reviewing.FLOW)
            case Word.BACK | Word.CANCEL | Word.PAUSE:
                turn.say("left")
                deciding.leave(turn)
            case _:
                return False
        return True


QUESTION = AcceptOrReturn(key=KEY, template="review_card", needs_draft=False)
