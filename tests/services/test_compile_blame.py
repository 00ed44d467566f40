"""Compiles that fail say by what, are cancelled between stages, and make the rest when asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot.domain.errors import CompileFailed, NotFound, OutsideWorld
from bot.domain.people import Role
from bot.domain.rounds import RoundNo
from bot.domain.text import thai_digits
from bot.ports.outside import MediaStore
from bot.ports.records import ReportId, ReportRun, ReportState
from bot.reporting.leaving_out import measure_nos
from bot.reporting.model import Report
from bot.reporting.rendering import CompiledReport
from bot.services import compile_report
from bot.services.cancel_report import cancel_report
from bot.services.compile_report import queue_report
from bot.services.leases import LEASE
from bot.services.logbook import Action
from tests.services.desk import AGENCY, YEAR, Desk

ADMIN = "U-admin"
GOOD_PHOTO = b"\xff\xd8\xff\xe0photo"


class Killed(BaseException):
    """What a SIGKILL does: nothing in the program hears of it."""


class Fragile:
    """Draws words for files, and fails by one measure."""

    def __init__(self, problem: BaseException | None = None, by: int = 2) -> None:
        self.problem, self.by = problem, by
        self.drawn: list[Report] = []

    def mark(self) -> str:
        return "test"

    def render(
        self, report: Report, formats: Sequence[str], media: MediaStore, progress: Callable[[str, float], None]
    ) -> CompiledReport:
        progress("จัดทำ PDF", 0.5)
        rows = [cell for table in report.tables for row in table.rows if hasattr(row, "cells") for cell in row.cells]
        if self.problem is not None and any(f"มาตรการที่ {thai_digits(str(self.by))}" in cell for cell in rows):
            raise self.problem
        self.drawn.append(report)
        return CompiledReport(files={name: name.encode() for name in formats}, findings=report.findings)


@pytest.fixture
def admin(desk: Desk) -> Desk:
    """An admin who has joined an office whose measures are told apart by their titles."""
    desk.join(ADMIN, "มานี รอบรู้", Role.ADMIN)
    desk.news(ADMIN)
    with desk.rt.store.write() as uow:
        plan = uow.plans.measures(AGENCY.id, YEAR)
        uow.plans.save([replace(measure, title=f"มาตรการที่ {measure.no}") for measure in plan])
    return desk


def wish(desk: Desk, **more: object) -> ReportRun:
    with desk.rt.store.write() as uow:
        chat = desk.chat(ADMIN).id
        return queue_report(uow, desk.ids, desk.clock, AGENCY.id, YEAR, RoundNo.TWELVE, chat_id=chat, **more)


def run_of(desk: Desk, run: ReportRun) -> ReportRun:
    with desk.rt.store.read() as uow:
        found = uow.reports.get(run.id)
        assert found is not None
        return found


def compiling(desk: Desk, renderer: object) -> compile_report.CompileReport:
    return replace(desk.rt.compiler, renderer=renderer)


def second_measure(desk: Desk) -> str:
    return desk.measure_year(2).measure.id


@pytest.mark.parametrize("problem", [CompileFailed("Typst ปฏิเสธ"), ZeroDivisionError()])
def test_the_measure_by_which_it_fails_is_named(admin: Desk, problem: Exception) -> None:
    run = wish(admin)
    assert compiling(admin, Fragile(problem))(run.id) is False
    failed = run_of(admin, run)
    assert (failed.state, failed.blame) == (ReportState.FAILED, "มาตรการลำดับที่ ๒")
    assert failed.blamed == (second_measure(admin),)
    assert failed.error is not None
    assert failed.error.endswith("ที่มาตรการลำดับที่ ๒")
    admin.work()
    assert any("มาตรการลำดับที่ ๒" in text for text in admin.news(ADMIN))


def test_no_measure_is_blamed_when_the_outside_world_is_away(admin: Desk) -> None:
    run = wish(admin)
    assert compiling(admin, Fragile(OutsideWorld("the disk is full")))(run.id) is False
    assert (run_of(admin, run).blame, run_of(admin, run).blamed) == (None, ())


def test_the_rest_is_compiled_without_what_is_to_blame(admin: Desk) -> None:
    first = wish(admin)
    broken = Fragile(ZeroDivisionError())
    compiling(admin, broken)(first.id)
    rest = wish(admin, skip=run_of(admin, first).blamed)
    assert compiling(admin, broken)(rest.id) is True
    done = run_of(admin, rest)
    assert done.skip == (second_measure(admin),)
    assert any("มาตรการลำดับที่ ๒: ไม่ได้พิมพ์ในฉบับนี้" in finding for finding in done.findings)
    report = broken.drawn[-1]
    assert measure_nos(report) == (1, 2)
    assert "ไม่ได้พิมพ์ในฉบับนี้" in report.tables[0].rows[-1].cells[0]


def test_a_photo_that_cannot_be_fetched_is_named_and_left_out_on_request(admin: Desk) -> None:
    admin.talk(ADMIN, admin.invite("มานี รอบรู้"))
    admin.talk(ADMIN, "รายงานผล", "1", "แล้วเสร็จ", "จัดอบรมแล้ว", "เสร็จแล้ว", "ได้ผลดี", "เสร็จแล้ว")
    admin.sends(ADMIN, GOOD_PHOTO)
    admin.work()
    admin.talk(ADMIN, "ป้ายหน้าสำนักงาน", "เสร็จแล้ว", "ข้าม", "ยืนยัน")
    (piece,) = admin.submitted(1)[0].evidence
    problem = CompileFailed("อ่านภาพจากที่เก็บไฟล์ไม่ได้", image_keys=(piece.stored_as,))

    class Away(Fragile):
        def render(self, report: Report, *more: object) -> CompiledReport:
            if any(item.image_key for group in report.annex for item in group.items):
                raise problem
            return super().render(report, *more)  # type: ignore[arg-type]

    run = wish(admin)
    compiling(admin, Away())(run.id)
    failed = run_of(admin, run)
    assert failed.blamed == (piece.id,)
    assert failed.blame == "ภาพ “ป้ายหน้าสำนักงาน” ของมาตรการลำดับที่ ๑"
    rest = wish(admin, skip=failed.blamed)
    assert compiling(admin, Away())(rest.id) is True
    assert any("ภาพที่ ๑ ไม่ได้แสดงในฉบับนี้" in finding for finding in run_of(admin, rest).findings)


def test_a_measure_that_kills_the_program_is_found_by_the_last_try(admin: Desk) -> None:
    run = wish(admin)
    for _ in range(compile_report.MOST_TRIES):
        with pytest.raises(Killed):
            compiling(admin, Fragile(Killed()))(run.id)
        admin.clock.pass_time(seconds=LEASE.total_seconds() + 1)
    assert admin.rt.compile_report(run.id) is False
    failed = run_of(admin, run)
    assert (failed.state, failed.blamed) == (ReportState.FAILED, (second_measure(admin),))
    assert failed.error == "การจัดทำหยุดกลางคันหลายครั้ง ที่มาตรการลำดับที่ ๒"


@pytest.mark.parametrize(("problem", "words"), [(TimeoutError(), "ใช้เวลาเกินกำหนด"), (MemoryError(), "ใช้หน่วยความจำเกิน")])
def test_over_a_limit_the_next_try_looks_for_the_measure_at_once(admin: Desk, problem: Exception, words: str) -> None:
    run = wish(admin)
    assert compiling(admin, Fragile(problem))(run.id) is False
    assert run_of(admin, run).state is ReportState.RUNNING
    assert admin.rt.sweep()["compile_report"] == 1, "it waits for nothing"
    assert compiling(admin, Fragile(problem))(run.id) is False
    failed = run_of(admin, run)
    assert (failed.state, failed.blame) == (ReportState.FAILED, "มาตรการลำดับที่ ๒")
    assert failed.error is not None
    assert failed.error.startswith(words)


def test_a_worker_that_ends_a_job_over_its_limit_says_so(admin: Desk) -> None:
    run = wish(admin)
    for _ in range(2):
        with pytest.raises(Killed):
            compiling(admin, Fragile(Killed()))(run.id)
        admin.rt.compile_cut_off(run.id, "memory")
    failed = run_of(admin, run)
    assert (failed.state, failed.blame) == (ReportState.FAILED, "มาตรการลำดับที่ ๒")
    admin.rt.compile_cut_off(run.id, "time")
    assert run_of(admin, run) == failed, "what has ended is let be"


def test_a_try_that_goes_well_leaves_no_blame(admin: Desk) -> None:
    run = wish(admin)
    compiling(admin, Fragile(TimeoutError()))(run.id)
    assert compiling(admin, Fragile())(run.id) is True
    done = run_of(admin, run)
    assert (done.state, done.error, done.blame, done.blamed) == (ReportState.DONE, None, None, ())


def test_a_compile_that_waits_is_cancelled_and_never_made(admin: Desk) -> None:
    run = wish(admin)
    rt = admin.rt
    assert cancel_report(rt.store, admin.ids, admin.clock, admin.person(ADMIN).id, AGENCY.id, run.id) is True
    assert run_of(admin, run).state is ReportState.CANCELLED
    assert admin.rt.compile_report(run.id) is False
    assert cancel_report(rt.store, admin.ids, admin.clock, None, AGENCY.id, run.id) is False
    with rt.store.read() as uow:
        (entry,) = [each for each in uow.log.entries(AGENCY.id, limit=50) if each.action == Action.REPORT_CANCELLED]
    assert entry.details["report"] == run.id


def test_a_compile_that_runs_stops_at_the_next_stage_and_leaves_no_files(admin: Desk) -> None:
    run = wish(admin)

    class CancelledMidway(Fragile):
        def render(self, report: Report, formats: Sequence[str], media: MediaStore, progress: object) -> CompiledReport:
            cancel_report(admin.rt.store, admin.ids, admin.clock, None, AGENCY.id, run.id)
            return super().render(report, formats, media, progress)  # type: ignore[arg-type]

    renderer = CancelledMidway()
    assert compiling(admin, renderer)(run.id) is False
    assert renderer.drawn == []
    assert run_of(admin, run).state is ReportState.CANCELLED
    assert admin.media.files == {}


def test_a_compile_cancelled_after_its_last_stage_takes_its_files_back(admin: Desk) -> None:
    run = wish(admin)

    class CancelledLate(Fragile):
        def render(self, *given: object) -> CompiledReport:
            made = super().render(*given)  # type: ignore[arg-type]
            cancel_report(admin.rt.store, admin.ids, admin.clock, None, AGENCY.id, run.id)
            return made

    compiling(admin, CancelledLate())(run.id)
    assert run_of(admin, run).state is ReportState.CANCELLED
    assert admin.media.files == {}
    admin.work()
    assert admin.news(ADMIN) == []


def test_another_agencys_compile_cannot_be_cancelled(admin: Desk) -> None:
    run = wish(admin)
    for agency, report in (("elsewhere", run.id), (AGENCY.id, ReportId("none"))):
        with pytest.raises(NotFound):
            cancel_report(admin.rt.store, admin.ids, admin.clock, None, agency, report)
    assert run_of(admin, run).state is ReportState.QUEUED
