"""Completeness by division: pure, from the loaded year."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import BANGKOK, FiscalYear
from bot.domain.divisions import Division, DivisionId, Divisions
from bot.domain.people import PersonId
from bot.domain.plans import Measure, MeasureId
from bot.domain.rounds import RoundNo
from bot.domain.updates import Review, Stage, Update, UpdateId
from bot.domain.years import AgencyYear, MeasureYear, Officer
from handlers.admin.by_division import DivisionView, by_division
from handlers.admin.round_view import Standing

pytestmark = pytest.mark.pure

AGENCY, YEAR, SIX = AgencyId("thungthong"), FiscalYear(2567), RoundNo.SIX
PURSE, ROADS = DivisionId("purse"), DivisionId("roads")


def measure_year(no: int, officers: str, *updates: Update) -> MeasureYear:
    measure = Measure(id=MeasureId(f"m{no}"), agency_id=AGENCY, fiscal_year=YEAR, no=no, title=f"มาตรการ {no}")
    people = tuple(Officer(person_id=PersonId(name), name=name) for name in officers.split())
    return MeasureYear(measure=measure, officers=people, updates={SIX: updates})


def update(name: str, review: Review = Review.ACCEPTED) -> Update:
    return Update(
        id=UpdateId(f"u-{name}"),
        measure_id=MeasureId("m"),
        round_no=SIX,
        person_id=PersonId(name),
        stage=Stage.SUBMITTED,
        submitted_at=datetime(2024, 3, 5, tzinfo=BANGKOK),
        review=review,
    )


def views(*measures: MeasureYear, placed: dict[str, DivisionId] | None = None) -> dict[str, DivisionView]:
    divisions = Divisions(
        all=(
            Division(id=PURSE, agency_id=AGENCY, name="กองคลัง"),
            Division(id=ROADS, agency_id=AGENCY, name="กองช่าง"),
        ),
        of_people={PersonId("p"): frozenset({PURSE}), PersonId("r"): frozenset({ROADS})},
        of_measures={MeasureId(key): division for key, division in (placed or {}).items()},
    )
    agency = Agency(id=AGENCY, name="อบต.ทุ่งทอง")
    year = AgencyYear(agency=agency, fiscal_year=YEAR, measures=measures, divisions=divisions)
    return {view.name: view for view in by_division(year, SIX)}


def test_of_a_shared_measure_a_division_answers_for_its_own_part() -> None:
    found = views(measure_year(1, "p r", update("p")))
    assert (found["กองคลัง"].reported, found["กองคลัง"].missing) == (1, ())
    assert (found["กองช่าง"].reported, found["กองช่าง"].missing) == (0, (1,))


def test_a_measure_put_into_a_division_counts_there_whole() -> None:
    found = views(measure_year(1, "p r", update("p")), placed={"m1": PURSE})
    assert found["กองคลัง"].missing == (1,)
    assert found["กองคลัง"].counts[Standing.PARTIAL] == 1


def test_an_update_of_somebody_who_left_covers_every_division() -> None:
    found = views(measure_year(1, "p r", update("gone")))
    assert [view.reported for view in found.values()] == [1, 1]


def test_what_was_sent_back_or_waits_is_told_apart() -> None:
    found = views(measure_year(1, "p", update("p", Review.PENDING)), measure_year(2, "p", update("p", Review.RETURNED)))
    counts = found["กองคลัง"].counts
    assert (counts[Standing.PENDING], counts[Standing.RETURNED]) == (1, 1)
    assert found["กองคลัง"].missing == (2,)


def test_measures_of_no_division_come_last_and_divisions_without_any_are_left_out() -> None:
    found = views(measure_year(1, "nobody"), measure_year(2, "r"), measure_year(3, ""))
    assert [(name, view.total) for name, view in found.items()] == [("กองช่าง", 1), ("", 2)]


def test_an_agency_without_divisions_has_nothing_to_draw() -> None:
    year = AgencyYear(agency=Agency(id=AGENCY, name="อบต.ทุ่งทอง"), fiscal_year=YEAR, measures=(measure_year(1, "p"),))
    assert by_division(year, SIX) == ()
    assert by_division(replace(year, measures=()), SIX) == ()
