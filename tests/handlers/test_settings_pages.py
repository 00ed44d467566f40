"""The settings' page: profile, switches and dates, and two people at once."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from bot.domain.agencies import AgencySettings
from bot.domain.rounds import RoundNo
from bot.services.agency_rounds import one_round
from bot.services.logbook import Action

from .conftest import HERE, YEAR

SETTINGS = "/admin/thungthong/settings/"
ROUND = f"{SETTINGS}rounds/2567/6"
PROFILE = {
    "name": "องค์การบริหารส่วนตำบลทุ่งทอง",
    "kind": "อบต.",
    "subdistrict": "",
    "district": "",
    "province": "",
    "address": "",
    "website": "",
    "doc_code": "",
}
DATES = {"opens_on": "2024-03-01", "due_on": "2024-04-20", "locks_on": "2024-05-10"}


def text(browser: Any, path: str = SETTINGS) -> str:
    answer = browser.get(path, follow_redirects=True)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def seen(page: str, action: str) -> str:
    return re.search(rf'action="{action}".*?name="seen" value="(\w+)"', page, re.DOTALL)[1]


def save(browser: Any, what: str, fields: dict[str, str], *, page: str | None = None) -> Any:
    return browser.press(SETTINGS, what, seen=seen(page or text(browser), what), **fields)


def agency(rt: Any) -> Any:
    with rt.store.read() as uow:
        return uow.agencies.get(HERE)


def switches(rt: Any) -> Any:
    with rt.store.read() as uow:
        return uow.agencies.settings(HERE)


def dates(rt: Any) -> tuple[date, date, date]:
    with rt.store.read() as uow:
        found = one_round(uow, HERE, YEAR, RoundNo.SIX)
    return found.opens_on, found.due_on, found.locks_on


def last_entry(rt: Any) -> Any:
    with rt.store.read() as uow:
        return next(iter(uow.log.entries(HERE)), None)


def test_the_profile_is_shown_and_saved(office: Any, enter: Any) -> None:
    browser = enter("admin")
    wanted = {**PROFILE, "province": " จังหวัด  สมมติ ", "website": "www.thungthong.example"}
    assert save(browser, f"{SETTINGS}profile", wanted).status_code == 303
    assert (agency(office).province, agency(office).website) == ("จังหวัด สมมติ", "www.thungthong.example")
    assert 'value="จังหวัด สมมติ"' in text(browser)
    assert (last_entry(office).action, last_entry(office).details["fields"]) == (
        Action.AGENCY_EDITED,
        ["province", "website"],
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "กรุณาเขียนชื่อหน่วยงาน"),
        ({"website": "javascript:alert(1)"}, "เว็บไซต์ต้องเป็นที่อยู่"),
        ({"address": "ก" * 301}, "ยาวเกิน"),
    ],
)
def test_a_profile_that_cannot_be_is_told_and_stays_typed(
    office: Any, enter: Any, wrong: dict[str, str], words: str
) -> None:
    answer = save(enter("admin"), f"{SETTINGS}profile", {**PROFILE, "district": "อำเภอที่พิมพ์", **wrong})
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert "อำเภอที่พิมพ์" in answer.get_data(as_text=True)
    assert agency(office).district is None


def test_switches_are_turned_on_and_off_and_leave_the_rest(office: Any, enter: Any) -> None:
    with office.store.write() as uow:
        uow.agencies.save_settings(HERE, AgencySettings(table_styles={"progress": "B4"}))
    browser = enter("admin")
    save(browser, f"{SETTINGS}switches", {"review_by_admin": "yes"})
    assert switches(office) == AgencySettings(review_by_admin=True, thai_digits=False, table_styles={"progress": "B4"})
    assert last_entry(office).details == {"fields": ["review_by_admin", "thai_digits"], "on": ["review_by_admin"]}
    page = text(browser)
    assert re.search(r'name="review_by_admin" value="yes" checked', page)
    assert not re.search(r'name="thai_digits" value="yes" checked', page)


def test_a_round_is_moved(office: Any, enter: Any) -> None:
    browser = enter("admin")
    assert "(ตามกำหนดทั่วไป)" in text(browser)
    assert save(browser, ROUND, DATES).status_code == 303
    assert dates(office) == (date(2024, 3, 1), date(2024, 4, 20), date(2024, 5, 10))
    assert "ครบกำหนด ๒๐ เมษายน ๒๕๖๗" in text(browser)
    assert last_entry(office).action == Action.ROUND_SET


@pytest.mark.parametrize(
    "wrong", [{"due_on": "2024-02-01"}, {"locks_on": "2024-04-01"}, {"due_on": ""}, {"due_on": "x"}]
)
def test_dates_out_of_order_are_told(office: Any, enter: Any, wrong: dict[str, str]) -> None:
    before = dates(office)
    answer = save(enter("admin"), ROUND, {**DATES, **wrong})
    assert answer.status_code == 422
    assert "วันต้องเรียงกัน" in answer.get_data(as_text=True)
    assert dates(office) == before


@pytest.mark.parametrize(
    ("what", "mine", "theirs"),
    [
        ("profile", {**PROFILE, "district": "ของฉัน"}, {**PROFILE, "district": "ของเขา"}),
        ("switches", {"asks_output": "yes"}, {"review_by_admin": "yes"}),
        ("rounds/2567/6", {**DATES, "due_on": "2024-04-30"}, DATES),
    ],
)
def test_two_people_are_told_rather_than_overwritten(
    office: Any, enter: Any, what: str, mine: dict[str, str], theirs: dict[str, str]
) -> None:
    first, second = enter("admin"), enter("admin")
    page = text(first)
    save(second, SETTINGS + what, theirs)
    kept = (agency(office), switches(office), dates(office))
    answer = save(first, SETTINGS + what, mine, page=page)
    assert answer.status_code == 409
    assert "มีผู้อื่นแก้ส่วนนี้ก่อนคุณบันทึก" in answer.get_data(as_text=True)
    assert (agency(office), switches(office), dates(office)) == kept


def test_an_auditor_reads_and_presses_nothing(office: Any, enter: Any) -> None:
    page = text(enter("auditor"))
    assert "ใช้เลขไทยในเอกสาร: เปิด" in page
    assert "<form" not in page.split("<main")[1]


def test_saving_what_is_there_writes_nothing_down(office: Any, enter: Any) -> None:
    browser = enter("admin")
    save(browser, f"{SETTINGS}profile", PROFILE)
    save(browser, f"{SETTINGS}switches", {"thai_digits": "yes"})
    assert last_entry(office) is None
