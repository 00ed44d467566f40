"""After a round has locked: an officer asks, an admin answers, and the measure is open again for some days."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.calendar import bangkok_day
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import Role
from bot.domain.reopenings import MOST_DAYS
from bot.services.logbook import Action
from bot.services.reopen import answer_reopening
from tests.services.desk import AGENCY, Desk
from tests.services.test_locked_draft import _lock

MALEE, BOSS = "U-malee", "U-boss"


@pytest.fixture
def locked(desk: Desk) -> Desk:
    """A round that has locked, with an update of measure 1 in it."""
    desk.join(BOSS, "วิชัย มั่นคง", Role.ADMIN)
    desk.join(MALEE, "มาลี ใจงาม", measures="1,2")
    desk.report(MALEE, 1, summary="จัดอบรม 12 คน")
    _lock(desk, days=-1)
    desk.news(MALEE)
    desk.news(BOSS)
    return desk


def _ask(desk: Desk) -> None:
    desk.talk(MALEE, "ขอแก้ไข", "๑", "ใส่จำนวนผู้เข้าร่วมผิด")


def test_an_allowed_request_opens_that_measure_for_that_officer_until_its_last_day(locked: Desk) -> None:
    desk = locked
    assert not any("จัดอบรม" in text for text in desk.talk(MALEE, "รายงานผล"))
    _ask(desk)
    assert any("ใส่จำนวนผู้เข้าร่วมผิด" in text for text in desk.news(BOSS))
    desk.talk(BOSS, "เปิดให้แก้ไข")
    assert any("ได้ถึงสิ้นวันที่" in text for text in desk.news(MALEE))
    desk.talk(MALEE, "แก้ไข สรุปผล", "จัดอบรม 35 คน", "เสร็จแล้ว", "ยืนยัน")
    assert desk.submitted()[0].summary == "จัดอบรม 35 คน"
    assert "มาตรการที่ ๒" not in "".join(desk.talk(MALEE, "งานของฉัน")), "only what was asked for is open again"
    desk.clock.pass_time(days=8)
    desk.talk(MALEE, "แก้ไข สรุปผล", "สายเกินไป", "เสร็จแล้ว", "ยืนยัน")
    assert desk.submitted()[0].summary == "จัดอบรม 35 คน"


def test_a_denied_request_opens_nothing_and_is_told(locked: Desk) -> None:
    _ask(locked)
    locked.talk(BOSS, "ไม่เปิดให้แก้ไข")
    assert any("ไม่เปิดให้แก้ไข" in text for text in locked.news(MALEE))
    locked.talk(MALEE, "แก้ไข สรุปผล", "แก้เอง", "เสร็จแล้ว", "ยืนยัน")
    assert locked.submitted()[0].summary == "จัดอบรม 12 คน"
    with locked.rt.store.read() as uow:
        assert Action.REOPENING_DENIED in {entry.action for entry in uow.log.entries(AGENCY.id)}


def test_asking_twice_is_one_request_told_once(locked: Desk) -> None:
    _ask(locked)
    _ask(locked)
    assert len([text for text in locked.news(BOSS) if "ใส่จำนวนผู้เข้าร่วมผิด" in text]) == 1
    with locked.rt.store.read() as uow:
        assert len(uow.reopenings.waiting([AGENCY.id])) == 1


def test_only_an_admin_of_the_agency_answers_once_and_for_a_day_within_bounds(locked: Desk) -> None:
    _ask(locked)
    rt, now = locked.rt, locked.clock.now()
    with rt.store.read() as uow:
        (request,) = uow.reopenings.waiting([AGENCY.id])
    boss, officer = locked.person(BOSS).id, locked.person(MALEE).id
    with pytest.raises(NotFound), rt.store.write() as uow:
        answer_reopening(uow, rt.notices, now, officer, request.id, allow=True)
    for days in (-1, MOST_DAYS + 1):
        until = bangkok_day(now) + timedelta(days=days)
        with pytest.raises(BadInput), rt.store.write() as uow:
            answer_reopening(uow, rt.notices, now, boss, request.id, allow=True, until=until)
    with rt.store.write() as uow:
        answer_reopening(uow, rt.notices, now, boss, request.id, allow=True)
    with pytest.raises(NotFound), rt.store.write() as uow:
        answer_reopening(uow, rt.notices, now, boss, request.id, allow=False)


def test_a_draft_that_the_lock_left_is_gone_on_with_once_it_is_open_again(locked: Desk) -> None:
    _lock(locked, days=5)
    locked.talk(MALEE, "รายงานผล", "กำลังดำเนินการ", "ร่างที่ค้าง")
    _lock(locked, days=-1)
    locked.talk(MALEE, "เพิ่มเติม", "ขอแก้ไข", "๒", "ป่วยในวันสุดท้าย")
    locked.talk(BOSS, "เปิดให้แก้ไข")
    locked.talk(MALEE, "รายงานผล", "เสร็จแล้ว", "ข้าม", "ข้าม", "ข้าม", "ยืนยัน")
    assert locked.submitted(2)[0].summary == "ร่างที่ค้าง"
