"""A round that locks in the middle of a draft is told with its day, and the draft waits for the round to open again."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.calendar import bangkok_day
from bot.domain.rounds import RoundNo
from bot.services.agency_rounds import set_round
from tests.services.desk import AGENCY, YEAR, Desk

MALEE = "U-malee"


def _lock(desk: Desk, days: int) -> None:
    day = bangkok_day(desk.clock.now()) + timedelta(days=days)
    opens = day - timedelta(days=60)
    set_round(
        desk.rt.store, desk.ids, desk.clock, AGENCY.id, YEAR, RoundNo.TWELVE, opens_on=opens, due_on=day, locks_on=day
    )


def test_a_round_that_locks_in_the_middle_is_told_and_the_draft_waits(desk: Desk) -> None:
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.talk(MALEE, "รายงานผล", "แล้วเสร็จ", "ทำแล้ว")
    _lock(desk, days=-1)
    heard = desk.talk(MALEE, "เพิ่มเติม")
    assert any("ปิดรับแล้ว" in text and "ยังอยู่" in text for text in heard)
    _lock(desk, days=5)
    desk.talk(MALEE, "รายงานผล", "เสร็จแล้ว", "ผล", "เสร็จแล้ว", "ข้าม", "ข้าม", "ยืนยัน")
    assert desk.submitted()[0].summary == "ทำแล้ว"
