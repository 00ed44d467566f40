"""Rounds of reporting (รอบ ๖/๑๒ เดือน): when each opens, is due and locks, and which one is live."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from bot.domain.agencies import AgencyId
from bot.domain.calendar import BE_OFFSET, FiscalYear, fiscal_year_range, last_day_of_month


class RoundNo(IntEnum):
    """The round of 6 months (1 Oct–31 Mar) and of 12 months (the whole fiscal year, cumulative)."""

    SIX = 6
    TWELVE = 12


@dataclass(frozen=True, slots=True, kw_only=True, order=False)
class Round:
    """A round of an agency's fiscal year with its three dates, all inclusive Bangkok days."""

    agency_id: AgencyId
    fiscal_year: FiscalYear
    no: RoundNo
    opens_on: date
    due_on: date
    locks_on: date

    def is_open(self, today: date) -> bool:
        """Whether updates can be given on that day: opened and not yet locked."""
        return self.opens_on <= today <= self.locks_on

    def covers(self) -> tuple[date, date]:
        """The days that the round reports on."""
        first, last = fiscal_year_range(self.fiscal_year)
        return (first, last_day_of_month(last.year, 3)) if self.no is RoundNo.SIX else (first, last)


def default_round(agency_id: AgencyId, fiscal_year: FiscalYear, no: RoundNo) -> Round:
    """The round with the dates that hold unless the agency set others."""
    ce = fiscal_year - BE_OFFSET
    opens, due, locks = {
        RoundNo.SIX: (date(ce, 3, 1), date(ce, 4, 10), date(ce, 4, 30)),
        RoundNo.TWELVE: (date(ce, 9, 1), date(ce, 10, 10), date(ce, 10, 31)),
    }[no]
    return Round(agency_id=agency_id, fiscal_year=fiscal_year, no=no, opens_on=opens, due_on=due, locks_on=locks)


def open_rounds(rounds: Iterable[Round], today: date) -> list[Round]:
    """The open, unlocked rounds, the earliest due first; the first of one agency is its live round."""
    return sorted((each for each in rounds if each.is_open(today)), key=lambda r: (r.due_on, r.fiscal_year, r.no))


def next_to_open(rounds: Iterable[Round], today: date) -> Round | None:
    """The round that opens next, to be named when none is open."""
    return min((r for r in rounds if r.opens_on > today), key=lambda r: (r.opens_on, r.no), default=None)


def last_closed(rounds: Iterable[Round], today: date) -> Round | None:
    """The round that locked last."""
    return max((r for r in rounds if r.locks_on < today), key=lambda r: (r.locks_on, r.no), default=None)
