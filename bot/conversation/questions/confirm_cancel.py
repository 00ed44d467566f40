"""Whether the draft is really to be dropped.

< confirm_cancel [ใช่] [ไม่ใช่]
> ไม่ใช่
< ask_outcome
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.effects import DropDraft
from bot.conversation.flows import progress_update as flow
from bot.conversation.questions.base import where
from bot.conversation.questions.confirming import Confirmation
from bot.conversation.turn import Turn

KEY = "confirm_cancel"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReallyDrop(Confirmation):
    """Asked after ยกเลิก; `at` remembers where that was said."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """What would be dropped."""
        return where(turn, KEY) | {"corrects": bool(turn.draft and turn.draft.replaces)}

    def agreed(self, turn: Turn) -> None:
        """Drop it; a submitted update that it corrects stays."""
        draft = turn.draft
        if draft is None:
            return
        turn.do(DropDraft(update_id=draft.update.id))
        turn.rest()
        turn.say("dropped", no=draft.measure.no, corrects=draft.replaces is not None)

    def declined(self, turn: Turn) -> None:
        """Go on where ยกเลิก was said."""
        if turn.recall("was_idle"):
            turn.rest(keep_draft=True)
            turn.say("kept")
        else:
            flow.resume(turn)


QUESTION = ReallyDrop(key=KEY, template="confirm_cancel")
