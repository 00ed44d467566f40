"""Compiles keep their promises on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.calendar import FiscalYear
from bot.domain.errors import StaleWrite
from bot.ports.records import ReportId, ReportState
from bot.ports.store import Store
from tests.contracts.office import AGENCY, CHAT, NOW, SOMCHAI, YEAR, a_run, later

FIRST_RUN = ReportId("report-1")


def test_a_run_comes_back_exactly_and_is_overwritten_by_saving(office: Store) -> None:
    full = a_run(
        draft=True,
        requested_by=SOMCHAI,
        chat_id=CHAT,
        state=ReportState.DONE,
        stage="เสร็จแล้ว",
        progress=1.0,
        files={"pdf": "reports/report-1/a.pdf"},
        findings=("มาตรการที่ ๑ ยังไม่ได้รายงาน",),
        error="ข้อผิดพลาด",
        attempts=1,
        claimed_until=later(minutes=5),
        finished_at=later(minutes=1),
        skip=("measure-2",),
        blame="มาตรการลำดับที่ ๑",
        blamed=("measure-1", "evidence-1"),
    )
    with office.write() as uow:
        uow.reports.add(a_run())
        assert uow.reports.get(FIRST_RUN) == a_run()
        uow.reports.save(full)
        assert uow.reports.get(FIRST_RUN) == full
        assert uow.reports.get(ReportId("none")) is None


def test_saving_a_run_that_was_never_stored_says_so(office: Store) -> None:
    with pytest.raises(StaleWrite), office.write() as uow:
        uow.reports.save(a_run())


def test_a_run_is_claimed_by_one_until_its_claim_has_passed(office: Store) -> None:
    with office.write() as uow:
        uow.reports.add(a_run())
        claimed = uow.reports.claim(FIRST_RUN, NOW, later(minutes=5))
        assert claimed == a_run(state=ReportState.RUNNING, attempts=1, claimed_until=later(minutes=5))
        assert uow.reports.claim(FIRST_RUN, later(minutes=4), later(minutes=9)) is None
        again = uow.reports.claim(FIRST_RUN, later(minutes=5), later(minutes=10))
        assert again is not None
        assert again.attempts == 2
        uow.reports.save(replace(again, state=ReportState.FAILED))
        assert uow.reports.claim(FIRST_RUN, later(hours=1), later(hours=2)) is None


def test_runs_that_can_be_claimed_wait_oldest_first(office: Store) -> None:
    with office.write() as uow:
        uow.reports.add(a_run(1, created_at=later(seconds=2)))
        uow.reports.add(a_run(2, created_at=later(seconds=1)))
        uow.reports.add(a_run(3, state=ReportState.DONE))
        uow.reports.add(a_run(4))
        uow.reports.claim(ReportId("report-4"), NOW, later(minutes=5))
        assert uow.reports.waiting(NOW, 10) == ["report-2", "report-1"]
        assert uow.reports.waiting(NOW, 1) == ["report-2"]
        assert uow.reports.waiting(later(minutes=5), 10) == ["report-4", "report-2", "report-1"]


def test_the_latest_runs_come_newest_first(office: Store) -> None:
    with office.write() as uow:
        uow.reports.add(a_run(1))
        uow.reports.add(a_run(2, created_at=later(seconds=1)))
        uow.reports.add(a_run(3))
        uow.reports.add(a_run(4, fiscal_year=FiscalYear(2568)))
        assert [run.id for run in uow.reports.latest(AGENCY, YEAR, 10)] == ["report-2", "report-3", "report-1"]
        assert [run.id for run in uow.reports.latest(AGENCY, YEAR, 1)] == ["report-2"]


def test_failed_runs_are_listed_newest_first(office: Store) -> None:
    with office.write() as uow:
        for number, state in enumerate([ReportState.FAILED, ReportState.DONE, ReportState.FAILED, ReportState.FAILED]):
            uow.reports.add(a_run(number, state=state, created_at=later(hours=number)))
        assert [run.id for run in uow.reports.failed(NOW, 2)] == ["report-3", "report-2"]
        assert [run.id for run in uow.reports.failed(later(hours=-1), 9)][-1] == "report-0"


def test_a_run_is_cancelled_while_it_is_open_and_stays_so(office: Store) -> None:
    with office.write() as uow:
        uow.reports.add(a_run(1))
        uow.reports.add(a_run(2, state=ReportState.DONE))
        running = uow.reports.claim(FIRST_RUN, NOW, later(minutes=5))
        assert running is not None
        assert uow.reports.go_on(replace(running, progress=0.5)) is True
        assert uow.reports.cancel(FIRST_RUN, later(minutes=1)) is True
        assert uow.reports.go_on(running) is False
        assert uow.reports.cancel(FIRST_RUN, later(minutes=2)) is False
        assert uow.reports.cancel(ReportId("report-2"), NOW) is False
        assert uow.reports.cancel(ReportId("none"), NOW) is False
        cancelled = uow.reports.get(FIRST_RUN)
        assert cancelled is not None
        assert (cancelled.state, cancelled.finished_at) == (ReportState.CANCELLED, later(minutes=1))
        assert uow.reports.claim(FIRST_RUN, later(hours=1), later(hours=2)) is None
        assert uow.reports.waiting(later(hours=1), 10) == []
