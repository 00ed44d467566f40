"""Why a measure has not started or will not be carried out; kept as obstacles.

< ask_reason
> รอจัดสรรงบประมาณ
< got_part [เสร็จแล้ว]
> เสร็จแล้ว
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.questions.written_answer import WrittenAnswer
from bot.conversation.turn import Turn
from bot.domain.updates import Answer, Status

KEY = "reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot(WrittenAnswer):
    """Asks by the status: why not yet, or why not at all."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """What every written answer shows, and which of the two it is."""
        is_cancelled = turn.draft is not None and turn.draft.update.status is Status.CANCELLED
        return {**WrittenAnswer.values(self, turn), "cancelled": is_cancelled}


QUESTION = WhyNot(key=KEY, template="ask_reason", answer=Answer.OBSTACLES)
