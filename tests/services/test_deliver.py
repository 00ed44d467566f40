"""Delivering: a reply once, a push again with its key, and nothing said twice."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

import pytest

from bot.adapters.memory import REPLY_TOKEN_SPENT, MemoryMessenger, NoRateLimits
from bot.jobs import DELIVER
from bot.ports.outside import Refused, Sent, Unclear
from bot.ports.records import OutgoingState
from bot.services.deliver import SLOWEST_AFTER_TOO_MANY, SLOWEST_RETRY, backoff
from tests.services.desk import Desk, seconds

MALEE = "U-malee"
LOST = Unclear(words="Read timed out", maybe_taken=True)
DOWN = Unclear(words="Connection refused", maybe_taken=False)
BUSY = Unclear(words="500 Internal server error", maybe_taken=True, status=500)
RATE = Unclear(words="429 Too many requests", maybe_taken=False, status=429)
NO_TOKEN = Refused(words="Authentication failed", status=401)
NO_QUOTA = Refused(words="You have reached your monthly limit.", status=429, quota=True)
BAD = Refused(words="The request body has 1 error(s)", status=400)


@pytest.fixture
def joined(desk: Desk) -> Desk:
    """An officer who has joined and read the greeting."""
    desk.join(MALEE, "มาลี ใจงาม")
    desk.news(MALEE)
    return desk


def _answer(desk: Desk) -> str:
    """Have an answer waiting in the outbox; returns its id."""
    desk.says(MALEE, "ช่วยเหลือ")
    desk.work(only=["chat_turn"])
    desk.queue.jobs.clear()
    with desk.rt.store.write() as uow:
        (claimed,) = uow.outbox.claim([desk.chat(MALEE).id], desk.clock.now(), desk.clock.now())
    return claimed.id


def _deliver(desk: Desk) -> int:
    return desk.rt.deliver(desk.chat(MALEE).id)


def test_an_answer_goes_as_a_reply_and_costs_no_push(joined: Desk) -> None:
    message = joined.message(_answer(joined))
    assert _deliver(joined) == 1
    sent = joined.line.sent[-1]
    assert (sent.to, sent.retry_key) == (message.reply_token, None)
    assert joined.message(message.id).state is OutgoingState.SENT


def test_a_stale_token_is_not_tried_and_the_answer_is_pushed(joined: Desk) -> None:
    message = joined.message(_answer(joined))
    joined.clock.pass_time(seconds=55)
    assert _deliver(joined) == 1
    assert (joined.line.sent[-1].to, joined.line.sent[-1].retry_key) == (MALEE, message.retry_key)


def test_a_spent_token_falls_back_to_one_push(joined: Desk) -> None:
    message = joined.message(_answer(joined))
    joined.line.outcomes.append(REPLY_TOKEN_SPENT)
    assert _deliver(joined) == 1
    assert (joined.line.sent[-1].to, joined.line.sent[-1].retry_key) == (MALEE, message.retry_key)
    assert joined.message(message.id).state is OutgoingState.SENT


@pytest.mark.parametrize("fate", [LOST, BUSY])
def test_a_reply_of_unknown_fate_is_neither_repeated_nor_pushed(joined: Desk, fate: Unclear) -> None:
    message_id = _answer(joined)
    joined.line.outcomes.append(fate)
    before = len(joined.line.sent)
    assert _deliver(joined) == 0
    joined.clock.pass_time(hours=1)
    assert _deliver(joined) == 0
    assert len(joined.line.sent) == before
    assert joined.message(message_id).state is OutgoingState.UNKNOWN


def test_a_reply_whose_process_died_after_recording_the_attempt_is_not_repeated(joined: Desk) -> None:
    message_id = _answer(joined)
    before = len(joined.line.sent)

    class Killed(BaseException):
        pass

    class Dying(MemoryMessenger):
        def reply(self, *_: object) -> Sent:
            assert joined.message(message_id).reply_tried, "the attempt is recorded before it is made"
            raise Killed

    with pytest.raises(Killed):
        replace(joined.rt._deliver, messenger=Dying())(joined.chat(MALEE).id)
    joined.clock.pass_time(minutes=2)
    assert _deliver(joined) == 0
    assert len(joined.line.sent) == before
    assert joined.message(message_id).state is OutgoingState.UNKNOWN


def test_a_reply_that_surely_did_not_arrive_is_tried_again(joined: Desk) -> None:
    message_id = _answer(joined)
    joined.line.outcomes.append(DOWN)
    assert _deliver(joined) == 0
    joined.clock.pass_time(seconds=5)
    assert _deliver(joined) == 1
    assert joined.message(message_id).state is OutgoingState.SENT
    assert len(joined.news(MALEE)) == 1


@pytest.mark.parametrize("fate", [LOST, BUSY, DOWN, RATE])
def test_a_push_is_repeated_with_its_one_key(joined: Desk, fate: Unclear) -> None:
    message = joined.queue_message(MALEE)
    for _ in range(3):
        joined.line.outcomes.append(fate)
        assert _deliver(joined) == 0
        assert _deliver(joined) == 0, "it waits for its next try"
        joined.clock.pass_time(seconds=30)
    assert _deliver(joined) == 1
    assert joined.line.sent[-1].retry_key == message.retry_key
    assert joined.message(message.id).attempts == 4


def test_being_told_that_we_are_too_fast_slows_all_down_and_the_message_waits_briefly(joined: Desk) -> None:
    class Limits(NoRateLimits):
        slowed: ClassVar[list[tuple[str, str]]] = []

        def refused(self, channel_id: str, endpoint: str) -> None:
            self.slowed.append((channel_id, endpoint))

    message = joined.queue_message(MALEE)
    deliver = replace(joined.rt.deliveries, limits=Limits())
    for _ in range(9):
        joined.line.outcomes.append(RATE)
        assert deliver(joined.chat(MALEE).id) == 0
        joined.clock.pass_time(seconds=SLOWEST_AFTER_TOO_MANY)
    assert Limits.slowed == [("default", "push")] * 9
    assert deliver(joined.chat(MALEE).id) == 1
    assert joined.message(message.id).attempts == 10


def test_a_push_that_had_arrived_after_all_is_shown_once(joined: Desk) -> None:
    message = joined.queue_message(MALEE)
    joined.line.push(joined.rt.channels()[0], MALEE, message.messages, message.retry_key)
    assert _deliver(joined) == 1
    assert len(joined.news(MALEE)) == 1


def test_patience_grows_and_is_bounded() -> None:
    waits = [backoff(attempt) for attempt in range(1, 20)]
    assert 0.8 <= waits[0] <= 1.2
    assert waits[3] > waits[0]
    assert max(waits) <= SLOWEST_RETRY * 1.2


def test_a_push_is_given_up_before_its_key_dies(joined: Desk) -> None:
    message = joined.queue_message(MALEE)
    joined.clock.pass_time(hours=24)
    assert _deliver(joined) == 0
    assert joined.message(message.id).state is OutgoingState.EXPIRED
    assert joined.news(MALEE) == []


@pytest.mark.parametrize("as_reply", [True, False])
def test_a_refused_access_token_keeps_the_message_until_it_is_mended(joined: Desk, as_reply: bool) -> None:
    message_id = _answer(joined) if as_reply else joined.queue_message(MALEE).id
    joined.line.outcomes.append(NO_TOKEN)
    assert _deliver(joined) == 0
    kept = joined.message(message_id)
    assert kept.state is OutgoingState.QUEUED
    assert "Authentication" in (kept.error or "")
    joined.clock.pass_time(seconds=SLOWEST_RETRY + 1)
    assert _deliver(joined) == 1
    assert len(joined.news(MALEE)) == 1


def test_what_line_calls_our_mistake_is_kept_with_its_words_and_blocks_nobody(joined: Desk) -> None:
    bad, good = joined.queue_message(MALEE), joined.queue_message(MALEE, text="ต่อไป")
    joined.line.outcomes.append(BAD)
    assert _deliver(joined) == 1
    kept = joined.message(bad.id)
    assert kept.state is OutgoingState.REFUSED
    assert kept.error == "400 The request body has 1 error(s)"
    assert joined.message(good.id).state is OutgoingState.SENT


def test_with_the_quota_used_up_a_notice_comes_with_the_next_reply(joined: Desk) -> None:
    notice = joined.queue_message(MALEE, text="ถึงกำหนดแล้ว")
    joined.line.outcomes.append(NO_QUOTA)
    assert _deliver(joined) == 0
    assert joined.message(notice.id).state is OutgoingState.HELD
    with joined.rt.store.read() as uow:
        assert uow.backlog(joined.clock.now()).messages_due == 0
    heard = joined.talk(MALEE, "ช่วยเหลือ")
    assert heard[0] == "ถึงกำหนดแล้ว"
    assert len(heard) == 2
    assert joined.talk(MALEE, "ช่วยเหลือ") == heard[1:], "it is said once"


def test_a_later_message_waits_for_an_earlier_one_of_the_same_chat_only(joined: Desk) -> None:
    joined.join("U-somsak", "สมศักดิ์ ตั้งมั่น")
    joined.news("U-somsak")
    joined.queue_message(MALEE, text="หนึ่ง")
    joined.queue_message(MALEE, text="สอง")
    joined.queue_message("U-somsak", text="ของสมศักดิ์")
    joined.line.outcomes.append(DOWN)
    assert _deliver(joined) == 0
    assert joined.rt.deliver(joined.chat("U-somsak").id) == 1
    joined.clock.pass_time(seconds=5)
    assert _deliver(joined) == 2
    assert joined.news(MALEE) == ["หนึ่ง", "สอง"]


def test_nothing_is_pushed_to_who_has_blocked_the_bot(joined: Desk) -> None:
    message = joined.queue_message(MALEE)
    with joined.rt.store.write() as uow:
        uow.chats.set_blocked(joined.chat(MALEE).id, True)
    assert _deliver(joined) == 0
    assert joined.message(message.id).state is OutgoingState.REFUSED
    assert joined.news(MALEE) == []


def test_a_message_that_is_being_sent_is_not_sent_by_another(joined: Desk) -> None:
    joined.queue_message(MALEE)
    now = joined.clock.now()
    with joined.rt.store.write() as uow:
        assert uow.outbox.claim([joined.chat(MALEE).id], now, now + seconds(45))
    assert _deliver(joined) == 0
    joined.clock.pass_time(seconds=46)
    assert joined.rt.sweep()[DELIVER] == 1
    joined.work()
    assert joined.news(MALEE) == ["แจ้งให้ทราบ"]
