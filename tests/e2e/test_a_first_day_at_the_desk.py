"""A newcomer's whole first day at the desk, in a real browser: from the link in the chat to the compiled files."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import pytest

from tests.e2e.town import Town
from tests.needs import needs
from tests.render.reading_back import by_pdfium, docx_table, folded, xlsx_rows
from tests.simulator.webdriver import Browser, browser

pytestmark = pytest.mark.browser

AGENCY = "first-day"
OFFICE = "องค์การบริหารส่วนตำบลวันแรก"
HEAD = "มาตรการ\tขั้นตอน/วิธีการ\tระยะเวลา\tผู้รับผิดชอบ\n"
PLAN = (
    HEAD
    + "มาตรการเปิดเผยข้อมูลการจัดซื้อ\tเผยแพร่ทุกเดือน\tตลอดปี\tกองคลัง\n"
    + "มาตรการจัดการข้อร้องเรียน\tตั้งศูนย์รับเรื่อง\tตลอดปี\tสำนักปลัด\n"
)
MALI, KLA = "นางสาวมะลิ วันแรก", "นายกล้า วันแรก"
SHORT = "ลงประกาศไปแล้วบางส่วน"
FULL = "เผยแพร่รายงานการจัดซื้อครบ ๑๒ เดือนบนเว็บไซต์"
CENTRE = "ตั้งศูนย์รับเรื่องร้องเรียนและตอบครบทุกเรื่อง"
REASON = "กรุณาบอกจำนวนเดือนที่เผยแพร่ และที่ที่เผยแพร่"
FIRST_BYTES = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04"}
FETCHED = """
return fetch(document.querySelector(arguments[0]).href).then(a => a.arrayBuffer()).then(a =>
  btoa(Array.from(new Uint8Array(a), b => String.fromCharCode(b)).join('')));
"""


@pytest.fixture
def office(calm: Town) -> Town:
    """The demo with a new agency that has a round's dates and nothing else."""
    calm.bot("agency", "add", "--id", AGENCY, "--name", OFFICE, "--kind", "อบต.", "--province", "สมมติ")
    calm.open_round(AGENCY, calm.year)
    return calm


def test_a_newcomers_first_day_goes_from_the_link_to_the_files(office: Town, tmp_path: Path) -> None:
    needs("chromium")
    admin = office.joins("ผู้ดูแล วันแรก", agency=AGENCY, role="admin")
    with browser() as window:
        _signs_in(office, admin, window)
        window.screenshot(tmp_path / "1-signed-in.png")
        _imports_the_plan(office, window)
        _wants_to_review(office, window)
        codes = _invites_two(office, window)
        window.screenshot(tmp_path / "2-invited.png")
        mali, kla = (_joins(office, name, codes[name]) for name in (MALI, KLA))

        _reports(office, mali, SHORT)
        _reports(office, kla, CENTRE)
        window.open(_address(office))
        window.wait_for("รายงานแล้ว ๒ จาก ๒ มาตรการ")
        assert window.text().count("รอตรวจ") >= 2
        window.screenshot(tmp_path / "3-came-in.png")

        _sends_back(office, window)
        assert REASON in " ".join(office.news(mali)), "the reason arrives in the chat"
        _mends(office, mali)
        for no, words in ((1, FULL), (2, CENTRE)):
            _accepts(office, window, no, words)
        window.open(_address(office))
        window.wait_for("รายงานแล้ว ๒ จาก ๒ มาตรการ")
        assert "รอตรวจ" not in window.script("return document.querySelector('[aria-labelledby=waits]').innerText")

        window.click("section[aria-labelledby=reports] form button")
        window.find("#progress, .downloads")  # the page goes from the one to the other by itself
        window.find(".downloads", seconds=60)
        window.screenshot(tmp_path / "4-compiled.png")
        files = {name: base64.b64decode(window.script(FETCHED, f"a[download$='.{name}']")) for name in FIRST_BYTES}
    assert {name: data[: len(FIRST_BYTES[name])] for name, data in files.items()} == FIRST_BYTES
    printed = {
        "pdf": by_pdfium(files["pdf"]),
        "docx": str(docx_table(files["docx"])),
        "xlsx": str(xlsx_rows(files["xlsx"])),
    }
    for name, text in printed.items():
        assert folded(FULL) in folded(text), name
        assert folded(CENTRE) in folded(text), name
        assert folded(SHORT) not in folded(text), f"what was sent back is not printed in {name}"
    _stored_what_was_said(office)


def _address(office: Town, page: str = "") -> str:
    return f"{office.world.base_url}/admin/{AGENCY}/{page}"


def _signs_in(office: Town, admin: str, window: Browser) -> None:
    said = " ".join(office.says(admin, "ผู้ดูแล"))
    found = re.search(r"http://\S+/admin/sign-in/[\w-]+", said)
    assert found is not None
    window.open(found[0])
    window.click("main form button")
    window.find(".menu")
    assert OFFICE in window.text()


def _imports_the_plan(office: Town, window: Browser) -> None:
    window.open(_address(office, f"plan/import?year={office.year}"))
    window.script("document.querySelector('textarea').value = arguments[0]", PLAN)
    window.click("main form button")
    window.wait_for("ตรวจก่อนนำเข้า")
    window.click("main form[method=post] button")
    window.wait_for("นำเข้าแล้ว: เพิ่ม ๒")


def _wants_to_review(office: Town, window: Browser) -> None:
    window.open(_address(office, "settings/"))
    window.click("input[name=review_by_admin]")
    window.click("form[action$=switches] button")
    window.wait_for("บันทึกวิธีทำงานแล้ว")


def _invites_two(office: Town, window: Browser) -> dict[str, str]:
    """The codes of the sheet by name."""
    window.open(_address(office, "people/"))
    listed = f"{MALI}, 1\n{KLA}, 2"
    window.script("document.querySelector('#invite textarea').value = arguments[0]", listed)
    window.click("#invite form button")
    window.wait_for("ใบเชิญ ๒ ใบ")
    slips = window.script(
        "return [...document.querySelectorAll('.slip')]"
        ".map(s => [s.querySelector('h2').innerText, s.querySelector('.code').innerText])"
    )
    return {str(name): str(code) for name, code in slips}


def _joins(office: Town, name: str, code: str) -> str:
    user = office.newcomer(name)
    assert name in " ".join(office.says(user, code))
    return user


def _reports(office: Town, user: str, summary: str) -> None:
    assert "สรุปผลการดำเนินการ" in office.says(user, "รายงานผล", "แล้วเสร็จ")[-1]
    office.says(user, summary)
    assert any("ขอบคุณ" in text for text in office.finishes(user))


def _sends_back(office: Town, window: Browser) -> None:
    window.open(_address(office, f"{office.year}/12/1"))
    window.wait_for(SHORT)
    window.click(".decide summary")
    window.type(".decide textarea", REASON)
    window.click(".decide details button")
    window.wait_for("ส่งกลับพร้อมเหตุผลแล้ว")
    office.settle()


def _mends(office: Town, user: str) -> None:
    office.says(user, "แก้ไข", "สรุปผลการดำเนินการ", FULL)
    heard = office.says(user, "เสร็จแล้ว", "ยืนยัน")
    assert any("ขอบคุณ" in text for text in heard), heard


def _accepts(office: Town, window: Browser, no: int, words: str) -> None:
    window.open(_address(office, f"{office.year}/12/{no}"))
    window.wait_for(words)
    window.click(".decide button[value=accept]")
    window.wait_for("บันทึกว่าเห็นชอบแล้ว")


def _stored_what_was_said(office: Town) -> None:
    measures = office.export(AGENCY, office.year)["measures"]
    told = [measure["rounds"]["12"] for measure in measures]
    assert [(each["summary"], each["review"]) for each in told] == [(FULL, "accepted"), (CENTRE, "accepted")]
