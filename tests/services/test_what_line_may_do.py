"""What LINE and thumbs may do to a chat: taps twice, events late, odd names and very long texts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.updates import EvidenceKind
from bot.jobs import CHAT_TURN
from bot.ports.records import LineMessage
from tests.services.desk import Desk

MALEE = "U-malee"
LONG = "ผลการดำเนินงาน " * 400


def button(desk: Desk, label: str) -> str:
    """The data of a quick reply of the newest message."""
    message: LineMessage = desk.line.sent[-1].messages[-1]
    items = message["quickReply"]["items"]
    return str(next(item["action"]["data"] for item in items if item["action"]["label"] == label))


def tap(desk: Desk, data: str) -> None:
    desk.receive(MALEE, "postback", postback={"data": data})


@pytest.fixture
def joined(desk: Desk) -> Desk:
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    return desk


def test_a_double_tap_answers_once(joined: Desk) -> None:
    joined.talk(MALEE, "รายงานผล")
    done = button(joined, "แล้วเสร็จ")
    joined.news(MALEE)
    tap(joined, done)
    tap(joined, done)
    joined.work()
    joined.talk(MALEE, "ทำแล้ว", "เสร็จแล้ว", "ได้ผล", "เสร็จแล้ว", "ข้าม", "ข้าม", "ยืนยัน")
    [sent] = joined.submitted()
    assert sent.summary == "ทำแล้ว"


def test_confirming_twice_submits_once(joined: Desk) -> None:
    joined.talk(MALEE, "รายงานผล", "แล้วเสร็จ", "ทำแล้ว", "เสร็จแล้ว", "ได้ผล", "เสร็จแล้ว", "ข้าม", "ข้าม")
    confirm = button(joined, "ยืนยัน")
    for _ in range(20):
        tap(joined, confirm)
    joined.work()
    assert len(joined.submitted()) == 1


def test_a_button_of_last_week_asks_the_living_question_again(joined: Desk) -> None:
    joined.talk(MALEE, "รายงานผล")
    old = button(joined, "ไม่ดำเนินการ")
    joined.talk(MALEE, "แล้วเสร็จ")
    joined.clock.pass_time(days=7)
    joined.news(MALEE)
    tap(joined, old)
    joined.work()
    assert joined.submitted() == []
    assert any("สรุปผลการดำเนินการ" in text for text in joined.news(MALEE))


def test_a_block_that_is_told_after_the_return_silences_nobody(joined: Desk) -> None:
    began = joined.clock.now()
    joined.clock.pass_time(minutes=2)
    joined.receive(MALEE, "follow", follow={"isUnblocked": True})
    joined.work()
    joined.receive(MALEE, "unfollow", at=began + timedelta(minutes=1))
    joined.work()
    assert not joined.chat(MALEE).blocked


def test_a_return_that_is_told_after_the_next_block_does_not_undo_it(joined: Desk) -> None:
    began = joined.clock.now()
    joined.clock.pass_time(minutes=2)
    joined.receive(MALEE, "unfollow")
    joined.work()
    joined.receive(MALEE, "follow", at=began + timedelta(minutes=1), follow={"isUnblocked": True})
    joined.work()
    assert joined.chat(MALEE).blocked


def test_who_blocked_the_bot_in_the_middle_goes_on_where_they_were(joined: Desk) -> None:
    joined.talk(MALEE, "รายงานผล", "แล้วเสร็จ", "ทำแล้ว")
    joined.receive(MALEE, "unfollow")
    joined.work()
    joined.clock.pass_time(days=2)
    joined.receive(MALEE, "follow", follow={"isUnblocked": True})
    joined.work()
    joined.talk(MALEE, "เสร็จแล้ว", "ได้ผล", "เสร็จแล้ว", "ข้าม", "ข้าม", "ยืนยัน")
    assert joined.submitted()[0].summary == "ทำแล้ว"


@pytest.mark.parametrize("name", ["มาลี 🌸 ใจงาม", "👩🏽‍💼 Malee", "🇹🇭", "มาลี\u200b ใจงาม", 'a"b\\c{{7*7}}'])
def test_a_name_may_hold_anything_that_people_type(desk: Desk, name: str) -> None:
    desk.join(MALEE, name)
    assert any(name in text for text in desk.news(MALEE))
    assert desk.person(MALEE).name == name


def test_five_thousand_characters_are_kept_to_the_last(joined: Desk) -> None:
    text = (LONG * 2)[:4999] + "ฯ"
    joined.talk(MALEE, "รายงานผล", "แล้วเสร็จ", text, text, "เสร็จแล้ว", "ได้ผล", "เสร็จแล้ว", "ข้าม", "ข้าม", "ยืนยัน")
    assert joined.submitted()[0].summary == f"{text}\n{text}"
    for each in joined.line.sent:
        for message in each.messages:
            assert len(str(message.get("text", "")).encode("utf-16-le")) // 2 <= 5000


def test_words_that_arrive_out_of_order_are_taken_in_lines_order(joined: Desk) -> None:
    joined.talk(MALEE, "รายงานผล", "แล้วเสร็จ")
    now = joined.clock.now()
    joined.says(MALEE, "เสร็จแล้ว", at=now + timedelta(seconds=2))
    joined.says(MALEE, "ทำแล้ว", at=now + timedelta(seconds=1))
    joined.work(only=[CHAT_TURN])
    joined.clock.pass_time(seconds=3)
    joined.talk(MALEE, "ได้ผล", "เสร็จแล้ว", "ข้าม", "ข้าม", "ยืนยัน")
    assert joined.submitted()[0].summary == "ทำแล้ว"


def test_a_photo_sent_twice_at_once_is_one_event_each(joined: Desk) -> None:
    joined.talk(MALEE, "รายงานผล", "แล้วเสร็จ", "ทำแล้ว", "เสร็จแล้ว", "ได้ผล", "เสร็จแล้ว")
    joined.sends(MALEE, b"\xff\xd8\xff one", event_id="same")
    joined.sends(MALEE, b"\xff\xd8\xff one", event_id="same")
    joined.work()
    joined.talk(MALEE, "เสร็จแล้ว", "ข้าม", "ยืนยัน")
    pieces = [piece for piece in joined.submitted()[0].evidence if piece.kind is EvidenceKind.IMAGE]
    assert len(pieces) == 1
