"""Why a report goes back to who had it made, in one message.

< ask_sign_return
> ขอตัวเลขของกองคลังให้ตรงกับแผน
< sign_sent_back
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.flows import deciding, signing
from bot.conversation.questions.base import Question, button
from bot.conversation.questions.sign_opinion import LONGEST_OPINION
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.text import clean

KEY = "sign_return"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyReturned(Question):
    """Asks for the reason that the admin will read."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """Which version it is about."""
        card = signing.shown_card(turn) or turn.facts.signings[0]
        return signing.card_values(turn, card)

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """Back to the card."""
        return (button(turn, Word.BACK), button(turn, Word.CANCEL))

    def takes(self, turn: Turn, word: Word) -> bool:
        """Back to the card, or leaving it for later."""
        match word:
            case Word.BACK | Word.RETURN | Word.ACCEPT:
                turn.ask("sign_card", flow=signing.FLOW)
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
        """Return the report with this reason."""
        card, reason = signing.shown_card(turn), clean(text)
        if card is None or not reason:
            turn.ask_again()
        elif len(reason) > LONGEST_OPINION:
            turn.say("mistake/answer_too_long", limit=LONGEST_OPINION, have=0)
            turn.ask_again()
        else:
            signing.send_back(turn, card, reason)
            deciding.go_on(turn)


QUESTION = WhyReturned(key=KEY, template="ask_sign_return", needs_draft=False, is_answer=True)
