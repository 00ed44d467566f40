"""Joining by an admin's approval, and work that goes from one officer to another with all that is in it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.errors import BadInput, NotFound
from bot.domain.joining import JoinRequestId
from bot.domain.people import Role
from bot.domain.rounds import RoundNo
from bot.services.hand_over import hand_over
from bot.services.join_requests import decide_join
from bot.services.logbook import Action
from tests.services.desk import AGENCY, Desk

MALEE, SOMSAK, ADMIN, NEW = "U-malee", "U-somsak", "U-admin", "U-new"


def actions(desk: Desk) -> list[str]:
    with desk.rt.store.read() as uow:
        return [entry.action for entry in uow.log.entries(AGENCY.id)]


@pytest.fixture
def run(desk: Desk) -> Desk:
    """An agency with an admin."""
    desk.join(ADMIN, "มานี รอบรู้", Role.ADMIN)
    desk.news(ADMIN)
    return desk


def ask(desk: Desk, user: str = NEW, name: str = "นางมะลิ ใจงาม, กองคลัง") -> list[str]:
    return desk.talk(user, "ขอเข้าร่วม", name)


def test_the_admin_gets_a_card_and_whoever_asked_is_told(run: Desk) -> None:
    assert "ส่งคำขอเข้าร่วม" in ask(run)[-1]
    (card,) = run.news(ADMIN)
    assert "นางมะลิ ใจงาม" in card
    assert "กองคลัง" in card
    assert "อนุมัติ นางมะลิ ใจงาม" in run.talk(ADMIN, "อนุมัติ")[0]
    assert "ยินดีต้อนรับ นางมะลิ ใจงาม" in run.news(NEW)[0]
    with run.rt.store.read() as uow:
        (membership,) = uow.people.memberships(run.person(NEW).id)
    assert (membership.role, membership.agency_id) == (Role.OFFICER, AGENCY.id)
    assert actions(run)[0] == Action.JOIN_APPROVED


def test_who_is_not_let_in_is_told_and_stays_a_stranger(run: Desk) -> None:
    ask(run)
    run.talk(ADMIN, "ไม่อนุมัติ")
    assert "ไม่ได้อนุมัติ" in run.news(NEW)[0]
    assert run.chat(NEW).person_id is None
    assert actions(run)[0] == Action.JOIN_DENIED


def test_an_admin_hears_of_a_chat_at_most_three_times_a_day(run: Desk) -> None:
    for _ in range(5):
        ask(run)
        run.talk(NEW, "ยกเลิก")
    assert len(run.news(ADMIN)) == 3
    run.clock.pass_time(days=1, seconds=1)
    ask(run)
    assert len(run.news(ADMIN)) == 1


def test_whoever_was_invited_and_asks_instead_gets_what_waited_for_them(run: Desk) -> None:
    run.invite("นางมะลิ ใจงาม", measures="2")
    ask(run)
    run.talk(ADMIN, "อนุมัติ")
    with run.rt.store.read() as uow:
        assert [m.no for m in uow.plans.assigned_to(run.person(NEW).id)] == [2]


def test_a_namesake_who_asks_gets_nothing_of_the_others(run: Desk) -> None:
    run.join(MALEE, "นางมะลิ ใจงาม", measures="1")
    ask(run)
    run.talk(ADMIN, "อนุมัติ")
    assert run.person(NEW).id != run.person(MALEE).id
    with run.rt.store.read() as uow:
        assert uow.plans.assigned_to(run.person(NEW).id) == []


def test_role_measures_and_name_can_be_chosen_on_the_web_and_a_request_is_decided_once(run: Desk) -> None:
    ask(run)
    with run.rt.store.write() as uow:
        (request,) = uow.join_requests.pending([AGENCY.id], run.clock.now().replace(year=2023))
        measure = uow.plans.measures(AGENCY.id, run.measure_year(1).measure.fiscal_year)[0].id
        given: dict[str, Any] = {"approve": True, "role": Role.HEAD, "name": "นางมะลิ ใจงามยิ่ง", "measure_ids": [measure]}
        by = run.person(ADMIN).id
        decide_join(uow, run.rt.notices, run.clock.now(), by, AGENCY.id, request.id, **given)
        with pytest.raises(NotFound):
            decide_join(uow, run.rt.notices, run.clock.now(), by, AGENCY.id, request.id, approve=False)
    assert run.person(NEW).name == "นางมะลิ ใจงามยิ่ง"
    with run.rt.store.read() as uow:
        assert [m.role for m in uow.people.memberships(run.person(NEW).id)] == [Role.HEAD]


def test_what_cannot_be_decided_says_so(run: Desk) -> None:
    ask(run)
    with run.rt.store.write() as uow:
        (request,) = uow.join_requests.pending([AGENCY.id], run.clock.now().replace(year=2023))
        by, now = run.person(ADMIN).id, run.clock.now()
        for wrong in ({"name": " "}, {"role": Role.OPERATOR}, {"name": "ก" * 201}):
            with pytest.raises(BadInput):
                decide_join(uow, run.rt.notices, now, by, AGENCY.id, request.id, approve=True, **wrong)  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            decide_join(uow, run.rt.notices, now, by, AGENCY.id, JoinRequestId("no"), approve=True)


# Handover


@pytest.fixture
def two(desk: Desk) -> Desk:
    """Two officers, the first with both measures."""
    desk.join(MALEE, "มาลี ใจงาม", measures="1,2")
    desk.join(SOMSAK, "สมศักดิ์ ตั้งมั่น", measures="2")
    desk.news(MALEE), desk.news(SOMSAK)
    return desk


def numbers(desk: Desk, user: str) -> list[int]:
    with desk.rt.store.read() as uow:
        return [m.no for m in uow.plans.assigned_to(desk.person(user).id)]


def test_nothing_moves_before_the_colleague_accepts_and_then_the_draft_does_too(two: Desk) -> None:
    two.talk(MALEE, "รายงานผล", "1", "แล้วเสร็จ", "เรื่องที่มาลีเขียน", "เสร็จแล้ว", "พักไว้")
    two.talk(MALEE, "โอนงาน", "สมศักดิ์", "๑", "ใช่")
    (offer,) = two.news(SOMSAK)
    assert "จากคุณมาลี ใจงาม" in offer
    assert (numbers(two, MALEE), numbers(two, SOMSAK)) == ([1, 2], [2])
    assert "รับโอนงานจากคุณมาลี ใจงาม" in two.talk(SOMSAK, "รับโอนงาน")[0]
    assert "คุณสมศักดิ์ ตั้งมั่น รับโอนงานจากท่านแล้ว" in two.news(MALEE)[0]
    assert (numbers(two, MALEE), numbers(two, SOMSAK)) == ([2], [1, 2])
    two.talk(SOMSAK, "รายงานผล", "1", "ผลที่ต่อ", "เสร็จแล้ว", "ข้าม", "ข้าม", "ยืนยัน")
    (sent,) = two.submitted(1)
    assert (sent.summary, sent.outcome, sent.person_id) == ("เรื่องที่มาลีเขียน", "ผลที่ต่อ", two.person(SOMSAK).id)
    assert actions(two)[0] == Action.HANDED_OVER


def test_declined_or_withdrawn_everything_stays(two: Desk) -> None:
    two.talk(MALEE, "โอนงาน", "สมศักดิ์", "ทั้งหมด", "ใช่")
    two.talk(SOMSAK, "ไม่รับโอนงาน")
    assert "ไม่รับโอนงาน งานยังเป็นของท่าน" in two.news(MALEE)[0]
    two.talk(MALEE, "โอนงาน", "สมศักดิ์", "ทั้งหมด", "ใช่", "โอนงาน", "ใช่")
    assert "ถอนการขอโอนงาน" in two.news(SOMSAK)[-1]
    assert "ไม่มีงานที่รอ" in two.talk(SOMSAK, "รับโอนงาน")[0]
    assert (numbers(two, MALEE), numbers(two, SOMSAK)) == ([1, 2], [2])


def by_the_admin(desk: Desk, *measures: int) -> None:
    with desk.rt.store.write() as uow:
        year = desk.measure_year(1).measure.fiscal_year
        ids = [m.id for m in uow.plans.measures(AGENCY.id, year) if m.no in measures]
        giver, taker = desk.person(MALEE).id, desk.person(SOMSAK).id
        _, chats = hand_over(uow, desk.rt.notices, desk.clock.now(), giver, AGENCY.id, giver, taker, ids)
    for chat_id in chats:
        desk.rt.deliver(chat_id)


def test_an_admin_moves_work_at_once_and_both_are_told(two: Desk) -> None:
    by_the_admin(two, 1)
    assert "ผู้ดูแลโอนงานของท่านให้คุณสมศักดิ์" in two.news(MALEE)[0]
    assert "ผู้ดูแลโอนงานของคุณมาลี" in two.news(SOMSAK)[0]
    assert (numbers(two, MALEE), numbers(two, SOMSAK)) == ([2], [1, 2])


def test_where_both_have_a_draft_nothing_of_either_is_lost(two: Desk) -> None:
    for user, text in ((MALEE, "ของมาลี"), (SOMSAK, "ของสมศักดิ์")):
        which = ["2"] if user == MALEE else []
        two.talk(user, "รายงานผล", *which, "แล้วเสร็จ", text, "เสร็จแล้ว", "พักไว้")
    by_the_admin(two, 2)
    with two.rt.store.read() as uow:
        (draft,) = uow.updates.drafts_of(two.person(SOMSAK).id)
        assert uow.updates.drafts_of(two.person(MALEE).id) == []
    assert draft.summary == "ของสมศักดิ์\nของมาลี"


def test_what_was_sent_stays_in_its_authors_name_until_the_successor_corrects_it(two: Desk) -> None:
    two.report(MALEE, 1, summary="มาลีส่งไว้")
    by_the_admin(two, 1)
    two.news(SOMSAK)
    assert two.export(1)["rounds"]["12"]["submitted_by"] == "มาลี ใจงาม"
    assert two.measure_year(1).is_reported(RoundNo.TWELVE)
    assert "ส่งแล้ว" in two.talk(SOMSAK, "งานของฉัน")[0]
    two.talk(SOMSAK, "๑", "ใช่", "สรุปผลการดำเนินการ", "สมศักดิ์แก้ต่อ", "เสร็จแล้ว", "ยืนยัน")
    (sent,) = two.submitted(1)
    assert (sent.summary, sent.person_id) == ("สมศักดิ์แก้ต่อ", two.person(SOMSAK).id)


def test_sent_back_it_reaches_the_successor(two: Desk) -> None:
    two.join("U-head", "ประยุทธ์ หัวหน้าดี", Role.HEAD)
    two.report(MALEE, 1)
    by_the_admin(two, 1)
    two.news(SOMSAK), two.news(MALEE)
    two.talk("U-head", "ส่งกลับ", "ขอรูป")
    assert any("ขอรูป" in text for text in two.news(SOMSAK))
    assert two.news(MALEE) == []


def test_what_cannot_be_handed_over_is_refused(two: Desk) -> None:
    with two.rt.store.write() as uow:
        giver, taker, now = two.person(MALEE).id, two.person(SOMSAK).id, two.clock.now()
        with pytest.raises(BadInput):
            hand_over(uow, two.rt.notices, now, giver, AGENCY.id, giver, taker, [])
        with pytest.raises(BadInput):
            hand_over(uow, two.rt.notices, now, giver, AGENCY.id, giver, giver, [two.measure_year(1).measure.id])


def test_the_language_that_was_chosen_holds_at_once(two: Desk) -> None:
    assert "From now on in English" in two.talk(MALEE, "English")[0]
    assert "ต่อจากนี้ใช้ภาษาไทย" in two.talk(MALEE, "ภาษาไทย")[0]
