"""Search in the plan and the updates, with slips forgiven."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import event

from bot.domain.plans import MeasureId
from handlers.admin.search import MOST_HITS, extract_of
from tests import builders

from .conftest import HERE, YEAR

SEARCH = "/admin/thungthong/search"


def found(browser: Any, words: str) -> str:
    answer = browser.get(f"{SEARCH}?q={quote(words)}")
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


@pytest.mark.parametrize("words", ["รับสินบน", "รับ สิน บน", "ปองกันการรับสินบน", "ป้้องกัน", "สินบน "])
def test_the_plan_is_found_whatever_the_spacing_and_tones(office: Any, enter: Any, words: str) -> None:
    page = found(enter("admin"), words)
    assert 'href="/admin/thungthong/plan/2567/2"' in page
    assert "พบ ๑ รายการ" in page


@pytest.mark.parametrize("words", ["เชิงปฏิบัติการแล้ว 2 ครั้ง", "เชิงปฏิบัติการ"])
def test_updates_are_found_with_either_digits(office: Any, enter: Any, words: str) -> None:
    page = found(enter("auditor"), words)
    assert 'href="/admin/thungthong/2567/6/1"' in page
    assert "สรุปผลการดำเนินการ" in page


def test_nothing_found_and_nothing_asked_are_told_apart(office: Any, enter: Any) -> None:
    browser = enter("admin")
    assert "ไม่พบ “จรวด”" in found(browser, "จรวด")
    assert "ไม่พบ" not in found(browser, "")
    assert "รายการ</p>" not in found(browser, " \u0e48 ")  # a tone mark alone would be everywhere


def test_another_agencys_texts_are_not_found(office: Any, enter: Any) -> None:
    answer = enter("elsewhere").get(f"/admin/bansuan/search?q={quote('สินบน')}")
    assert "ไม่พบ" in answer.get_data(as_text=True)


def test_many_hits_are_cut_and_cost_the_same_queries(office: Any, enter: Any) -> None:
    browser = enter("admin")
    with office.store.write() as uow:
        more = [
            builders.measure(no, id=MeasureId(f"more-{no}"), agency_id=HERE, fiscal_year=YEAR, title=f"คู่มือที่ {no}")
            for no in range(4, 64)
        ]
        uow.plans.save(more)
    asked: list[str] = []
    event.listen(office.store._engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    page = found(browser, "คู่มือ")
    assert page.count("/plan/2567/") == MOST_HITS
    assert "รายการแรก" in page
    assert len(asked) <= 14, asked


def test_an_extract_shows_the_words() -> None:
    text = "ก" * 100 + " คำที่หา " + "ข" * 100
    assert "คำที่หา" in extract_of(text, "คำที่หา")
    assert extract_of("สั้น", "ไม่มี") == "สั้น"
