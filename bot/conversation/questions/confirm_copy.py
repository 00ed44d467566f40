"""Whether the last round's update may replace what was typed in this draft.

< confirm_copy [ใช่] [ไม่ใช่]
> ใช่
< preview
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.flows import copying
from bot.conversation.flows import progress_update as flow
from bot.conversation.questions.confirming import Confirmation
from bot.conversation.turn import Turn

KEY = "confirm_copy"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReallyReplace(Confirmation):
    """Asked only where something would be replaced."""

    def agreed(self, turn: Turn) -> None:
        """Take over the whole update of the last round."""
        if turn.draft is not None:
            copying.copy_all(turn, turn.draft)

    def declined(self, turn: Turn) -> None:
        """Keep what was typed and ask for the status."""
        turn.ask(flow.SECOND)


QUESTION = ReallyReplace(key=KEY, template="confirm_copy")
