"""The agency's documents: asked for, cancelled, made without what they failed by, told apart by version."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.people import PersonId
from bot.ports.records import ReportId, ReportRun, ReportState, ReportVersion, VersionFile
from bot.services.report_names import MOST_BYTES, thai_name

DESK = "/admin/thungthong/2567/reports"
ASK = "/admin/thungthong/reports"
ONE = "/admin/thungthong/reports/report-1"
CHOSEN = {"fiscal_year": "2567", "round": "6", "chosen": "yes"}


def page(browser: Any, path: str) -> str:
    return str(browser.get(path).get_data(as_text=True))


def asked(office: Any, answer: Any) -> ReportRun:
    assert answer.status_code == 303
    with office.store.read() as uow:
        run = uow.reports.get(ReportId(answer.headers["Location"].rsplit("/", 1)[1]))
    assert run is not None
    return run


def test_a_document_of_a_kind_style_and_formats_is_asked_for_as_chosen(office: Any, enter: Any) -> None:
    fields = {**CHOSEN, "kind": "plan", "style": "A1", "formats": "docx", "draft": "yes"}
    run = asked(office, enter("admin").press(DESK, ASK, **fields))
    assert (run.kind, run.formats, run.styles, run.draft) == ("plan", ("docx",), {"plan": "A1"}, True)
    assert run.requested_by == PersonId("person-admin")
    assert ("compile_report", (run.id,)) in office.queue.jobs


def test_a_set_keeps_its_parts_and_nothing_else_has_any(office: Any, enter: Any) -> None:
    browser = enter("admin")
    fields = {**CHOSEN, "formats": "pdf", "parts": ["annex", "plan", "nonsense"]}
    assert asked(office, browser.press(DESK, ASK, kind="set", **fields)).parts == ("plan", "annex")
    assert asked(office, browser.press(DESK, ASK, kind="progress", **fields)).parts == ()


def test_the_same_wish_twice_is_one_compile_and_another_wish_another(office: Any, enter: Any) -> None:
    browser = enter("admin")
    fields = {**CHOSEN, "kind": "progress", "formats": "pdf"}
    first = browser.press(DESK, ASK, **fields).headers["Location"]
    assert browser.press(DESK, ASK, **fields).headers["Location"] == first
    assert browser.press(DESK, ASK, **{**fields, "style": "A3"}).headers["Location"] != first


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "progress"}, "เลือกชนิดไฟล์"),
        ({"kind": "progress", "formats": "pdf", "style": "A1"}, "แบบตาราง A1 ใช้กับเอกสารนี้ไม่ได้"),
        ({"kind": "analysis", "formats": "pdf"}, "ยังไม่มีผลการประเมิน"),
    ],
)
def test_what_cannot_be_made_is_told_at_once(office: Any, enter: Any, fields: dict[str, str], words: str) -> None:
    browser = enter("admin")
    answer = browser.press(DESK, ASK, **CHOSEN, **fields)
    assert answer.headers["Location"].endswith(DESK)
    assert words in page(browser, DESK)
    with office.store.read() as uow:
        assert uow.reports.latest("thungthong", 2567, 5) == []


def test_a_kind_that_is_none_is_refused(office: Any, enter: Any) -> None:
    assert enter("admin").press(DESK, ASK, **CHOSEN, kind="novel", formats="pdf").status_code == 400


def test_an_auditor_sees_everything_and_no_button(office: Any, enter: Any, finished_report: ReportRun) -> None:
    text = page(enter("auditor"), DESK)
    assert ONE in text
    assert "ออกเอกสาร" not in text.replace("ยังไม่เคยออกเอกสาร", "")
    assert '<form method="post"' not in text.split("<main", 1)[1]


def test_a_running_one_can_be_cancelled_and_says_so(office: Any, enter: Any, finished_report: ReportRun) -> None:
    with office.store.write() as uow:
        uow.reports.save(replace(finished_report, state=ReportState.RUNNING, progress=0.4, stage="จัดทำ PDF"))
    browser = enter("admin")
    assert "<progress" in page(browser, DESK)
    text = page(browser, ONE)
    assert 'http-equiv="refresh"' in text
    assert "ยกเลิกการจัดทำ" in text
    browser.press(ONE, f"{ONE}/cancel")
    text = page(browser, ONE)
    assert "ยกเลิกแล้ว" in text
    assert "ดาวน์โหลด" not in text
    browser.press(ONE, f"{ONE}/cancel")
    assert "จบไปก่อนแล้ว" in page(browser, ONE)


def test_a_failure_names_what_is_to_blame_and_the_rest_can_be_made(
    office: Any, enter: Any, finished_report: ReportRun
) -> None:
    failed = replace(
        finished_report,
        state=ReportState.FAILED,
        files={},
        error="อ่านภาพไม่ได้",
        blame="ภาพของมาตรการลำดับที่ ๑",
        blamed=("e-1",),
        skip=("measure-3",),
        styles={"progress": "A3"},
    )
    with office.store.write() as uow:
        uow.reports.save(failed)
    browser = enter("admin")
    text = page(browser, ONE)
    assert "ภาพของมาตรการลำดับที่ ๑" in text
    assert "จัดทำส่วนที่เหลือ" in text
    rest = asked(office, browser.press(ONE, f"{ONE}/rest"))
    assert (rest.skip, rest.styles, rest.formats) == (("measure-3", "e-1"), {"progress": "A3"}, failed.formats)
    assert asked(office, browser.press(ONE, f"{ONE}/again")).skip == ()


def a_version(run: ReportRun, digest: str, code: str, days: int = 0, **how: Any) -> ReportVersion:
    values: dict[str, Any] = {
        "inputs_hash": digest * 64,
        "agency_id": run.agency_id,
        "fiscal_year": run.fiscal_year,
        "round_no": run.round_no,
        "kind": run.kind,
        "draft": False,
        "made_at": run.created_at + timedelta(days=days),
        "content": {},
        "findings": ("มาตรการที่ ๒ ยังไม่ได้รายงาน",),
        "code": code,
        "made_by": PersonId("person-admin"),
        "made_with": {"styles": {"progress": "A3"}, "parts": []},
        **how,
    }
    return ReportVersion(**values)


def with_summary(text: str | None) -> dict[str, Any]:
    update = {"status": "done", "summary": text, "evidence": []} if text else None
    return {"agency": {}, "measures": [{"no": 1, "title": "เผยแพร่ข้อมูล", "rounds": {"6": update, "12": None}}]}


@pytest.fixture
def two_versions(office: Any, finished_report: ReportRun) -> tuple[ReportVersion, ReportVersion]:
    first = a_version(finished_report, "a", "ABCD2345", content=with_summary("ประชุม ๑ ครั้ง มีผู้เข้าร่วมมาก <b>"))
    second = a_version(finished_report, "b", "WXYZ6789", 1, content=with_summary("ประชุม ๒ ครั้ง มีผู้เข้าร่วมมาก <b>"))
    with office.store.write() as uow:
        for each in (first, second):
            uow.versions.settle(each)
        file = VersionFile(
            inputs_hash=first.inputs_hash, format="pdf", sha256="9f" * 32, size=4096, made_at=first.made_at
        )
        uow.versions.add_files([file])
        uow.reports.save(replace(finished_report, inputs_hash=first.inputs_hash))
    return first, second


def test_a_version_shows_who_when_of_what_its_files_and_what_was_found(
    office: Any, enter: Any, two_versions: Any
) -> None:
    first, _ = two_versions
    browser = enter("admin")
    assert "ABCD-2345" in page(browser, ONE)
    assert f"/versions/{first.inputs_hash}" in page(browser, DESK)
    text = page(browser, f"{ASK}/versions/{first.inputs_hash}")
    for words in ("ABCD-2345", "พิมพ์ใจ", first.inputs_hash, "9f" * 32, "A3", "มาตรการที่ ๒ ยังไม่ได้รายงาน", "/v/ABCD2345"):
        assert words in text
    assert enter("elsewhere").get(f"/admin/bansuan/reports/versions/{first.inputs_hash}").status_code == 404


def test_two_versions_are_shown_with_insertions_and_deletions_told_in_words_too(
    office: Any, enter: Any, two_versions: Any
) -> None:
    first, second = two_versions
    for a, b in ((first, second), (second, first)):
        text = page(enter("auditor"), f"{ASK}/compare?a={a.inputs_hash}&b={b.inputs_hash}")
        plain = re.sub(r"\s+", " ", text)
        assert '<del><span class="unseen">[ตัดออก: </span>๑<span class="unseen">]</span></del>' in plain
        assert '<ins><span class="unseen">[เพิ่ม: </span>๒<span class="unseen">]</span></ins>' in plain
        assert "&lt;b&gt;" in plain
    assert enter("admin").get(f"{ASK}/compare?a={first.inputs_hash}&b=").status_code == 303
    assert enter("admin").get(f"{ASK}/compare?a={first.inputs_hash}&b=none").status_code == 404


def test_the_download_has_a_thai_name_and_an_ascii_one(office: Any, enter: Any, finished_report: ReportRun) -> None:
    header = enter("admin").get(f"{ONE}/pdf").headers["Content-Disposition"]
    assert 'filename="progress-thungthong-2567-6.pdf"' in header
    assert "filename*=UTF-8''%E0%B8%A3" in header


def test_a_long_name_is_cut_between_letters_and_never_holds_what_a_file_system_forbids(
    finished_report: ReportRun,
) -> None:
    name = thai_name(finished_report, "องค์การบริหารส่วนตำบล" * 9 + ' / : "', "pdf")
    assert len(name.encode()) <= MOST_BYTES
    assert name.endswith(".pdf")
    assert not set(name) & set('/\\:*?"<>|')


def test_a_year_without_a_plan_says_what_to_do(office: Any, enter: Any) -> None:
    assert "นำเข้าแผนก่อน" in page(enter("admin"), "/admin/thungthong/2560/reports")


def test_pages_are_shown_one_by_one_when_a_worker_has_drawn_them(
    office: Any, enter: Any, finished_report: ReportRun
) -> None:
    browser = enter("auditor")
    waiting = page(browser, f"{ONE}/pages")
    assert 'http-equiv="refresh"' in waiting
    assert ("draw_pages", ("report-1",)) in office.queue.jobs
    assert 'http-equiv="refresh"' not in page(browser, f"{ONE}/pages?looks=60")
    office.media.files["reports/report-1/pages/index.json"] = b'{"pages": 3, "shown": 2}'
    office.media.files["reports/report-1/pages/2.jpg"] = b"a picture"
    text = page(browser, f"{ONE}/pages?page=9")
    assert "หน้า ๒ จาก ๓" in text
    assert 'rel="prev"' in text
    assert 'rel="next"' not in text
    picture = re.search(r'<img class="page" src="([^"]+)"', text)
    assert picture is not None
    assert browser.get(picture[1]).data == b"a picture"
    assert enter("elsewhere").get("/admin/bansuan/reports/report-1/pages").status_code == 404
