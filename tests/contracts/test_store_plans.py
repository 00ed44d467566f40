"""Measures, reporters and rounds keep their promises on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.calendar import FiscalYear
from bot.domain.plans import MeasureId
from bot.domain.rounds import RoundNo, default_round
from bot.domain.updates import Answer, UpdateId
from bot.ports.store import Store
from tests.contracts.office import (
    AGENCY,
    CHAT,
    FIRST,
    MALEE,
    NOW,
    SECOND,
    SOMCHAI,
    YEAR,
    a_measure,
    a_photo,
    a_submitted,
    an_update,
)


def test_a_measure_comes_back_exactly(office: Store) -> None:
    full = a_measure(
        id=MeasureId("full"),
        no=3,
        title="๓. มาตรการ\nสองบรรทัด",
        section="มิติที่ ๑",
        indicator="O๓๕",
        approach="แนวทาง  เว้นสองช่อง",
        steps="๑) หนึ่ง\n๒) สอง",
        responsible="สำนักปลัด",
        monitoring="รายงานทุกไตรมาส",
        period_text="ต.ค. ๖๖ – ก.ย. ๖๗",
        period_start=date(2023, 10, 1),
        period_end=date(2024, 9, 30),
    )
    with office.write() as uow:
        uow.plans.save([full])
    with office.read() as uow:
        assert uow.plans.measure(full.id) == full
        assert uow.plans.measure(MeasureId("none")) is None


def test_measures_are_listed_by_number_and_can_be_renumbered(office: Store) -> None:
    with office.write() as uow:
        first, second = uow.plans.measures(AGENCY, YEAR)
        uow.plans.save([])
        uow.plans.save([replace(first, no=2), replace(second, no=1, title="ชื่อใหม่")])
    with office.read() as uow:
        assert [(m.id, m.no, m.title) for m in uow.plans.measures(AGENCY, YEAR)] == [
            (SECOND, 1, "ชื่อใหม่"),
            (FIRST, 2, first.title),
        ]
        assert uow.plans.measures(AGENCY, FiscalYear(2568)) == []


def test_years_with_a_measure_are_listed_oldest_first(office: Store) -> None:
    with office.write() as uow:
        for year in (2569, 2566):
            uow.plans.save([a_measure(id=MeasureId(f"m{year}"), fiscal_year=FiscalYear(year))])
    with office.read() as uow:
        assert uow.plans.fiscal_years(AGENCY) == [2566, 2567, 2569]


def test_removing_a_measure_removes_all_that_hangs_on_it(office: Store) -> None:
    with office.write() as uow:
        uow.plans.assign(FIRST, SOMCHAI)
        uow.updates.add(a_submitted())
        uow.updates.add(an_update(id=UpdateId("draft")), replaces=UpdateId("update-1"))
        uow.updates.add_part(UpdateId("draft"), Answer.SUMMARY, "บางส่วน", "line-message-2")
        uow.updates.add_evidence(UpdateId("draft"), a_photo(), CHAT)
        uow.updates.add(an_update(id=UpdateId("stays"), measure_id=SECOND))
    with office.write() as uow:
        uow.plans.remove([FIRST])
    with office.read() as uow:
        assert [m.id for m in uow.plans.measures(AGENCY, YEAR)] == [SECOND]
        assert uow.plans.assigned_to(SOMCHAI) == []
        assert [u.id for u in uow.updates.drafts_of(SOMCHAI)] == ["stays"]
        assert uow.updates.wanted_media(NOW, 10) == []


def test_reporters_are_listed_in_the_order_of_assignment(office: Store) -> None:
    with office.write() as uow:
        uow.plans.assign(FIRST, SOMCHAI)
        uow.plans.assign(FIRST, MALEE)
        uow.plans.assign(FIRST, SOMCHAI)
    with office.write() as uow:
        reporters = uow.plans.reporters([FIRST, SECOND])
        assert [person.id for person in reporters[FIRST]] == [SOMCHAI, MALEE]
        assert reporters[SECOND] == []
        uow.plans.unassign(FIRST, SOMCHAI)
        uow.plans.assign(FIRST, SOMCHAI)
        assert [person.id for person in uow.plans.reporters([FIRST])[FIRST]] == [MALEE, SOMCHAI]
        assert uow.plans.reporters([]) == {}


def test_a_persons_measures_are_listed_by_year_and_number(office: Store) -> None:
    with office.write() as uow:
        uow.plans.save([a_measure(id=MeasureId("next year"), fiscal_year=FiscalYear(2568))])
        for measure_id in (MeasureId("next year"), SECOND, FIRST):
            uow.plans.assign(measure_id, SOMCHAI)
    with office.read() as uow:
        assert [m.id for m in uow.plans.assigned_to(SOMCHAI)] == [FIRST, SECOND, "next year"]


def test_only_rounds_whose_dates_were_set_are_listed(office: Store) -> None:
    twelve = default_round(AGENCY, YEAR, RoundNo.TWELVE)
    six = replace(default_round(AGENCY, YEAR, RoundNo.SIX), due_on=date(2024, 4, 5))
    with office.write() as uow:
        assert uow.plans.rounds(AGENCY) == []
        uow.plans.save_round(twelve)
        uow.plans.save_round(default_round(AGENCY, YEAR, RoundNo.SIX))
        uow.plans.save_round(six)
    with office.read() as uow:
        assert uow.plans.rounds(AGENCY) == [six, twelve]
