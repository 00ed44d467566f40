"""The twins keep the promises of their ports."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest

from bot.adapters.memory import (
    REPLY_TOKEN_SPENT,
    CountedIds,
    MemoryLocks,
    MemoryMediaStore,
    MemoryMessenger,
    MemoryQueue,
    SetClock,
)
from bot.domain.errors import BadInput, GoneForGood
from bot.domain.people import ChatId, normal_code
from bot.ports.outside import ChatLocks, Clock, Ids, JobQueue, MediaStore, Messenger, Quota, Sent, Unclear
from bot.ports.records import DEFAULT_CHANNEL, Channel

pytestmark = pytest.mark.pure

CHANNEL = Channel(id=DEFAULT_CHANNEL, secret="s", token="t")
HELLO = [{"type": "text", "text": "x"}]


def test_each_twin_is_one_of_its_port():
    twins: tuple[Clock, Ids, JobQueue, ChatLocks, Messenger, MediaStore] = (
        SetClock(datetime(2024, 3, 1, tzinfo=UTC)),
        CountedIds(),
        MemoryQueue(),
        MemoryLocks(),
        MemoryMessenger(),
        MemoryMediaStore(),
    )
    assert len(twins) == 6


def test_a_set_clock_moves_when_it_is_moved():
    clock = SetClock(datetime(2024, 3, 1, 2, tzinfo=UTC))
    assert clock.now().isoformat() == "2024-03-01T09:00:00+07:00"
    assert clock.pass_time(days=1) == clock.now()
    assert clock.now().day == 2


def test_counted_ids_are_the_same_in_every_run_and_never_the_same_in_one():
    one, other = CountedIds(), CountedIds()
    made = [[ids.new(), ids.secret(), ids.code(), ids.code(), ids.new()] for ids in (one, other)]
    assert made[0] == made[1]
    assert len(set(made[0])) == 5
    assert made[0][0] < made[0][4]
    assert normal_code(made[0][2]) == made[0][2]


def test_the_queue_gives_jobs_in_order_each_once():
    queue = MemoryQueue()
    for chat in ("a", "b", "a"):
        queue.enqueue("chat_turn", chat)
    assert [queue.take(), queue.take(), queue.take()] == [("chat_turn", ("a",)), ("chat_turn", ("b",)), None]


def test_one_holds_a_chat_at_a_time():
    locks = MemoryLocks()
    with locks.hold(ChatId("a")) as mine, locks.hold(ChatId("a")) as second, locks.hold(ChatId("b")) as other:
        assert (mine, second, other) == (True, False, True)
    with pytest.raises(ZeroDivisionError), locks.hold(ChatId("a")):
        raise ZeroDivisionError
    with locks.hold(ChatId("a")) as again:
        assert again


def test_tokens_are_spent_once_and_retry_keys_taken_once():
    line = MemoryMessenger(limit=300)
    assert line.reply(CHANNEL, "rt", HELLO) == Sent()
    assert line.reply(CHANNEL, "rt", HELLO) == REPLY_TOKEN_SPENT
    assert line.push(CHANNEL, "U1", HELLO, "k") == line.push(CHANNEL, "U1", HELLO, "k") == Sent()
    assert [each.to for each in line.sent] == ["rt", "U1"]
    assert line.quota(CHANNEL) == Quota(limit=300, used=1)


def test_line_can_be_told_to_fail():
    line = MemoryMessenger()
    line.outcomes.append(Unclear(words="timeout", maybe_taken=True))
    assert isinstance(line.push(CHANNEL, "U1", HELLO, "k"), Unclear)
    assert line.sent == []
    assert line.push(CHANNEL, "U1", HELLO, "k") == Sent()


def test_content_is_there_gone_or_too_large():
    line = MemoryMessenger(contents={"1": b"photo", "2": None})
    into = io.BytesIO()
    line.fetch_content(CHANNEL, "1", None, into, 5)
    assert into.getvalue() == b"photo"
    with pytest.raises(BadInput):
        line.fetch_content(CHANNEL, "1", None, io.BytesIO(), 4)
    for gone in ("2", "3"):
        with pytest.raises(GoneForGood):
            line.fetch_content(CHANNEL, gone, None, io.BytesIO(), 5)
