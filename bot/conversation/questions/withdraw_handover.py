"""Whether an offer that a colleague has not answered is taken back.

< withdraw_handover [ใช่] [ไม่ใช่]
> ใช่
< handover_done
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.flows import administration, handing_over
from bot.conversation.questions.confirm_acting import leaves_it
from bot.conversation.questions.confirming import Confirmation
from bot.conversation.turn import Turn
from bot.conversation.words import Word
from bot.domain.joining import Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class ReallyWithdraw(Confirmation):
    """Shows the offer that waits."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """To whom, and how many measures."""
        offer = next(iter(turn.facts.own_offers), None)
        return {"taker": offer.other if offer else "", "count": offer.count if offer else 0}

    def takes(self, turn: Turn, word: Word) -> bool:
        """Leaving changes nothing."""
        return leaves_it(turn, word) or Confirmation.takes(self, turn, word)

    def agreed(self, turn: Turn) -> None:
        """Take it back."""
        offer = next(iter(turn.facts.own_offers), None)
        if offer is not None:
            handing_over.settle(turn, offer, Offer.WITHDRAWN)
        administration.end_aside(turn, say=offer is None)

    def declined(self, turn: Turn) -> None:
        """Let it wait."""
        administration.end_aside(turn)


QUESTION = ReallyWithdraw(key="withdraw_handover", template="withdraw_handover", needs_draft=False)
