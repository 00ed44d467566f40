"""What the chat shows while something is being made, and that no push takes the buttons of a question away."""

from __future__ import annotations

import pytest

from bot.conversation.types import Message
from bot.domain.people import Role
from bot.jobs import CHAT_TURN, COMPILE_REPORT, DELIVER
from bot.ports.records import LineMessage, OutgoingState
from bot.services.delivery_desk import dead_letters
from bot.services.notices import LOADING, TURN
from tests.services.desk import Desk

ADMIN, MALEE = "U-pimjai", "U-malee"


def _asks_for_a_report(desk: Desk) -> None:
    desk.join(ADMIN, "พิมพ์ใจ ดูแลดี", Role.ADMIN)
    desk.says(ADMIN, "ออกรายงาน")
    desk.work(only=[CHAT_TURN])


def test_while_a_report_is_made_the_chat_shows_it_after_the_answer(desk: Desk) -> None:
    _asks_for_a_report(desk)
    chat, now = desk.chat(ADMIN), desk.clock.now()
    parcels, _ = desk.rt._deliver.turn([], [chat.id], 1)
    assert [message.kind for parcel in parcels for message in parcel.messages] == [TURN]
    done = [message for parcel in parcels for message in desk.rt._deliver.send(parcel)]
    assert desk.line.loading == []
    parcels, _ = desk.rt._deliver.turn(done, [chat.id], 1)
    [shown] = [desk.rt._deliver.send(parcel)[0] for parcel in parcels]
    assert (shown.kind, shown.state, shown.created_at <= now) == (LOADING, OutgoingState.SENT, True)
    assert desk.line.loading == [ADMIN]
    assert COMPILE_REPORT in {name for name, _ in desk.queue.jobs}


def test_an_animation_that_comes_too_late_is_left_out_and_is_no_dead_letter(desk: Desk) -> None:
    _asks_for_a_report(desk)
    desk.clock.pass_time(seconds=20)
    desk.work(only=[DELIVER])
    assert desk.line.loading == []
    with desk.rt.store.read() as uow:
        assert [each.kind for each in uow.outbox.in_states([OutgoingState.EXPIRED], 9)] == [LOADING]
        assert dead_letters(uow) == []


def test_an_ordinary_answer_shows_none(desk: Desk) -> None:
    desk.join(MALEE, "มาลี ใจงาม")
    desk.talk(MALEE, "รายงานผล", "๑", "แล้วเสร็จ", "สถานะ")
    assert desk.line.loading == []


# A push in the middle of a question


def _buttons(message: LineMessage) -> list[str]:
    return [item["action"]["label"] for item in message.get("quickReply", {}).get("items", [])]


def _last(desk: Desk) -> LineMessage:
    return desk.line.sent[-1].messages[-1]


@pytest.fixture
def asked(desk: Desk) -> list[str]:
    """Somebody is asked for the status; the buttons of that question."""
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    desk.talk(MALEE, "รายงานผล")
    buttons = _buttons(_last(desk))
    assert "แล้วเสร็จ" in buttons
    return buttons


def _push(desk: Desk, name: str = "report_ready", **values: object) -> None:
    chat = desk.chat(MALEE)
    with desk.rt.store.write() as uow:
        assert desk.rt.notices.tell_chat(uow, chat, "notice", [Message(name=name, values=values)])
    desk.queue.enqueue(DELIVER, chat.id)
    desk.work()


def test_a_push_in_the_middle_of_a_question_carries_its_buttons(desk: Desk, asked: list[str]) -> None:
    _push(desk, "group_how")
    assert _buttons(_last(desk)) == asked


def test_the_carried_buttons_answer_the_question(desk: Desk, asked: list[str]) -> None:
    _push(desk, "group_how")
    [done] = [i["action"] for i in _last(desk)["quickReply"]["items"] if i["action"]["label"] == "แล้วเสร็จ"]
    desk.receive(MALEE, "postback", postback={"data": done["data"]})
    desk.work()
    assert any("ผลการดำเนินการ" in text for text in desk.news(MALEE)[-1:])


def test_where_nothing_is_asked_a_push_carries_none(desk: Desk) -> None:
    desk.join(MALEE, "มาลี ใจงาม")
    _push(desk, "group_how")
    assert _buttons(_last(desk)) == []


def test_help_offers_the_question_s_buttons_again(desk: Desk, asked: list[str]) -> None:
    desk.talk(MALEE, "ช่วยเหลือ")
    assert _buttons(_last(desk)) == asked
