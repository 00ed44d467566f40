"""Measures added, moved, removed, and an earlier year's plan copied."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.calendar import FiscalYear
from bot.domain.plans import MeasureId
from bot.services.logbook import Action

from .conftest import HERE, TITLES, YEAR

PLAN = "/admin/thungthong/plan/2567/"
NEXT = FiscalYear(2568)


@pytest.fixture
def admin(office: Any, enter: Any) -> Any:
    return enter("admin")


def text(browser: Any, path: str) -> str:
    answer = browser.get(path, follow_redirects=True)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def plan(rt: Any, year: FiscalYear = YEAR) -> list[tuple[int, str]]:
    with rt.store.read() as uow:
        return [(each.no, each.title) for each in uow.plans.measures(HERE, year)]


def last_action(rt: Any) -> str:
    with rt.store.read() as uow:
        return str(uow.log.entries(HERE)[0].action)


def removal(browser: Any, no: int) -> dict[str, str]:
    page = text(browser, f"{PLAN}{no}/remove")
    return {name: re.search(f'name="{name}" value="([^"]+)"', page)[1] for name in ("measure", "seen")}


def test_a_measure_is_added_at_the_end_and_opened_for_the_rest(admin: Any, rt: Any) -> None:
    answer = admin.press(PLAN, f"{PLAN}add", title=" มาตรการใหม่ ")
    assert answer.headers["Location"].endswith("/plan/2567/4")
    assert plan(rt)[-1] == (4, "มาตรการใหม่")
    assert last_action(rt) == Action.MEASURE_ADDED


def test_a_measure_without_a_title_is_not_added(admin: Any, rt: Any) -> None:
    admin.press(PLAN, f"{PLAN}add", title="  ")
    assert len(plan(rt)) == 3
    assert "กรุณาเขียนชื่อมาตรการ" in text(admin, PLAN)


@pytest.mark.parametrize(("to", "order"), [("1", "312"), ("2", "132"), ("3", "123"), ("99", "123"), ("-4", "312")])
def test_a_moved_measure_lets_the_others_make_room(admin: Any, rt: Any, to: str, order: str) -> None:
    admin.press(f"{PLAN}3", f"{PLAN}move", measure="measure-3", to=to)
    assert plan(rt) == [(no, TITLES[int(old) - 1]) for no, old in enumerate(order, 1)]


def test_removing_says_what_is_lost_and_the_others_close_up(admin: Any, rt: Any) -> None:
    page = text(admin, f"{PLAN}1/remove")
    assert "รายงานที่ส่งแล้ว ๑ ฉบับ หลักฐาน ๕ ชิ้น" in page
    answer = admin.press(f"{PLAN}1/remove", f"{PLAN}1/remove", **removal(admin, 1))
    assert answer.status_code == 303
    assert plan(rt) == [(1, TITLES[1]), (2, TITLES[2])]
    assert last_action(rt) == Action.MEASURE_REMOVED


def test_a_measure_that_changed_after_the_question_is_not_removed(admin: Any, rt: Any) -> None:
    fields = removal(admin, 2)
    with rt.store.write() as uow:
        uow.plans.save([replace(uow.plans.measure(MeasureId("measure-2")), steps="เขียนเพิ่มเมื่อครู่")])
    answer = admin.press(f"{PLAN}2/remove", f"{PLAN}2/remove", **fields)
    assert answer.headers["Location"].endswith("/2/remove")
    assert len(plan(rt)) == 3


def test_last_years_plan_is_copied_with_its_periods_moved_and_its_people(admin: Any, rt: Any) -> None:
    with rt.store.write() as uow:
        uow.plans.save(
            [replace(uow.plans.measure(MeasureId("measure-2")), period_text="มกราคม ๒๕๖๗", steps="ตามแผนปี ๒๕๖๗")]
        )
    copy = "/admin/thungthong/plan/2568/copy"
    page = text(admin, copy)
    assert "มกราคม ๒๕๖๘" in page
    assert "ขั้นตอนยังกล่าวถึงปี ๒๕๖๗" in page
    admin.press(copy, copy, **{"from": "2567", "officers": "yes"})
    assert [title for _, title in plan(rt, NEXT)] == list(TITLES)
    with rt.store.read() as uow:
        new = uow.plans.measures(HERE, NEXT)
        assert (new[1].period_text, new[1].period_start) == ("มกราคม ๒๕๖๘", date(2025, 1, 1))
        assert new[1].steps == "ตามแผนปี ๒๕๖๗"
        assert [p.id for p in uow.plans.reporters([new[0].id])[new[0].id]] == ["person-officer"]
        assert uow.updates.in_force([each.id for each in new]) == []


def test_copying_again_adds_only_what_is_lacking(admin: Any, rt: Any) -> None:
    copy = "/admin/thungthong/plan/2568/copy"
    admin.press(copy, copy, **{"from": "2567"})
    admin.press(PLAN, f"{PLAN}add", title="มาตรการใหม่")
    assert "อีก ๓ มาตรการมีอยู่แล้ว" in text(admin, copy)
    admin.press(copy, copy, **{"from": "2567"})
    assert [title for _, title in plan(rt, NEXT)] == [*TITLES, "มาตรการใหม่"]


def test_without_an_earlier_plan_the_way_to_import_is_shown(admin: Any) -> None:
    assert "ยังไม่มีแผนของปีก่อน" in text(admin, "/admin/thungthong/plan/2567/copy")
