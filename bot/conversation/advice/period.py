"""A status that does not go with the period in the plan."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.advice.matter import Advice, Matter
from bot.domain.updates import Status


def begins_in_past(matter: Matter) -> Iterator[Advice]:
    """A measure that is said not to have begun, expected to begin on a day that is past."""
    update = matter.update
    if update.status is Status.NOT_STARTED and update.expected_on is not None and update.expected_on < matter.today:
        yield Advice(code="begins_in_past", question="expected_on", other=update.expected_on, status=Status.IN_PROGRESS)


def find(matter: Matter) -> Iterator[Advice]:
    """Done although the period goes on after this round; still going on, after its end, without a reason."""
    ends, status = matter.draft.measure.period_end, matter.update.status
    if ends is None:
        return
    if status is Status.DONE and ends > max(matter.today, matter.draft.round.covers()[1]):
        yield Advice(
            code="done_early", question="status", words=Status.DONE.thai, other=ends, status=Status.IN_PROGRESS
        )
    elif status is Status.IN_PROGRESS and ends < matter.today and not matter.update.obstacles:
        yield Advice(code="late", question="obstacles", words=Status.IN_PROGRESS.thai, other=ends)
