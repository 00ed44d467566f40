"""A turn of a chat: in LINE's order, once an event, one writer, and never stuck."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.bootstrap import Runtime
from bot.conversation.events import Event
from bot.domain.errors import OutsideWorld, StaleWrite
from bot.jobs import CHAT_TURN
from bot.services.take_turn import EVENTS_AT_ONCE, TRIES_PER_EVENT, TakeTurn
from tests.services.desk import Desk

MALEE, SOMSAK = "U-malee", "U-somsak"


def _to_summary(desk: Desk, user: str = MALEE) -> None:
    desk.join(user, "มาลี ใจงาม", measures="1")
    desk.talk(user, "รายงานผล", "แล้วเสร็จ")


def _turns(rt: Runtime) -> TakeTurn:
    turns: TakeTurn = rt._take_turn
    return turns


def test_events_are_taken_in_order_of_lines_time_and_not_of_arrival(desk: Desk) -> None:
    _to_summary(desk)
    now = desk.clock.now()
    for place in (3, 1, 2):
        desk.says(MALEE, f"บรรทัดที่ {place}", at=now + timedelta(seconds=place))
    desk.work()
    desk.talk(MALEE, "เสร็จแล้ว", "ผล", "เสร็จแล้ว", "ข้าม", "ข้าม", "ยืนยัน")
    assert desk.submitted()[0].summary == "บรรทัดที่ 1\nบรรทัดที่ 2\nบรรทัดที่ 3"


def test_a_redelivered_event_is_taken_once(desk: Desk) -> None:
    _to_summary(desk)
    assert desk.says(MALEE, "ทำแล้ว", event_id="same")
    desk.work()
    assert not desk.says(MALEE, "ทำแล้ว", event_id="same")
    desk.work()
    desk.talk(MALEE, "เสร็จแล้ว", "ผล", "เสร็จแล้ว", "ข้าม", "ข้าม", "ยืนยัน")
    assert desk.submitted()[0].summary == "ทำแล้ว"


def test_a_lost_wake_up_is_found_again_by_the_sweep(desk: Desk) -> None:
    _to_summary(desk)
    desk.says(MALEE, "ทำแล้ว")
    desk.queue.jobs.clear()
    desk.work()
    assert desk.news(MALEE)[-1:] != ["รับแล้ว"]
    desk.clock.pass_time(seconds=3)
    assert desk.rt.sweep()[CHAT_TURN] == 1
    desk.work()
    assert any(text.startswith("รับแล้ว") for text in desk.news(MALEE))


def test_somebody_else_at_the_chat_means_nothing_is_done(desk: Desk) -> None:
    desk.says(MALEE, "สวัสดี")
    chat_id = desk.chat(MALEE).id
    with desk.rt.locks.hold(chat_id) as mine:
        assert mine
        assert desk.rt.take_turn(chat_id) == 0
    assert desk.rt.take_turn(chat_id) == 1


def test_after_many_events_a_chat_goes_to_the_end_of_the_queue(desk: Desk) -> None:
    desk.join(MALEE, "มาลี ใจงาม")
    for number in range(EVENTS_AT_ONCE + 5):
        desk.says(MALEE, f"ข้อความ {number}")
    desk.queue.jobs.clear()
    chat_id = desk.chat(MALEE).id
    assert desk.rt.take_turn(chat_id) == EVENTS_AT_ONCE
    assert (CHAT_TURN, (chat_id,)) in desk.queue.jobs
    assert desk.rt.take_turn(chat_id) == 5


def _poisoned(turns: TakeTurn, poison: str, problem: Exception) -> TakeTurn:
    well = turns.translate

    def translate(raw: Mapping[str, Any], event_id: str, secret: str) -> Event:
        if raw.get("message", {}).get("text") == poison:
            raise problem
        return well(raw, event_id, secret)

    return replace(turns, translate=translate)


def test_a_poison_event_is_put_aside_after_some_tries_and_the_chat_goes_on(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    _to_summary(desk)
    turns = _poisoned(_turns(desk.rt), "ยาพิษ", RuntimeError("boom"))
    desk.says(MALEE, "ก่อน")
    desk.says(MALEE, "ยาพิษ", at=desk.clock.now() + timedelta(seconds=1))
    desk.says(MALEE, "หลัง", at=desk.clock.now() + timedelta(seconds=2))
    chat_id = desk.chat(MALEE).id
    turns(chat_id)
    desk.work()
    assert caplog.text.count("turn_failed") == TRIES_PER_EVENT
    desk.talk(MALEE, "เสร็จแล้ว", "ผล", "เสร็จแล้ว", "ข้าม", "ข้าม", "ยืนยัน")
    assert desk.submitted()[0].summary == "ก่อน\nหลัง"


@pytest.mark.parametrize("problem", [OutsideWorld("database is locked"), StaleWrite("another was faster")])
def test_a_trouble_outside_costs_no_try_and_changes_nothing(desk: Desk, problem: Exception) -> None:
    _to_summary(desk)
    before = desk.chat(MALEE)
    desk.says(MALEE, "ทำแล้ว")
    with pytest.raises(OutsideWorld):
        _poisoned(_turns(desk.rt), "ทำแล้ว", problem)(before.id)
    assert desk.chat(MALEE) == before
    with desk.rt.store.read() as uow:
        assert [event.attempts for event in uow.chats.unread(before.id, 10)] == [0]
    desk.work()
    assert any(text.startswith("รับแล้ว") for text in desk.news(MALEE))


def test_a_slow_worker_cannot_overwrite_what_a_faster_one_decided(desk: Desk) -> None:
    _to_summary(desk)
    desk.says(MALEE, "ทำแล้ว")
    chat = desk.chat(MALEE)
    turns = _turns(desk.rt)
    well = turns.translate

    def overtaken(raw: Mapping[str, Any], event_id: str, secret: str) -> Event:
        return well(raw, event_id, secret)

    with pytest.raises(StaleWrite), desk.rt.store.write() as uow:
        uow.chats.save_state(chat.id, {"at": "old"}, chat.version - 1)
    replace(turns, translate=overtaken)(chat.id)
    assert desk.chat(MALEE).version == chat.version + 1


def test_an_answer_is_stored_with_what_it_decided_and_sent_after(desk: Desk) -> None:
    _to_summary(desk)
    desk.news(MALEE)
    desk.says(MALEE, "ทำแล้ว")
    desk.work(only=[CHAT_TURN])
    assert desk.news(MALEE) == []
    with desk.rt.store.read() as uow:
        assert uow.backlog(desk.clock.now()).messages_due == 1
    desk.work()
    assert len(desk.news(MALEE)) == 1


def test_two_people_never_hear_each_others_answers(desk: Desk) -> None:
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.join(SOMSAK, "สมศักดิ์ ตั้งมั่น", measures="2")
    desk.news(MALEE), desk.news(SOMSAK)
    desk.says(MALEE, "งานของฉัน")
    desk.says(SOMSAK, "งานของฉัน")
    desk.work()
    malee, somsak = "\n".join(desk.news(MALEE)), "\n".join(desk.news(SOMSAK))
    assert "เท่าเทียม" in malee
    assert "เท่าเทียม" not in somsak
    assert "ทรัพย์สิน" in somsak


def test_an_unfollow_silences_and_a_follow_brings_back(desk: Desk) -> None:
    desk.join(MALEE, "มาลี ใจงาม")
    desk.receive(MALEE, "unfollow", token=None)
    desk.work()
    assert desk.chat(MALEE).blocked
    desk.receive(MALEE, "follow", follow={"isUnblocked": True})
    desk.work()
    assert not desk.chat(MALEE).blocked


@pytest.mark.parametrize("raw", [{"type": "message"}, {"type": "something new"}, {"type": "postback", "postback": {}}])
def test_events_that_nobody_knows_do_no_harm(desk: Desk, raw: dict[str, Any]) -> None:
    desk.join(MALEE, "มาลี ใจงาม")
    desk.receive(MALEE, raw.pop("type"), **raw)
    desk.work()
    with desk.rt.store.read() as uow:
        assert uow.backlog(desk.clock.now()).events_unread == 0
