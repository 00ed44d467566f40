"""Entering an update for somebody who telephoned, and both rounds beside each other."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.domain.agencies import AgencySettings
from bot.domain.people import Membership, PersonId, Role
from bot.domain.plans import MeasureId
from bot.domain.rounds import RoundNo
from bot.domain.updates import Review, Stage, Status, UpdateId
from bot.services.logbook import Action

from .conftest import HERE, SUMMARY

MEASURE = "/admin/thungthong/2567/6/"
FIRST, SECOND = f"{MEASURE}1/enter/person-officer", f"{MEASURE}2/enter/person-officer"
COMPARE = "/admin/thungthong/2567/compare/1"
DONE = {"status": "done", "summary": "อบรมแล้ว\r\nสองครั้ง", "outcome": "ผ่านทุกคน"}


def text(browser: Any, path: str) -> str:
    answer = browser.get(path, follow_redirects=True)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def seen(page: str) -> str:
    return re.search(r'name="seen" value="([^"]*)"', page)[1]


def enter_it(browser: Any, path: str, *, was: str | None = None, **fields: str) -> Any:
    return browser.press(path, path, seen=seen(text(browser, path)) if was is None else was, **fields)


def in_force(rt: Any, no: int) -> list[Any]:
    with rt.store.read() as uow:
        return list(uow.updates.in_force([MeasureId(f"measure-{no}")]))


def test_it_is_stored_in_the_officers_name_with_who_wrote_it_down(office: Any, enter: Any) -> None:
    browser = enter("admin")
    answer = enter_it(browser, SECOND, **DONE)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{MEASURE}2")
    (update,) = in_force(office, 2)
    assert (update.person_id, update.entered_by) == ("person-officer", "person-admin")
    assert (update.status, update.summary, update.outcome) == (Status.DONE, "อบรมแล้ว\nสองครั้ง", "ผ่านทุกคน")
    assert update.review is Review.ACCEPTED
    page = text(browser, f"{MEASURE}2")
    assert "นางสาวพิมพ์ใจ ดูแลดี บันทึกแทน ตามที่ นางสมศรี รายงานไว แจ้งทางโทรศัพท์หรือทางอื่น" in page
    with office.store.read() as uow:
        (entry,) = uow.log.entries(HERE)
    assert (entry.action, entry.details["person"]) == (Action.UPDATE_ENTERED, "นางสมศรี รายงานไว")


def test_what_was_in_force_is_replaced_and_its_evidence_kept(office: Any, enter: Any) -> None:
    browser = enter("admin")
    assert SUMMARY in text(browser, FIRST)
    enter_it(browser, FIRST, **DONE)
    (update,) = in_force(office, 1)
    assert update.summary == "อบรมแล้ว\nสองครั้ง"
    assert [e.name or e.url for e in update.evidence][1:3] == [
        "คำสั่งแต่งตั้ง.pdf",
        "https://www.thungthong.example/news?id=7",
    ]
    with office.store.read() as uow:
        assert uow.updates.get(UpdateId("update-1")).stage is Stage.SUPERSEDED


def test_where_updates_are_reviewed_it_waits_like_any_other(office: Any, enter: Any) -> None:
    with office.store.write() as uow:
        uow.agencies.save_settings(HERE, AgencySettings(review_by_admin=True))
    enter_it(enter("admin"), SECOND, **DONE)
    assert in_force(office, 2)[0].review is Review.PENDING


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"summary": "อบรม"}, "กรุณาเลือกสถานะ"),
        ({"status": "done", "summary": "อบรม"}, "กรุณาเขียนผลลัพธ์"),
        ({"status": "in_progress", "outcome": "ดี"}, "กรุณาเขียนสรุปผล"),
        ({"status": "not_started", "obstacles": "รองบ"}, "กรุณาใส่วันที่คาดว่าจะเริ่ม"),
        ({"status": "cancelled"}, "กรุณาเขียนเหตุผล"),
        ({"status": "in_progress", "summary": "ก" * 10_001}, "ยาวเกิน"),
    ],
)
def test_what_the_chat_would_not_let_pass_is_told_and_stays_typed(
    office: Any, enter: Any, fields: dict[str, str], words: str
) -> None:
    answer = enter_it(enter("admin"), SECOND, **fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in page
    assert fields.get("summary", "") in page
    assert in_force(office, 2) == []


def test_a_measure_that_has_not_started_keeps_its_reason_and_day_only(office: Any, enter: Any) -> None:
    fields = {"status": "not_started", "obstacles": "รองบ", "expected_on": "2024-05-01", "summary": "ไม่เกี่ยว"}
    enter_it(enter("admin"), SECOND, **fields)
    (update,) = in_force(office, 2)
    assert (update.obstacles, update.expected_on, update.summary) == ("รองบ", date(2024, 5, 1), None)


def test_an_officer_who_reported_meanwhile_is_not_overwritten(office: Any, enter: Any) -> None:
    browser = enter("admin")
    answer = enter_it(browser, FIRST, was="", **DONE)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "เพิ่งรายงานข้อนี้เอง" in page
    assert SUMMARY in page
    assert "สองครั้ง" in page
    assert in_force(office, 1)[0].summary == SUMMARY
    enter_it(browser, FIRST, was=seen(page), **DONE)
    assert in_force(office, 1)[0].entered_by == "person-admin"


def test_only_reporters_of_the_measure_can_be_meant(office: Any, enter: Any) -> None:
    browser = enter("admin")
    assert browser.get(f"{MEASURE}2/enter/person-late").status_code == 404
    assert browser.press(SECOND, f"{MEASURE}2/enter/person-late", seen="", **DONE).status_code == 404


def test_a_closed_round_takes_nothing(office: Any, enter: Any) -> None:
    office.clock.pass_time(days=60)
    browser = enter("admin")
    assert "บันทึกแทน" not in text(browser, f"{MEASURE}2")
    enter_it(browser, SECOND, **DONE)
    assert in_force(office, 2) == []
    assert "เลื่อนวันปิดรับได้ในหน้าตั้งค่า" in text(browser, f"{MEASURE}2")


def test_both_rounds_stand_beside_each_other(office: Any, enter: Any) -> None:
    with office.store.write() as uow:
        six = uow.updates.get(UpdateId("update-1"))
        again = replace(six, id=UpdateId("update-2"), round_no=RoundNo.TWELVE, outcome="ดีขึ้นอีก", evidence=())
        uow.updates.add(again)
    page = text(enter("auditor"), COMPARE)
    summary, outcome = page.split("สรุปผลการดำเนินการ")[1], page.split("ผลลัพธ์/ความสำเร็จ")[1]
    assert "เหมือนรอบ ๖ เดือน" in summary.split("</tr>")[0]
    assert "ดีขึ้นอีก" in outcome.split("</tr>")[0]
    assert "เหมือนรอบ ๖ เดือน" not in outcome.split("</tr>")[0]
    assert "๕ ชิ้น" in page


def test_a_measure_without_reports_says_so(office: Any, enter: Any) -> None:
    with office.store.write() as uow:
        uow.people.add_membership(Membership(person_id=PersonId("person-late"), role=Role.HEAD, agency_id=HERE))
    assert "ยังไม่รายงานทั้งสองรอบ" in text(enter("admin"), "/admin/thungthong/2567/compare/3")
