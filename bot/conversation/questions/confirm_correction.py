"""Whether a measure that was reported already is to be corrected.

< confirm_correction [ใช่] [ไม่ใช่]
> ใช่
< answer_to_change
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.facts import Task
from bot.conversation.flows import choosing
from bot.conversation.flows import progress_update as flow
from bot.conversation.questions.confirming import Confirmation
from bot.conversation.turn import Turn
from bot.conversation.words import Word

KEY = "confirm_correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReallyCorrect(Confirmation):
    """Asked when a reported measure is picked; `task` remembers which."""

    def values(self, turn: Turn) -> Mapping[str, object]:
        """The measure, and when it was submitted."""
        task = _task(turn)
        return {
            "no": task.measure.no if task else None,
            "title": task.measure.title if task else None,
            "submitted_at": task.update.submitted_at if task and task.update else None,
        }

    def takes(self, turn: Turn, word: Word) -> bool:
        """There is no draft yet: leaving is simply leaving."""
        if word not in {Word.CANCEL, Word.PAUSE}:
            return Confirmation.takes(self, turn, word)
        turn.rest(keep_draft=turn.draft is not None)
        turn.say("left")
        return True

    def agreed(self, turn: Turn) -> None:
        """Begin the correction."""
        task = _task(turn)
        turn.remember(task=None)
        if task is None or task.update is None:
            choosing.report(turn)
        else:
            choosing.correct(turn, task)

    def declined(self, turn: Turn) -> None:
        """Back to the choice of measure."""
        turn.remember(task=None)
        turn.ask(flow.FIRST)


def _task(turn: Turn) -> Task | None:
    wanted = turn.recall("task")
    return next((task for task in choosing.asked_tasks(turn) if choosing.task_key(task) == wanted), None)


QUESTION = ReallyCorrect(key=KEY, template="confirm_correction", needs_draft=False)
