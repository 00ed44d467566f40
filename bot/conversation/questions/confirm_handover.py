"""Whether measures are really to be offered to a colleague.

< confirm_handover [ใช่] [ไม่ใช่]
> ใช่
< handover_offered
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.flows import handing_over, standing_in
from bot.conversation.questions.confirm_acting import leaves_it
from bot.conversation.questions.confirming import Confirmation
from bot.conversation.turn import Turn
from bot.conversation.words import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class ReallyHandOver(Confirmation):
    """Shows what goes to whom; nothing moves before the colleague accepts."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The measures and the colleague."""
        colleague = standing_in.chosen(turn)
        return {
            "taker": colleague.person.name if colleague else "",
            "measures": [{"no": m.no, "title": m.title} for m in handing_over.kept(turn)],
        }

    def takes(self, turn: Turn, word: Word) -> bool:
        """Leaving changes nothing."""
        return leaves_it(turn, word) or Confirmation.takes(self, turn, word)

    def agreed(self, turn: Turn) -> None:
        """Offer them."""
        handing_over.offer(turn)

    def declined(self, turn: Turn) -> None:
        """Back to the measures."""
        turn.ask("handover_what", flow=standing_in.FLOW)


QUESTION = ReallyHandOver(key="confirm_handover", template="confirm_handover", needs_draft=False)
