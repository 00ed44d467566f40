"""Whether a colleague is to act no longer.

< confirm_end_acting [ใช่] [ไม่ใช่]
> ใช่
< acting_ended
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.flows import administration, standing_in
from bot.conversation.questions.confirm_acting import leaves_it
from bot.conversation.questions.confirming import Confirmation
from bot.conversation.turn import Turn
from bot.conversation.words import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class ReallyEnd(Confirmation):
    """Shows who acts for the person, and offers to end it."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The earliest arrangement that still holds or will."""
        post = next(iter(turn.facts.own_posts), None)
        return {
            "acting": post.acting.name if post else "",
            "agency": post.agency.name if post else "",
            "first_on": post.first_on if post else None,
            "last_on": post.last_on if post else None,
        }

    def takes(self, turn: Turn, word: Word) -> bool:
        """Leaving changes nothing."""
        return leaves_it(turn, word) or Confirmation.takes(self, turn, word)

    def agreed(self, turn: Turn) -> None:
        """End it."""
        post = next(iter(turn.facts.own_posts), None)
        if post is None:
            administration.end_aside(turn)
        else:
            standing_in.end(turn, post)

    def declined(self, turn: Turn) -> None:
        """Leave it as it is."""
        administration.end_aside(turn)


QUESTION = ReallyEnd(key="end_acting", template="confirm_end_acting", needs_draft=False)
