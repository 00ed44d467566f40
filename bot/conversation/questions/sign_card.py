"""A report that waits for the person's signature.

< sign_card [เห็นชอบ] [ส่งกลับ]
> เห็นชอบ
< ask_sign_opinion
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.flows import deciding, signing
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word

KEY = "sign_card"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeOrReturn(Question):
    """Shows the card and asks for เห็นชอบ or ส่งกลับ."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """Which version it is about."""
        card = signing.shown_card(turn) or turn.facts.signings[0]
        return signing.card_values(turn, card)

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """Agree, return, or later."""
        return tuple(button(turn, word) for word in (Word.ACCEPT, Word.RETURN, Word.PAUSE))

    def takes(self, turn: Turn, word: Word) -> bool:
        """A decision on the card that is shown, or leaving it for later."""
        card = signing.shown_card(turn)
        match word:
            case Word.ACCEPT if card is not None:
                if signing.agree(turn, card):
                    deciding.go_on(turn)
            case Word.RETURN if card is not None:
                turn.ask("sign_return", flow=signing.FLOW)
            case Word.BACK | Word.CANCEL | Word.PAUSE:
                turn.say("left")
                deciding.leave(turn)
            case _:
                return False
        return True


QUESTION = AgreeOrReturn(key=KEY, template="sign_card", needs_draft=False)
