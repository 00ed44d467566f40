"""Compiles: stored as a wish, taken by one worker, taken again after a crash, and the news told once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot.domain.errors import CompileFailed
from bot.domain.people import Role
from bot.domain.rounds import RoundNo
from bot.jobs import COMPILE_REPORT
from bot.ports.outside import MediaStore
from bot.ports.records import ReportRun, ReportState
from bot.reporting.model import Report
from bot.reporting.rendering import CompiledReport
from bot.services import compile_report
from bot.services.compile_report import queue_report
from bot.services.leases import LEASE
from tests.services.desk import AGENCY, YEAR, Desk

ADMIN = "U-admin"


class PlainRenderer:
    """Files with a word in them; `first` happens before they are made."""

    def __init__(self, first: Callable[[], None] = lambda: None) -> None:
        self.first = first
        self.reports: list[Report] = []

    def mark(self) -> str:
        return "test"

    def render(
        self, report: Report, formats: Sequence[str], media: MediaStore, progress: Callable[[str, float], None]
    ) -> CompiledReport:
        progress("กำลังจัดหน้า", 0.5)
        self.first()
        self.reports.append(report)
        return CompiledReport(files={name: name.encode() for name in formats}, findings=())


@pytest.fixture
def admin(desk: Desk) -> Desk:
    """An admin who has joined, and a renderer that is quick."""
    desk.join(ADMIN, "มานี รอบรู้", Role.ADMIN)
    desk.news(ADMIN)
    vars(desk.rt)["report_renderer"] = PlainRenderer()
    return desk


def _wish(desk: Desk) -> ReportRun:
    with desk.rt.store.write() as uow:
        return queue_report(uow, desk.ids, desk.clock, AGENCY.id, YEAR, RoundNo.TWELVE, chat_id=desk.chat(ADMIN).id)


def _run(desk: Desk, run: ReportRun) -> ReportRun:
    with desk.rt.store.read() as uow:
        found = uow.reports.get(run.id)
        assert found is not None
        return found


def _compiling(desk: Desk, first: Callable[[], None]) -> compile_report.CompileReport:
    return replace(desk.rt.compiler, renderer=PlainRenderer(first))


def test_the_word_in_chat_makes_the_report_and_tells_its_links_once(admin: Desk) -> None:
    heard = admin.talk(ADMIN, "ออกรายงาน")
    with admin.rt.store.read() as uow:
        (run,) = uow.reports.latest(AGENCY.id, YEAR, 10)
    assert (run.state, set(run.files)) == (ReportState.DONE, {"pdf", "docx", "xlsx", "html", "json"})
    assert admin.media.files[run.files["pdf"]] == b"pdf"
    assert sum("PDF" in text for text in heard) == 1
    admin.rt.compile_report(run.id)
    admin.work()
    assert not any("PDF" in text for text in admin.news(ADMIN))


def test_two_workers_never_make_the_same_report(admin: Desk) -> None:
    run = _wish(admin)
    second: list[bool] = []
    assert _compiling(admin, lambda: second.append(admin.rt.compile_report(run.id)))(run.id) is True
    assert second == [False]


def test_a_report_whose_worker_died_is_made_by_another(admin: Desk) -> None:
    class Killed(BaseException):
        pass

    def die() -> None:
        raise Killed

    run = _wish(admin)
    with pytest.raises(Killed):
        _compiling(admin, die)(run.id)
    assert _run(admin, run).state is ReportState.RUNNING
    assert admin.rt.sweep()[COMPILE_REPORT] == 0
    admin.clock.pass_time(seconds=LEASE.total_seconds() + 1)
    assert admin.rt.sweep()[COMPILE_REPORT] == 1
    admin.work()
    assert _run(admin, run).state is ReportState.DONE


def test_a_report_that_kills_its_worker_again_and_again_is_given_up_and_told(admin: Desk) -> None:
    class Killed(BaseException):
        pass

    def die() -> None:
        raise Killed

    run = _wish(admin)
    for _ in range(compile_report.MOST_TRIES):
        with pytest.raises(Killed):
            _compiling(admin, die)(run.id)
        admin.clock.pass_time(seconds=LEASE.total_seconds() + 1)
    assert admin.rt.compile_report(run.id) is False
    admin.work()
    assert _run(admin, run).state is ReportState.FAILED
    assert sum("หยุดกลางคัน" in text for text in admin.news(ADMIN)) == 1
    assert admin.rt.sweep()[COMPILE_REPORT] == 0


@pytest.mark.parametrize(
    ("problem", "words"),
    [(CompileFailed("รูปของมาตรการที่ ๑ เสีย"), "มาตรการที่ ๑"), (ZeroDivisionError(), "ข้อผิดพลาดของโปรแกรม")],
)
def test_why_a_report_failed_is_told(admin: Desk, problem: Exception, words: str) -> None:
    def fail() -> None:
        raise problem

    run = _wish(admin)
    assert _compiling(admin, fail)(run.id) is False
    admin.work()
    assert any(words in text for text in admin.news(ADMIN))


def test_a_failure_names_what_is_to_blame_and_both_ways_on_and_offers_them(admin: Desk) -> None:
    def fail() -> None:
        raise CompileFailed("อ่านภาพไม่ได้")

    run = _wish(admin)
    assert _compiling(admin, fail)(run.id) is False
    admin.work()
    told = admin.line.sent[-1].messages[-1]
    assert "แก้มาตรการลำดับที่ ๑ แล้วพิมพ์ ออกรายงาน" in told["text"]
    assert "ส่วนที่เหลือ" in told["text"]
    offered = [item["action"]["label"] for item in told["quickReply"]["items"]]
    assert offered == ["ผู้ดูแล", "ออกรายงาน", "สถานะ"]


def test_progress_can_be_seen_while_it_is_made(admin: Desk) -> None:
    run = _wish(admin)
    seen: list[ReportRun] = []
    _compiling(admin, lambda: seen.append(_run(admin, run)))(run.id)
    assert [(r.state, r.stage, r.progress) for r in seen] == [(ReportState.RUNNING, "กำลังจัดหน้า", 0.5)]


def test_an_officer_cannot_ask_for_the_report(admin: Desk) -> None:
    admin.join("U-malee", "มาลี ใจงาม")
    admin.news("U-malee")
    admin.talk("U-malee", "ออกรายงาน")
    with admin.rt.store.read() as uow:
        assert uow.reports.latest(AGENCY.id, YEAR, 10) == []
