"""Whether a colleague is to act as arranged.

< confirm_acting [ใช่] [ไม่ใช่]
> ใช่
< acting_arranged
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.flows import administration, standing_in
from bot.conversation.questions.confirming import Confirmation
from bot.conversation.turn import Turn
from bot.conversation.words import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class ReallyAct(Confirmation):
    """Shows who, where and when before both are told."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The arrangement."""
        colleague = standing_in.chosen(turn)
        return {
            "acting": colleague.person.name if colleague else "",
            "agency": colleague.agency.name if colleague else "",
            "first_on": standing_in.day(turn, "first"),
            "last_on": standing_in.day(turn, "last"),
        }

    def takes(self, turn: Turn, word: Word) -> bool:
        """Leaving changes nothing."""
        return leaves_it(turn, word) or Confirmation.takes(self, turn, word)

    def agreed(self, turn: Turn) -> None:
        """Arrange it."""
        standing_in.start(turn)

    def declined(self, turn: Turn) -> None:
        """Back to the days."""
        turn.ask("acting_from", flow=standing_in.FLOW)


def leaves_it(turn: Turn, word: Word) -> bool:
    """Take ยกเลิก and พักไว้ as leaving; False for any other word."""
    leaves = word in {Word.CANCEL, Word.PAUSE}
    if leaves:
        administration.end_aside(turn)
    return leaves


QUESTION = ReallyAct(key="confirm_acting", template="confirm_acting", needs_draft=False)
