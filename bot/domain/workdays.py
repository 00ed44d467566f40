"""Working days and hours of Thai offices: weekends, public holidays, 08:30–16:30 in Bangkok."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.domain.calendar import BANGKOK
from bot.domain.thai_holidays import HOLIDAYS, KNOWN_YEARS

DAY_BEGINS, DAY_ENDS = time(8, 30), time(16, 30)
ONE_DAY = timedelta(days=1)
LEAST_MINUTES = 60
"""Working minutes a day that quiet hours must leave, or nothing could ever be said."""
WARN_FROM_MONTH = 11
"""From November on next year's holidays should be known: the Cabinet names them before."""


def quiet_minutes(begins: time, ends: time) -> int:
    """How many minutes of the working day fall into these hours."""
    day = date(2000, 1, 1)
    first, last = max(DAY_BEGINS, begins), min(DAY_ENDS, ends)
    return max(0, int((datetime.combine(day, last) - datetime.combine(day, first)).total_seconds() // 60))


def leaves_time(begins: time, ends: time) -> bool:
    """Whether quiet hours leave enough of the working day to say something in."""
    return quiet_minutes(begins, ends) <= quiet_minutes(DAY_BEGINS, DAY_ENDS) - LEAST_MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDay:
    """A day that an office added to the public holidays, or (`works`) took out of them; no agency means all."""

    day: date
    name: str
    works: bool = False
    agency_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """The days on which an office works; `years` are those (CE) whose holidays are known."""

    holidays: Mapping[date, str] = field(default_factory=lambda: HOLIDAYS)
    years: frozenset[int] = KNOWN_YEARS

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday and no public holiday."""
        return day.weekday() < 5 and day not in self.holidays

    def is_working_time(self, moment: datetime) -> bool:
        """Within working hours of a working day, in Bangkok, both ends included to the minute."""
        local = moment.astimezone(BANGKOK)
        return self.is_working_day(local.date()) and DAY_BEGINS <= local.time().replace(second=0, microsecond=0) <= (
            DAY_ENDS
        )

    def on_or_before(self, day: date) -> date:
        """The day, or the last working day before it."""
        while not self.is_working_day(day):
            day -= ONE_DAY
        return day

    def on_or_after(self, day: date) -> date:
        """The day, or the first working day after it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def working_days_after(self, day: date, count: int) -> date:
        """The working day that is so many working days after a day."""
        for _ in range(count):
            day = self.on_or_after(day + ONE_DAY)
        return day

    def missing_year(self, today: date) -> int | None:
        """The calendar year (CE) whose holidays ought to be known by now and are not."""
        wanted = [today.year, *([today.year + 1] if today.month >= WARN_FROM_MONTH else [])]
        return next((year for year in wanted if year not in self.years), None)

    def with_own(self, own: Iterable[OwnDay]) -> WorkCalendar:
        """This calendar with an office's own days; a year in which one was added counts as known."""
        own = tuple(own)
        if not own:
            return self
        days = {**self.holidays, **{each.day: each.name for each in own if not each.works}}
        for each in own:
            if each.works:
                days.pop(each.day, None)
        years = self.years | {each.day.year for each in own if not each.works}
        return WorkCalendar(holidays=days, years=years)


PUBLIC = WorkCalendar()
"""The public holidays alone."""
