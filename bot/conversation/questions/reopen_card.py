"""A request to open a locked measure again, shown to an admin.

< ask_reopen_card [เปิดให้แก้ไข] [ไม่เปิดให้แก้ไข] [พักไว้]
> เปิดให้แก้ไข
< reopening_decided
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.flows import reopening
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word
from bot.domain.reopenings import USUAL_DAYS

KEY = reopening.CARD


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowOrDeny(Question):
    """Shows one request and asks for เปิดให้แก้ไข or ไม่เปิดให้แก้ไข."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """Who asks for what, and why."""
        card = reopening.shown(turn)
        return {
            "officer": card.officer if card else None,
            "no": card.measure.no if card else None,
            "title": card.measure.title if card else None,
            "round_no": card.request.round_no.value if card else None,
            "reason": card.request.reason if card else None,
            "waiting": len(reopening.waiting(turn)),
            "days": USUAL_DAYS,
        }

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """Allow, deny, or later."""
        return tuple(button(turn, word) for word in (Word.ALLOW_CHANGE, Word.DENY_CHANGE, Word.PAUSE))

    def takes(self, turn: Turn, word: Word) -> bool:
        """The answer to the request that is shown, or leaving it for later."""
        card = reopening.shown(turn)
        if word in {Word.ALLOW_CHANGE, Word.DENY_CHANGE} and card is not None:
            reopening.answer(turn, card, allow=word is Word.ALLOW_CHANGE)
        elif word in {Word.BACK, Word.CANCEL, Word.PAUSE, Word.END, Word.SKIP}:
            reopening.leave(turn)
            if turn.is_idle:
                turn.say("left")
        else:
            return False
        return True


QUESTION = AllowOrDeny(key=KEY, template="ask_reopen_card", needs_draft=False)
