"""รักษาราชการแทน: the work, the reviews and the reminders of somebody away, done in their place and said so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.errors import BadInput, NotFound
from bot.domain.people import PersonId, Role
from bot.domain.updates import Review
from bot.services.acting import end_acting, start_acting
from bot.services.plan_reminders import plan_reminders
from bot.services.send_due_reminders import send_due_reminders
from tests import builders
from tests.services.desk import AGENCY, Desk, at

MALEE, SOMSAK, HEAD = "U-malee", "U-somsak", "U-head"
TODAY = date(2024, 9, 12)


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Two officers with a measure each."""
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.join(SOMSAK, "สมศักดิ์ ตั้งมั่น", measures="2")
    desk.news(MALEE), desk.news(SOMSAK)
    return desk


def let_act(desk: Desk, holder: str, acting: str, first: date = TODAY, last: date = date(2024, 9, 20)) -> str:
    with desk.rt.store.write() as uow:
        post, chats = start_acting(
            uow,
            desk.rt.notices,
            desk.clock.now(),
            None,
            AGENCY.id,
            desk.person(holder).id,
            desk.person(acting).id,
            first,
            last,
        )
    for chat_id in chats:
        desk.rt.deliver(chat_id)
    return post.id


def test_both_are_told_and_the_work_is_shown_and_sent_in_the_others_place(office: Desk) -> None:
    let_act(office, MALEE, SOMSAK)
    (to_holder,), (to_acting,) = office.news(MALEE), office.news(SOMSAK)
    assert "คุณสมศักดิ์ ตั้งมั่น จะรักษาราชการแทนท่าน" in to_holder
    assert "ท่านรักษาราชการแทนคุณมาลี ใจงาม" in to_acting
    assert "แทนคุณมาลี ใจงาม" in "\n".join(office.talk(SOMSAK, "งานของฉัน"))
    office.report(SOMSAK, 1, summary="ทำแทนมาลี")
    (sent,) = office.submitted(1)
    assert (sent.person_id, sent.acted_by) == (office.person(MALEE).id, office.person(SOMSAK).id)
    found = office.export(1)["rounds"]["12"]
    assert found["submitted_by"] == "สมศักดิ์ ตั้งมั่น (รักษาราชการแทน มาลี ใจงาม)"
    assert [part["officer"] for part in found["parts"]] == ["สมศักดิ์ ตั้งมั่น (รักษาราชการแทน มาลี ใจงาม)"]
    assert office.measure_year(1).is_reported(sent.round_no)


def test_a_draft_begun_by_one_is_gone_on_with_by_the_other(office: Desk) -> None:
    office.talk(MALEE, "รายงานผล", "แล้วเสร็จ", "เรื่องที่มาลีเริ่มไว้", "เสร็จแล้ว", "พักไว้")
    let_act(office, MALEE, SOMSAK)
    office.talk(SOMSAK, "รายงานผล", "1", "ผลที่สมศักดิ์เติม", "เสร็จแล้ว", "ข้าม", "ข้าม", "ยืนยัน")
    (sent,) = office.submitted(1)
    assert (sent.summary, sent.outcome) == ("เรื่องที่มาลีเริ่มไว้", "ผลที่สมศักดิ์เติม")


def test_when_it_is_over_the_work_is_the_holders_again(office: Desk) -> None:
    let_act(office, MALEE, SOMSAK)
    office.news(SOMSAK)
    office.clock.pass_time(days=9)
    assert "มาลี" not in "\n".join(office.talk(SOMSAK, "งานของฉัน"))
    office.report(MALEE, 0, summary="มาลีกลับมาแล้ว")
    (sent,) = office.submitted(1)
    assert sent.acted_by is None


def test_ended_early_it_holds_no_more_and_both_are_told(office: Desk) -> None:
    post = let_act(office, MALEE, SOMSAK)
    office.news(MALEE), office.news(SOMSAK)
    with office.rt.store.write() as uow:
        found, chats = end_acting(uow, office.rt.notices, office.clock.now(), None, AGENCY.id, post)  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            end_acting(uow, office.rt.notices, office.clock.now(), None, AGENCY.id, found.id)
    for chat_id in chats:
        office.rt.deliver(chat_id)
    assert "กลับมาที่ท่าน" in office.news(MALEE)[0]
    assert "ไม่ต้องรักษาราชการแทน" in office.news(SOMSAK)[0]
    assert "มาลี" not in "\n".join(office.talk(SOMSAK, "งานของฉัน"))


def test_an_officer_arranges_and_ends_it_in_the_chat(office: Desk) -> None:
    heard = office.talk(MALEE, "มอบหมายแทน", "สมศักดิ์", "วันนี้", "๒๐ ก.ย. ๒๕๖๗", "ใช่")
    assert "แจ้งคุณสมศักดิ์ ตั้งมั่น ให้แล้ว" in heard[-1]
    assert "ท่านรักษาราชการแทนคุณมาลี ใจงาม" in office.news(SOMSAK)[0]
    with office.rt.store.read() as uow:
        (post,) = uow.acting.on(TODAY)
        assert (post.first_on, post.last_on, post.made_by) == (TODAY, date(2024, 9, 20), office.person(MALEE).id)
        assert uow.log.entries(AGENCY.id)[0].action == "acting_started"
    assert "ให้สิ้นสุดตอนนี้" in office.talk(MALEE, "มอบหมายแทน")[0]
    office.talk(MALEE, "ใช่")
    with office.rt.store.read() as uow:
        assert uow.acting.on(TODAY) == []
        assert uow.log.entries(AGENCY.id)[0].action == "acting_ended"


def test_a_heads_stand_in_is_asked_reviews_and_is_named_so(office: Desk) -> None:
    office.join(HEAD, "ประยุทธ์ หัวหน้าดี", Role.HEAD)
    let_act(office, HEAD, SOMSAK)
    office.news(HEAD), office.news(SOMSAK)
    office.report(MALEE, 0)
    assert office.news(HEAD) == []
    assert "มาลี ใจงาม" in office.news(SOMSAK)[0]
    office.talk(SOMSAK, "ส่งกลับ", "ขอรูป")
    assert office.submitted(1)[0].review is Review.RETURNED
    assert "โดยคุณสมศักดิ์ ตั้งมั่น (รักษาราชการแทน ประยุทธ์ หัวหน้าดี)" in "\n".join(office.news(MALEE))


def test_what_is_sent_back_reaches_who_acts_too(office: Desk) -> None:
    office.join(HEAD, "ประยุทธ์ หัวหน้าดี", Role.HEAD)
    office.report(MALEE, 0)
    let_act(office, MALEE, SOMSAK)
    office.news(SOMSAK)
    office.talk(HEAD, "ส่งกลับ", "ขอรูป")
    assert any("ขอรูป" in text for text in office.news(SOMSAK))
    office.talk(SOMSAK, "แก้ไข", "สรุปผลการดำเนินการ", "เพิ่มรูปแล้ว", "เสร็จแล้ว", "ยืนยัน")
    assert office.submitted(1)[0].summary == "เพิ่มรูปแล้ว"


def test_reminders_go_to_who_acts_while_it_lasts(office: Desk) -> None:
    with office.rt.store.read() as uow:
        before = {d.person_id: d for d in plan_reminders(uow, at("2024-10-03T09:00"))}
    let_act(office, MALEE, SOMSAK, last=date(2024, 10, 5))
    with office.rt.store.read() as uow:
        during = {d.person_id: d for d in plan_reminders(uow, at("2024-10-03T09:00"))}
    malee, somsak = office.person(MALEE).id, office.person(SOMSAK).id
    assert set(before) == {malee, somsak}
    assert set(during) == {somsak}
    (reminder,) = during[somsak].reminders
    assert [m.no for m in reminder.measures] == [1, 2]
    assert {m.no: reminder.holders.get(m.id) for m in reminder.measures} == {1: "มาลี ใจงาม", 2: None}


def test_a_reminder_says_whose_measures_one_is_asked_for_also_when_some_are_in_by_then(office: Desk) -> None:
    let_act(office, MALEE, SOMSAK, last=date(2024, 10, 5))
    office.news(SOMSAK)
    office.clock.at = at("2024-10-03T09:00")
    send_due_reminders(office.rt.store, office.rt.notices, office.clock.now())
    with office.rt.store.write() as uow:
        uow.updates.add(builders.submitted(about=builders.measure(2), person_id=office.person(SOMSAK).id))
    office.rt.deliver(office.chat(SOMSAK).id)
    (heard,) = office.news(SOMSAK)
    assert "๑ มาตรการ" in heard
    assert "แทนคุณมาลี ใจงาม" in heard


def test_where_who_acts_cannot_be_reached_the_holder_hears_it(office: Desk) -> None:
    let_act(office, MALEE, SOMSAK, last=date(2024, 10, 20))
    office.receive(SOMSAK, "unfollow")
    office.work()
    with office.rt.store.read() as uow:
        told = {d.person_id for d in plan_reminders(uow, at("2024-10-03T09:00"))}
    assert told == {office.person(MALEE).id}


def test_a_heads_reminders_go_to_the_stand_in(office: Desk) -> None:
    office.join(HEAD, "ประยุทธ์ หัวหน้าดี", Role.HEAD)
    office.report(MALEE, 0)
    let_act(office, HEAD, SOMSAK, last=date(2024, 10, 20))
    with office.rt.store.read() as uow:
        digests = {d.person_id: d for d in plan_reminders(uow, at("2024-10-03T09:00"))}
    assert office.person(HEAD).id not in digests
    rules = {reminder.audience.value for reminder in digests[office.person(SOMSAK).id].reminders}
    assert "reviewer" in rules


def test_what_a_day_can_not_bear_is_refused(office: Desk) -> None:
    office.join(HEAD, "ประยุทธ์ หัวหน้าดี", Role.HEAD)
    let_act(office, MALEE, SOMSAK)
    day = timedelta(days=1)
    for why, holder, acting, first, last in (
        ("same_person", MALEE, MALEE, TODAY, TODAY),
        ("dates", HEAD, SOMSAK, TODAY, TODAY - day),
        ("over", HEAD, SOMSAK, TODAY - 2 * day, TODAY - day),
        ("too_long", HEAD, SOMSAK, TODAY, TODAY + 366 * day),
        ("taken", MALEE, HEAD, TODAY + day, TODAY + 2 * day),
        ("away", HEAD, MALEE, TODAY, TODAY),
    ):
        with pytest.raises(BadInput) as refused:
            let_act(office, holder, acting, first, last)
        assert refused.value.fields == {"why": why}
    stranger, holder_id, now = PersonId("nobody"), office.person(HEAD).id, office.clock.now()
    with office.rt.store.write() as uow, pytest.raises(NotFound):
        start_acting(uow, office.rt.notices, now, None, AGENCY.id, holder_id, stranger, TODAY, TODAY)


def test_who_left_the_agency_acts_there_no_more(office: Desk) -> None:
    let_act(office, MALEE, SOMSAK)
    office.news(SOMSAK)
    with office.rt.store.write() as uow:
        for membership in uow.people.memberships(office.person(SOMSAK).id):
            uow.people.end_membership(membership)
    assert "มาลี" not in "\n".join(office.talk(SOMSAK, "งานของฉัน"))


def test_own_part_and_the_others_part_of_one_measure_are_two(desk: Desk) -> None:
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.join(SOMSAK, "สมศักดิ์ ตั้งมั่น", measures="1")
    let_act(desk, MALEE, SOMSAK)
    words = ("แล้วเสร็จ", "ส่วนของมาลี", "เสร็จแล้ว", "ผล", "เสร็จแล้ว", "ข้าม", "ข้าม", "ยืนยัน")
    desk.talk(SOMSAK, "รายงานผล", "1", "แทนคุณมาลี ใจงาม", *words)
    heard = "\n".join(desk.talk(SOMSAK, "รายงานผล"))
    assert "สมศักดิ์ ตั้งมั่น (รักษาราชการแทน มาลี ใจงาม)" in heard or "ส่วนของมาลี" in heard
    desk.talk(SOMSAK, "แล้วเสร็จ", "ส่วนของสมศักดิ์", "เสร็จแล้ว", "ผล", "เสร็จแล้ว", "ข้าม", "ข้าม", "ยืนยัน")
    sent = {u.person_id: (u.summary, u.acted_by) for u in desk.submitted(1)}
    assert sent == {
        desk.person(MALEE).id: ("ส่วนของมาลี", desk.person(SOMSAK).id),
        desk.person(SOMSAK).id: ("ส่วนของสมศักดิ์", None),
    }
    merged = desk.export(1)["rounds"]["12"]["summary"]
    assert merged == "สมศักดิ์ ตั้งมั่น (รักษาราชการแทน มาลี ใจงาม)\nส่วนของมาลี\nสมศักดิ์ ตั้งมั่น\nส่วนของสมศักดิ์"
