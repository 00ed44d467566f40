from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta, timezone

import pytest

from bot.domain.agencies import AgencyId
from bot.domain.calendar import (
    BANGKOK,
    FiscalYear,
    bangkok_day,
    fiscal_year_of,
    fiscal_year_range,
    quarter_range,
    thai_date,
    thai_date_time,
)
from bot.domain.rounds import RoundNo, default_round, last_closed, next_to_open, open_rounds

pytestmark = pytest.mark.pure
SUK = AgencyId("suk")


def rounds(*years: int):  # type: ignore[no-untyped-def]
    return [default_round(SUK, FiscalYear(year), no) for year in years for no in RoundNo]


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2023, 9, 30), 2566), (date(2023, 10, 1), 2567), (date(2024, 2, 29), 2567), (date(2024, 9, 30), 2567)],
)
def test_a_fiscal_year_begins_on_the_first_of_october(day: date, year: int) -> None:
    assert fiscal_year_of(day) == year
    first, last = fiscal_year_range(FiscalYear(year))
    assert first <= day <= last


def test_quarters_cover_the_year_without_gap_and_know_the_leap_year_of_2567() -> None:
    quarters = [quarter_range(FiscalYear(2567), number) for number in (1, 2, 3, 4)]
    assert quarters[0][0] == date(2023, 10, 1)
    assert quarters[1] == (date(2024, 1, 1), date(2024, 3, 31))
    assert quarters[3][1] == date(2024, 9, 30)
    for (_, before), (after, _) in itertools.pairwise(quarters):
        assert after == before + timedelta(days=1)


def test_a_moment_belongs_to_the_day_it_has_in_bangkok() -> None:
    evening = datetime(2024, 3, 31, 17, 30, tzinfo=timezone.utc)  # noqa: UP017
    assert bangkok_day(evening) == date(2024, 4, 1)
    assert thai_date_time(evening) == "๑ เมษายน ๒๕๖๗ เวลา ๐๐.๓๐ น."
    assert thai_date(date(2023, 8, 15)) == "๑๕ สิงหาคม ๒๕๖๖"
    assert thai_date(date(2023, 8, 5), short=True) == "๕ ส.ค. ๖๖"
    assert datetime(2024, 1, 1, tzinfo=BANGKOK).utcoffset() == timedelta(hours=7)


def test_default_dates_are_those_of_the_design() -> None:
    six, twelve = rounds(2567)
    assert (six.opens_on, six.due_on, six.locks_on) == (date(2024, 3, 1), date(2024, 4, 10), date(2024, 4, 30))
    assert (twelve.opens_on, twelve.due_on, twelve.locks_on) == (
        date(2024, 9, 1),
        date(2024, 10, 10),
        date(2024, 10, 31),
    )
    assert six.covers() == (date(2023, 10, 1), date(2024, 3, 31))
    assert twelve.covers() == (date(2023, 10, 1), date(2024, 9, 30))


@pytest.mark.parametrize(
    ("today", "live"),
    [
        (date(2024, 2, 29), []),
        (date(2024, 3, 1), [(2567, 6)]),
        (date(2024, 4, 30), [(2567, 6)]),
        (date(2024, 5, 1), []),
        (date(2024, 10, 31), [(2567, 12)]),
        (date(2024, 11, 1), []),
    ],
)
def test_a_round_is_open_from_its_first_to_its_last_day(today: date, live: list[tuple[int, int]]) -> None:
    assert [(r.fiscal_year, r.no) for r in open_rounds(rounds(2567, 2568), today)] == live


def test_between_rounds_the_next_and_the_last_are_known() -> None:
    between = date(2024, 6, 1)
    following, closed = next_to_open(rounds(2567), between), last_closed(rounds(2567), between)
    assert following is not None
    assert closed is not None
    assert (following.no, closed.no) == (RoundNo.TWELVE, RoundNo.SIX)
    assert next_to_open(rounds(2567), date(2025, 1, 1)) is None
