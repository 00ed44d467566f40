"""The publish record: what was posted where, with the words for ITAS and what became of the links."""

from __future__ import annotations

import html
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.calendar import FiscalYear
from bot.domain.links import LinkState, LookedAt
from bot.reporting.check.items import item_of
from bot.reporting.itas_text import itas_text

DESK = "/admin/thungthong/publications/"
NEW = f"{DESK}new?fiscal_year=2567&kind=progress"
TYPED = {
    "fiscal_year": "2567",
    "kind": "progress",
    "ita_year": "๒๕๖๘",
    "item": "O28",
    "urls": "https://www.thungthong.example/\nhttps://www.thungthong.example/ita2568/o28.pdf",
    "description": "หน้าแรก > ITA",
    "posted_on": "2025-02-28",
    "code": "abcd-2345",
    "do": "save",
}


def page(browser: Any, path: str = DESK) -> str:
    return html.unescape(browser.get(path).get_data(as_text=True))


def records(office: Any) -> list[Any]:
    with office.store.read() as uow:
        return list(uow.publications.of_agency("thungthong"))


def test_a_new_record_begins_with_the_item_of_its_year_and_the_agencys_site(office: Any, enter: Any) -> None:
    with office.store.write() as uow:
        uow.agencies.save(replace(uow.agencies.get("thungthong"), website="www.thungthong.example"))
    text = page(enter("admin"), NEW)
    assert 'name="ita_year" value="2568"' in text
    assert 'name="item" value="O28"' in text
    assert "https://www.thungthong.example</textarea>" in text


def test_what_was_typed_is_kept_shown_and_written_in_the_log(office: Any, enter: Any) -> None:
    browser = enter("admin")
    assert browser.press(NEW, DESK, **TYPED).status_code == 303
    (record,) = records(office)
    assert (record.ita_year, record.item, record.code, record.kind) == (2568, "O28", "ABCD2345", "progress")
    assert len(record.urls) == 2
    look = LookedAt(url=record.urls[1], state=LinkState.GONE, at=office.clock.now())
    with office.store.write() as uow:
        uow.links.save("thungthong", [look])
    text = page(enter("auditor"))
    for words in ("ข้อ O28", "/v/ABCD2345", "ไม่พบหน้าหรือเว็บไซต์นี้", "ยังไม่เคยลองเปิด", "๒๘ กุมภาพันธ์ ๒๕๖๘"):
        assert words in text
    assert "<form" not in text.split("<main", 1)[1]
    assert "บันทึกการเผยแพร่" in page(browser, "/admin/thungthong/log/")


def test_the_words_for_itas_are_written_without_saving_anything(office: Any, enter: Any) -> None:
    text = enter("admin").press(NEW, DESK, **{**TYPED, "do": "write"}).get_data(as_text=True)
    assert "๒. ไฟล์เอกสาร: https://www.thungthong.example/ita2568/o28.pdf" in text
    assert records(office) == []


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("urls", "javascript:alert(1)"),
        ("urls", "www.thungthong.example"),
        ("urls", "\n".join(f"https://a.example/{n}" for n in range(11))),
        ("ita_year", "68"),
        ("code", "ABC"),
        ("posted_on", "yesterday"),
        ("description", "ก" * 4001),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(office: Any, enter: Any, field: str, text: str) -> None:
    answer = enter("admin").press(NEW, DESK, **{**TYPED, field: text})
    assert answer.status_code == 422
    shown = answer.get_data(as_text=True)
    assert 'aria-invalid="true" aria-describedby="wrong"' in shown
    assert "ยังไม่ได้บันทึก" in shown
    assert records(office) == []


def test_two_people_on_one_record_are_told(office: Any, enter: Any) -> None:
    browser = enter("admin")
    browser.press(NEW, DESK, **TYPED)
    (record,) = records(office)
    path = f"{DESK}{record.id}"
    answer = browser.press(path, DESK, **TYPED, record=record.id, seen="as it was yesterday")
    assert answer.status_code == 409
    assert "มีผู้อื่นแก้" in answer.get_data(as_text=True)
    browser.press(path, f"{path}/remove")
    assert records(office) == []
    assert browser.get(path).status_code == 404


def test_a_record_is_opened_under_its_own_agency_only(office: Any, enter: Any, finished_report: Any) -> None:
    browser = enter("elsewhere")
    assert browser.get("/admin/bansuan/publications/record-1").status_code == 404
    assert (
        browser.press("/admin/bansuan/publications/new", "/admin/bansuan/publications/record-1/remove").status_code
        == 404
    )


def test_the_words_name_agency_document_item_and_the_way_there() -> None:
    text = itas_text("อบต.ทุ่งทอง", "รายงานผล ปี 2567", 2568, "O28", ["https://a.example/ita/o28.pdf"])
    assert text.splitlines() == [
        "อบต.ทุ่งทอง เผยแพร่รายงานผล ปี ๒๕๖๗ (ITA ปี ๒๕๖๘ ข้อ O28) ดังนี้",
        "๑. หน้าแรกของเว็บไซต์หน่วยงาน: https://a.example/",
        "๒. ไฟล์เอกสาร: https://a.example/ita/o28.pdf",
        "วิธีเข้าดู: เปิด https://a.example/ แล้วเลือกเมนู ITA ปี ๒๕๖๘ ข้อ O28 จากนั้นเปิด o28.pdf",
    ]
    assert itas_text("อบต.ทุ่งทอง", "แผน", 2568, "", []).count("\n") == 0


@pytest.mark.parametrize(
    ("year", "which", "item"),
    [
        (2566, "plan", (2566, "O42")),
        (2566, "report", (2566, "O43")),
        (2567, "plan", (2567, "O34")),
        (2567, "report", (2568, "O28")),
        (2568, "report", (2569, "O26")),
        (2575, "plan", (2575, "")),
        (2575, "report", (2576, "")),
    ],
)
def test_the_item_is_data_by_year_and_the_rule_goes_on_without_a_number(
    year: int, which: str, item: tuple[int, str]
) -> None:
    assert item_of(FiscalYear(year), which) == item
