"""Somebody who asks to be let in.

< join_card [อนุมัติ] [ไม่อนุมัติ] [พักไว้]
> อนุมัติ
< join_decided
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.flows import administration, joining
from bot.conversation.questions.base import Question, button
from bot.conversation.turn import Turn
from bot.conversation.types import Choice
from bot.conversation.words import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class LetThemIn(Question):
    """Shows one request of several and asks for อนุมัติ or ไม่อนุมัติ."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """Who asks, and how many do."""
        request = joining.shown(turn)
        return {
            "name": request.name if request else "",
            "agency": request.agency.name if request else "",
            "waiting": len(joining.waiting(turn)),
        }

    def choices(self, turn: Turn) -> tuple[Choice, ...]:
        """Yes, no, or later."""
        return tuple(button(turn, word) for word in (Word.APPROVE, Word.DENY, Word.PAUSE))

    def takes(self, turn: Turn, word: Word) -> bool:
        """A decision on the request that is shown, or leaving it for later."""
        request = joining.shown(turn)
        match word:
            case Word.APPROVE | Word.DENY if request is not None:
                joining.answer(turn, request, word)
            case Word.BACK | Word.CANCEL | Word.PAUSE:
                turn.remember(card=None)
                administration.end_aside(turn)
            case _:
                return False
        return True


QUESTION = LetThemIn(key="join_card", template="join_card", needs_draft=False)
