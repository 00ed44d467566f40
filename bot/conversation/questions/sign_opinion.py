"""What a signer says of the report, in one message: typed, one of the usual words, the last one again, or nothing.

< ask_sign_opinion [ไม่ขัดข้องและพิจารณาแล้ว] [ข้าม]
> เห็นควรเผยแพร่
< signed
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.flows import deciding, signing
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import LONGEST_WORD, Word
from bot.domain.sign_off import OPINIONS
from bot.domain.text import clean, match_key

KEY = "sign_opinion"
USE_LAST = "ใช้ข้อความเดิม"
LONGEST_OPINION = 2_000
_KEYS = {match_key(opinion): opinion for opinion in OPINIONS}
_LABELS = {OPINIONS[1]: "เห็นควรเสนอ"}
"""Shorter words on a button, where LINE has no room for all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion(Question):
    """Asks for the opinion that documents print above the signature."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """Which version it is about, and what was said last."""
        card = signing.shown_card(turn) or turn.facts.signings[0]
        return {**signing.card_values(turn, card), "last_opinion": card.last_opinion}

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """The last opinion, the usual ones, none, and the way back."""
        card = signing.shown_card(turn)
        last = (button(turn, USE_LAST),) if card and card.last_opinion else ()
        usual = tuple(button(turn, opinion, _LABELS.get(opinion)) for opinion in OPINIONS)
        return (*last, *usual, *(button(turn, word) for word in (Word.SKIP, Word.RETURN, Word.BACK)))

    def hears(self, turn: Turn, text: str) -> bool:
        """One of the usual opinions, or the last one again."""
        card = signing.shown_card(turn)
        if card is None or len(text) > LONGEST_WORD:
            return False
        said = match_key(text)
        opinion = card.last_opinion if said == match_key(USE_LAST) else _KEYS.get(said)
        if opinion is None:
            return False
        _signed(turn, opinion)
        return True

    def takes(self, turn: Turn, word: Word) -> bool:
        """No opinion, the way back, or rather returning the report."""
        match word:
            case Word.SKIP:
                _signed(turn, None)
            case Word.BACK:
                turn.ask("sign_card", flow=signing.FLOW)
            case Word.ACCEPT:
                turn.ask_again()
            case Word.RETURN:
                turn.ask("sign_return", flow=signing.FLOW)
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
        """Sign with this opinion."""
        opinion = clean(text)
        if not opinion:
            turn.ask_again()
        elif len(opinion) > LONGEST_OPINION:
            turn.say("mistake/answer_too_long", limit=LONGEST_OPINION, have=0)
            turn.ask_again()
        else:
            _signed(turn, opinion)


def _signed(turn: Turn, opinion: str | None) -> None:
    card = signing.shown_card(turn)
    if card is None:
        turn.ask_again()
        return
    signing.sign(turn, card, opinion)
    deciding.go_on(turn)


QUESTION = Opinion(key=KEY, template="ask_sign_opinion", needs_draft=False, is_answer=True)
