"""The results' page: scores typed, pasted and drawn, what does not add up, and two people at once."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.results import Instrument
from bot.services.logbook import Action

from .conftest import HERE, YEAR

PAGE = "/admin/thungthong/results/2567"
PASTED = "เครื่องมือ\tคะแนน\nIIT\t90.00\nEIT ส่วนที่ 1\t80.00\nEIT ส่วนที่ 2\t90.00\nOIT\t100.00\n"


def text(browser: Any, path: str = PAGE) -> str:
    answer = browser.get(path, follow_redirects=True)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def save(browser: Any, *, page: str | None = None, **fields: str) -> Any:
    seen = re.search(r'name="seen" value="(\w+)"', page or text(browser))[1]
    return browser.press(PAGE, PAGE, seen=seen, **fields)


def stored(rt: Any) -> Any:
    with rt.store.read() as uow:
        return uow.results.get(HERE, YEAR)


@pytest.fixture
def admin(office: Any, enter: Any) -> Any:
    return enter("admin")


def test_scores_typed_in_either_digits_are_kept_as_printed_and_drawn(admin: Any, rt: Any) -> None:
    answer = save(admin, overall="๙๑.๕๐", level="ผ่านดี", IIT="90.00", i1="84.99", h2566="88.10", a1="ขั้นตอนยังไม่ชัด")
    assert answer.status_code == 303
    kept = stored(rt)
    assert (kept.overall, kept.level) == (Decimal("91.50"), "ผ่านดี")
    assert kept.instruments == {Instrument.IIT: Decimal("90.00")}
    page = text(admin)
    assert "คะแนนรวม ๙๑.๕๐" in page
    assert 'aria-label="คะแนนรวมแต่ละปี: ๒๕๖๖ ๘๘.๑๐, ๒๕๖๗ ๙๑.๕๐"' in page
    assert "ต่ำกว่า ๘๕" in page
    with rt.store.read() as uow:
        assert uow.log.entries(HERE)[0].action == Action.RESULTS_KEPT


@pytest.mark.parametrize("wrong", ["101", "-1", "90.123", "เก้าสิบ"])
def test_what_is_no_score_is_refused_at_its_field_and_nothing_typed_is_lost(admin: Any, rt: Any, wrong: str) -> None:
    answer = save(admin, overall=wrong, level="ผ่านดี")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'name="overall" value="{wrong}" inputmode="decimal" size="6" autocomplete="off" aria-invalid="true"' in page
    assert 'value="ผ่านดี"' in page
    assert stored(rt) is None


def test_a_pasted_table_fills_the_form_and_is_stored_only_when_saved(admin: Any, rt: Any) -> None:
    page = admin.press(PAGE, f"{PAGE}/import", text=PASTED).get_data(as_text=True)
    assert 'name="IIT" value="90.00"' in page
    assert 'name="EIT2" value="90.00"' in page
    assert stored(rt) is None
    fields = dict(re.findall(r'name="(\w+)" value="([\d.]+)" inputmode', page))
    assert save(admin, page=page, **fields).status_code == 303
    assert stored(rt).score(Instrument.EIT) == Decimal(85)


def test_pasted_prose_without_scores_is_refused_in_a_sentence(admin: Any) -> None:
    answer = admin.press(PAGE, f"{PAGE}/import", text="สวัสดีครับ")
    assert answer.status_code == 422
    assert "ไม่พบคะแนน" in answer.get_data(as_text=True)


def test_scores_that_do_not_add_up_are_pointed_out_and_stay_as_printed(admin: Any, rt: Any) -> None:
    save(admin, overall="90.00", IIT="80.00", EIT="80.00", OIT="80.00")
    assert stored(rt).overall == Decimal("90.00")
    assert "พิมพ์ไว้ ๙๐.๐๐ แต่คำนวณจากคะแนนส่วนอื่นได้ ๘๐.๐๐" in text(admin)


def test_scores_changed_by_somebody_else_meanwhile_are_not_overwritten(admin: Any, rt: Any) -> None:
    page = text(admin)
    save(admin, page=page, overall="90.00")
    answer = save(admin, page=page, overall="70.00")
    assert answer.status_code == 409
    assert stored(rt).overall == Decimal("90.00")


def test_without_a_year_the_newest_with_scores_is_shown_else_last_years_form(admin: Any) -> None:
    assert "ผลการประเมิน ITA ปี ๒๕๖๖" in text(admin, "/admin/thungthong/results/")
    save(admin, overall="90.00")
    assert "ผลการประเมิน ITA ปี ๒๕๖๗" in text(admin, "/admin/thungthong/results/")


def test_an_auditor_sees_scores_without_a_form(admin: Any, enter: Any) -> None:
    save(admin, overall="90.00")
    page = text(enter("auditor"))
    assert "คะแนนรวม ๙๐.๐๐" in page
    assert "บันทึกคะแนน" not in page
