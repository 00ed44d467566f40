"""What the overview says of the day: pure, from the loaded year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import BANGKOK, FiscalYear
from bot.domain.people import PersonId
from bot.domain.plans import Measure, MeasureId
from bot.domain.rounds import RoundNo, default_round
from bot.domain.updates import Evidence, EvidenceId, EvidenceKind, MediaState, Review, Stage, Update, UpdateId
from bot.domain.years import AgencyYear, MeasureYear, Officer
from bot.ports.records import ReportId, ReportRun, ReportState
from handlers.admin.round_view import Standing
from handlers.admin.today import Today, today_of

pytestmark = pytest.mark.pure

AGENCY, YEAR = AgencyId("thungthong"), FiscalYear(2567)
SIX = default_round(AGENCY, YEAR, RoundNo.SIX)
TODAY = date(2024, 3, 20)
GONE = Evidence(id=EvidenceId("e"), kind=EvidenceKind.IMAGE, media=MediaState.GONE, caption="ภาพประชุม")


def measure_year(no: int, officers: str = "", *updates: Update) -> MeasureYear:
    measure = Measure(id=MeasureId(f"m{no}"), agency_id=AGENCY, fiscal_year=YEAR, no=no, title=f"มาตรการ {no}")
    return MeasureYear(
        measure=measure,
        officers=tuple(Officer(person_id=PersonId(name), name=name, joined=name != "new") for name in officers.split()),
        updates={RoundNo.SIX: updates},
        authors={update.person_id: str(update.person_id) for update in updates},
    )


def update(name: str, day: int, review: Review = Review.ACCEPTED, *evidence: Evidence) -> Update:
    return Update(
        id=UpdateId(f"u-{name}-{day}"),
        measure_id=MeasureId("m"),
        round_no=RoundNo.SIX,
        person_id=PersonId(name),
        stage=Stage.SUBMITTED,
        submitted_at=datetime(2024, 3, day, 23, 30, tzinfo=BANGKOK),
        review=review,
        evidence=evidence,
    )


def run(state: ReportState, number: int) -> ReportRun:
    return ReportRun(
        id=ReportId(f"r{number}"),
        agency_id=AGENCY,
        fiscal_year=YEAR,
        round_no=RoundNo.SIX,
        formats=("pdf",),
        created_at=datetime(2024, 3, number, tzinfo=BANGKOK),
        state=state,
    )


def day_of(*measures: MeasureYear, runs: tuple[ReportRun, ...] = (), today: date = TODAY) -> Today:
    year = AgencyYear(agency=Agency(id=AGENCY, name="อบต.ทุ่งทอง"), fiscal_year=YEAR, measures=measures)
    return today_of(year, SIX, runs, today)


def test_whoever_misses_most_is_named_first_with_all_their_measures() -> None:
    day = day_of(
        measure_year(1, "a b"), measure_year(2, "b new", update("new", 5)), measure_year(3, "a", update("a", 5))
    )
    assert [(person.name, person.numbers) for person in day.missing] == [("b", (1, 2)), ("a", (1,))]


def test_nobody_is_missing_before_the_round_opens() -> None:
    day = day_of(measure_year(1, "a"), today=date(2024, 2, 29))
    assert (day.missing, day.growth) == ((), None)


def test_what_waits_and_what_went_wrong_is_told_by_measure() -> None:
    day = day_of(
        measure_year(1, "a", update("a", 5, Review.PENDING)),
        measure_year(2, "a", update("a", 5, Review.RETURNED)),
        measure_year(3),
        measure_year(4, "a", update("a", 5, Review.ACCEPTED, GONE)),
    )
    assert [part.no for part in day.pending] == [1]
    assert [part.no for part in day.returned] == [2]
    assert [part.no for part in day.unassigned] == [3]
    assert [(part.no, part.name) for part in day.lost] == [(4, "ภาพประชุม")]
    assert not day.is_quiet
    assert day_of(measure_year(1, "a", update("a", 5))).is_quiet


def test_a_failed_compile_is_told_until_a_later_one_is_done() -> None:
    failed, done = run(ReportState.FAILED, 3), run(ReportState.DONE, 4)
    assert day_of(runs=(failed,)).failed == (failed,)
    assert day_of(runs=(done, failed)).failed == ()


def test_a_measure_grows_on_the_day_its_last_part_came_in() -> None:
    growth = day_of(
        measure_year(1, "a b", update("a", 3), update("b", 6)),
        measure_year(2, "a", update("a", 6)),
        measure_year(3, "a", update("a", 7, Review.RETURNED)),
        measure_year(4, "a"),
    ).growth
    assert growth is not None
    assert growth.by_day == ((date(2024, 3, 6), 2),)
    assert [(each.kind, each.day) for each in growth.days] == [
        ("first", SIX.opens_on),
        ("due", SIX.due_on),
        ("last", SIX.locks_on),
        ("today", TODAY),
    ]
    assert growth.path.startswith("M28")


def test_the_line_of_a_round_that_is_over_ends_on_its_last_day() -> None:
    growth = day_of(measure_year(1, "a", update("a", 3)), today=date(2024, 8, 1)).growth
    assert growth is not None
    assert growth.path.endswith(f"H{growth.days[2].x}")
    assert all(each.kind != "today" for each in growth.days)


def test_the_matrix_has_both_rounds_of_every_measure() -> None:
    line = day_of(measure_year(1, "a", replace(update("a", 3), review=Review.PENDING))).lines[0]
    assert line.standings == ((RoundNo.SIX, Standing.PENDING), (RoundNo.TWELVE, Standing.MISSING))
