"""After sending: what was sent can be read again, and what was sent back is mended with one tap."""

from __future__ import annotations

from bot.domain.people import Role
from tests.services.desk import Desk

MALEE, CHIEF = "U-malee", "U-chief"


def test_what_was_sent_is_read_again_as_it_was_with_how_it_stands(desk: Desk) -> None:
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.report(MALEE, 0, summary="จัดอบรมครั้งแรก 12 คน")
    desk.talk(MALEE, "แก้ไข สรุปผล", "จัดอบรมครั้งที่สอง", "เสร็จแล้ว", "ยืนยัน")
    (listed,) = desk.talk(MALEE, "ประวัติ")
    assert "มีฉบับใหม่แทนแล้ว" in listed
    assert "เห็นชอบแล้ว" in listed
    (shown,) = desk.talk(MALEE, "๒")
    assert "จัดอบรมครั้งแรก 12 คน" in shown


def test_a_return_leads_to_the_answer_that_it_names_and_an_unchanged_one_is_asked_about(desk: Desk) -> None:
    desk.join(CHIEF, "วิชัย มั่นคง", Role.HEAD)
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.report(MALEE, 0)
    desk.news(MALEE)
    desk.talk(CHIEF, "ส่งกลับ", "ขอภาพกิจกรรมเพิ่ม")
    told = desk.news(MALEE)[-1]
    buttons = told.split("\n")[told.split("\n").index("แก้หลักฐาน") :]
    assert buttons[:2] == ["แก้หลักฐาน", "แก้สรุปผล"], "what the reason names comes first"
    desk.talk(MALEE, "แก้ไข หลักฐาน", "ข้าม")
    assert any("เหมือนฉบับที่ถูกส่งกลับ" in text for text in desk.talk(MALEE, "ยืนยัน"))
    assert desk.submitted()[0].review_reason == "ขอภาพกิจกรรมเพิ่ม", "nothing was sent yet"
    desk.talk(MALEE, "ยืนยัน")
    assert desk.submitted()[0].review_reason is None
