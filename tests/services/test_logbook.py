"""What people decide is written down with their names, whether in the chat or on a page."""

from __future__ import annotations

from bot.domain.people import Role
from bot.services.logbook import Action
from tests.services.desk import AGENCY, YEAR, Desk

MALEE, HEAD, ADMIN = "U-malee", "U-head", "U-admin"


def test_reviews_in_the_chat_are_written_down_without_what_people_wrote(desk: Desk) -> None:
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.join(HEAD, "สุดา หัวหน้าดี", Role.HEAD)
    desk.report(MALEE, 0)
    desk.talk(HEAD, "ส่งกลับ", "ขอจำนวนผู้เข้าร่วมด้วย", "สถานะ")
    desk.talk(MALEE, "แก้ไข", "สรุปผลการดำเนินการ", "อบรม ๓๕ คน", "เสร็จแล้ว", "ยืนยัน")
    desk.talk(HEAD, "เห็นชอบ")
    with desk.rt.store.read() as uow:
        accepted, returned = uow.log.entries(AGENCY.id, actions=[Action.UPDATE_ACCEPTED, Action.UPDATE_RETURNED])
    assert (returned.action, accepted.action) == (Action.UPDATE_RETURNED, Action.UPDATE_ACCEPTED)
    assert returned.name == "สุดา หัวหน้าดี"
    assert returned.details == {"no": 1, "year": YEAR, "round": 12, "person": "มาลี ใจงาม"}


def test_a_report_asked_for_in_the_chat_is_written_down(desk: Desk) -> None:
    desk.join(ADMIN, "มานี รอบรู้", Role.ADMIN)
    desk.says(ADMIN, "ออกรายงาน")
    desk.work(only=["chat_turn"])
    with desk.rt.store.read() as uow:
        (asked,) = uow.log.entries(AGENCY.id, actions=[Action.REPORT_ASKED])
        (run,) = uow.reports.latest(AGENCY.id, YEAR, 9)
    assert (asked.action, asked.name, asked.details["report"]) == (Action.REPORT_ASKED, "มานี รอบรู้", run.id)
