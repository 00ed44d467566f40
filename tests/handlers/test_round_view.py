"""Where measures stand in a round, and what time it is for the round."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.people import PersonId
from bot.domain.plans import Measure, MeasureId
from bot.domain.rounds import RoundNo, default_round
from bot.domain.updates import Review, Stage, Status, Update, UpdateId
from bot.domain.years import AgencyYear, MeasureYear, Officer
from handlers.admin.round_view import Standing, parts_of, round_view, shown_round, standing_of, when

pytestmark = pytest.mark.pure
AGENCY, YEAR = AgencyId("thungthong"), FiscalYear(2567)
SIX, TWELVE = (default_round(AGENCY, YEAR, no) for no in RoundNo)


def measure_year(officers: str, updates: dict[str, Review], no: int = 1) -> MeasureYear:
    measure = Measure(id=MeasureId("m"), agency_id=AGENCY, fiscal_year=YEAR, no=no, title="มาตรการ")
    given = tuple(
        Update(
            id=UpdateId(f"u-{name}"),
            measure_id=measure.id,
            round_no=RoundNo.SIX,
            person_id=PersonId(name),
            stage=Stage.SUBMITTED,
            status=Status.DONE,
            review=review,
        )
        for name, review in updates.items()
    )
    return MeasureYear(
        measure=measure,
        officers=tuple(Officer(person_id=PersonId(name), name=name) for name in officers.split()),
        updates={RoundNo.SIX: given},
        authors={PersonId(name): name for name in updates if name != "imported"},
    )


@pytest.mark.parametrize(
    ("officers", "updates", "expected"),
    [
        ("a", {}, Standing.MISSING),
        ("", {}, Standing.MISSING),
        ("a", {"a": Review.ACCEPTED}, Standing.ACCEPTED),
        ("a", {"a": Review.PENDING}, Standing.PENDING),
        ("a", {"a": Review.RETURNED}, Standing.RETURNED),
        ("a b", {"a": Review.ACCEPTED}, Standing.PARTIAL),
        ("a b", {"a": Review.ACCEPTED, "b": Review.PENDING}, Standing.PENDING),
        ("a b", {"a": Review.ACCEPTED, "b": Review.RETURNED}, Standing.RETURNED),
        ("", {"imported": Review.ACCEPTED}, Standing.ACCEPTED),
    ],
)
def test_standing(officers: str, updates: dict[str, Review], expected: Standing) -> None:
    assert standing_of(measure_year(officers, updates), RoundNo.SIX) is expected


def test_parts_follow_the_officers_and_then_the_others() -> None:
    parts = parts_of(measure_year("a b", {"gone": Review.ACCEPTED, "b": Review.ACCEPTED}), RoundNo.SIX)
    assert [(part.name, part.update is not None) for part in parts] == [("a", False), ("b", True), ("gone", True)]


def test_a_part_that_was_sent_back_does_not_count_as_in() -> None:
    [row] = round_view(year_of(measure_year("a b", {"a": Review.ACCEPTED, "b": Review.RETURNED})), RoundNo.SIX).rows
    assert (row.parts_in, len(row.parts)) == (1, 2)


def test_an_imported_update_says_where_it_is_from() -> None:
    [part] = parts_of(measure_year("", {"imported": Review.ACCEPTED}), RoundNo.SIX)
    assert part.name == "นำเข้าจากเอกสาร"


def test_percent_is_never_full_while_one_is_missing() -> None:
    measures = [measure_year("a", {"a": Review.ACCEPTED}, no) for no in range(1, 300)] + [measure_year("a", {}, 300)]
    view = round_view(year_of(*measures), RoundNo.SIX)
    assert (view.reported, view.total, view.percent) == (299, 300, 99)
    assert round_view(year_of(), RoundNo.SIX).percent == 0


def year_of(*measures: MeasureYear) -> AgencyYear:
    return AgencyYear(agency=Agency(id=AGENCY, name="อบต.ทุ่งทอง"), fiscal_year=YEAR, measures=measures)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2024, 2, 29), "จะเปิดให้รายงานวันที่ ๑ มีนาคม ๒๕๖๗"),
        (date(2024, 3, 1), "(อีก ๔๐ วัน)"),
        (date(2024, 4, 9), "(อีก ๑ วัน)"),
        (date(2024, 4, 10), "ครบกำหนดวันนี้"),
        (date(2024, 4, 12), "เลยกำหนดมาแล้ว ๒ วัน ยังรับรายงานถึงวันที่ ๓๐ เมษายน ๒๕๖๗"),
        (date(2024, 5, 1), "ปิดรอบแล้วเมื่อวันที่ ๓๐ เมษายน ๒๕๖๗"),
    ],
)
def test_a_round_says_where_it_is_in_time(today: date, words: str) -> None:
    assert words in when(SIX, today)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2024, 1, 1), SIX),
        (date(2024, 3, 5), SIX),
        (date(2024, 6, 1), SIX),
        (date(2024, 9, 5), TWELVE),
        (date(2025, 9, 5), TWELVE),
    ],
)
def test_the_round_that_matters_is_shown_first(today: date, expected: Any) -> None:
    assert shown_round([SIX, TWELVE], today) == expected
    assert shown_round([], today) is None
