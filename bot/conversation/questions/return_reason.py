"""Why an update goes back to its officer, in one message.

< ask_return_reason
> ขอภาพกิจกรรมเพิ่ม
< review_returned
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.flows import deciding, reviewing
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.text import clean

KEY = "return_reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyReturned(Question):
    """Asks for the reason that the officer will read."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """Which update it is about."""
        card = reviewing.shown_card(turn) or turn.facts.reviews[0]
        return reviewing.card_values(turn, card)

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """Back to the card."""
        return (button(turn, Word.BACK), button(turn, Word.CANCEL))

    def takes(self, turn: Turn, word: Word) -> bool:
        """Back to the card, or leaving it for later."""
        match word:
            case Word.BACK | Word.RETURN:
                turn.ask("review_card", flow=reviewing.FLOW)
            case Word.ACCEPT:
                turn.ask("review_card", flow=reviewing.FLOW)
            case Word.CANCEL | Word.PAUSE:
                turn.say("left")
                deciding.leave(turn)
            case Word.END:
                turn.say("mistake/empty_answer")
                turn.ask_again()
            case _:
                return False
        return True

    def accept(self, turn: Turn, text: str) -> None:
        """Return the update with this reason."""
        card, reason = reviewing.shown_card(turn), clean(text)
        if card is None or not reason:
            turn.ask_again()
        else:
            reviewing.send_back(turn, card, reason)
            deciding.go_on(turn)


QUESTION = WhyReturned(key=KEY, template="ask_return_reason", needs_draft=False, is_answer=True)
