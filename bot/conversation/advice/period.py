"""A status that does not go with the period in the plan."""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.advice import days
from bot.conversation.advice.matter import Advice, Matter
from bot.domain.calendar import fiscal_year_range, last_day_of_month
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


def begun_late(matter: Matter) -> Iterator[Advice]:
    """Begun late and no reason given: not begun by the round before, or no day that is named lies in the period."""
    update, measure = matter.update, matter.draft.measure
    if update.status not in {Status.DONE, Status.IN_PROGRESS} or update.obstacles:
        return
    before, begins, ends = matter.draft.previous, measure.period_start, measure.period_end
    half_year = last_day_of_month(matter.draft.round.covers()[1].year, 3)
    if before is not None and before.status is Status.NOT_STARTED and begins is not None and begins <= half_year:
        yield Advice(code="begun_late", question="obstacles", words=Status.NOT_STARTED.thai, other=begins)
        return
    named = sorted(days.named(update.summary or "", matter.today), key=lambda each: each[1])
    last = fiscal_year_range(matter.draft.round.fiscal_year)[1]
    if named and ends is not None and ends < named[0][1] <= last:
        yield Advice(code="day_late", question="obstacles", words=named[0][0], other=ends)
