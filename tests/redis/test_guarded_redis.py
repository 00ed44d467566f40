"""Hints, locks and signs of life on a real server, and with the server away."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from rq import Queue

from bot.adapters.redis_ import embedded
from bot.adapters.redis_.connection import GuardedRedis, connect
from bot.adapters.redis_.heartbeats import ALIVE_KEY, IN_FLIGHT, Heartbeats
from bot.adapters.redis_.locks import RedisChatLocks
from bot.adapters.redis_.place import place_of, server_pid
from bot.adapters.redis_.queue import LONGEST_QUEUE, SERIALIZER, RqJobQueue, waiting_key, waiting_key_of
from bot.adapters.redis_.schedule_book import Entry, ScheduleBook
from bot.domain.people import ChatId
from bot.jobs import CHAT_TURN, DELIVER, FETCH_MEDIA, QUEUES

CHAT = ChatId("chat-1")
NOWHERE = "unix:///nowhere/redis.sock"


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[GuardedRedis]:
    embedded.ensure_running(tmp_path)
    yield GuardedRedis(None, tmp_path)
    embedded.stop(tmp_path)


@pytest.fixture
def client(guarded: GuardedRedis) -> Iterator[redis.Redis]:
    with connect(guarded.url(), patience=5) as made:
        yield made


@pytest.fixture
def away(tmp_path: Path) -> GuardedRedis:
    return GuardedRedis(NOWHERE, tmp_path)


def jobs_in(client: redis.Redis, name: str) -> list[tuple[str, list[str]]]:
    jobs = Queue(name, connection=client, serializer=SERIALIZER).jobs
    return [(job.func_name, list(job.args)) for job in jobs]


def test_a_hint_is_an_rq_job_with_ids_only(guarded: GuardedRedis, client: redis.Redis) -> None:
    RqJobQueue(guarded).enqueue(FETCH_MEDIA, "evidence-1")
    assert jobs_in(client, "media") == [("workers.jobs.fetch_media.run", ["evidence-1"])]
    job = Queue("media", connection=client, serializer=SERIALIZER).jobs[0]
    assert job.result_ttl == 0
    assert not client.hget(job.key, "data").startswith(b"\x80")  # no pickle
    assert waiting_key_of(job) == waiting_key(FETCH_MEDIA, "evidence-1")


def test_while_a_hint_waits_its_doubles_are_dropped_and_others_are_not(
    guarded: GuardedRedis, client: redis.Redis
) -> None:
    queue = RqJobQueue(guarded)
    for chat in ("a", "a", "b", "a"):
        queue.enqueue(CHAT_TURN, chat)
    queue.enqueue(DELIVER, "a")
    assert [args for _, args in jobs_in(client, "chat")] == [["a"], ["b"]]
    assert [args for _, args in jobs_in(client, "deliver")] == [["a"]]
    client.delete(waiting_key(CHAT_TURN, "a"))  # as a worker does when it begins
    queue.enqueue(CHAT_TURN, "a")
    assert [args for _, args in jobs_in(client, "chat")] == [["a"], ["b"], ["a"]]


def test_a_lost_hint_does_not_keep_its_doubles_away_for_long(guarded: GuardedRedis, client: redis.Redis) -> None:
    RqJobQueue(guarded).enqueue(CHAT_TURN, "a")
    assert 0 < client.pttl(waiting_key(CHAT_TURN, "a")) <= 5_000


def test_a_queue_nobody_serves_does_not_fill_the_memory(guarded: GuardedRedis, client: redis.Redis) -> None:
    client.rpush("rq:queue:chat", *["gone"] * LONGEST_QUEUE)
    RqJobQueue(guarded).enqueue(CHAT_TURN, "a")
    assert client.llen("rq:queue:chat") == LONGEST_QUEUE


def test_a_queue_that_is_away_is_logged_once_and_never_raises(
    away: GuardedRedis, caplog: pytest.LogCaptureFixture
) -> None:
    queue = RqJobQueue(away)
    for number in range(200):
        queue.enqueue(CHAT_TURN, str(number))
    assert [record.message for record in caplog.records] == ["redis.away"]


def test_while_it_rests_redis_is_not_asked_at_all(away: GuardedRedis) -> None:
    asked: list[str] = []

    def ask(client: redis.Redis) -> bool:
        asked.append("once")
        return bool(client.ping())

    assert [away.attempt("test", ask, False) for _ in range(5)] == [False] * 5
    assert asked == ["once"]


def test_a_server_that_accepts_and_never_answers_is_given_up_on(tmp_path: Path) -> None:
    import socket

    path = str(tmp_path / "deaf.sock")
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(path)
        deaf.listen()
        guarded = GuardedRedis(f"unix://{path}", tmp_path)
        assert guarded.attempt("test", lambda client: bool(client.ping()), False) is False


def test_a_killed_embedded_server_is_revived_by_whoever_misses_it(
    guarded: GuardedRedis, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    queue = RqJobQueue(guarded)
    queue.enqueue(CHAT_TURN, "before")
    pid = server_pid(place_of(tmp_path))
    assert pid
    os.kill(pid, signal.SIGKILL)
    assert embedded._wait_until_dead(place_of(tmp_path), 10)
    queue.enqueue(CHAT_TURN, "lost")
    for thread in threading.enumerate():
        if thread.name == "revive-redis":
            thread.join(30)
    assert embedded.is_running(tmp_path)
    queue.enqueue(CHAT_TURN, "after")
    with connect(guarded.url(), patience=5) as client:
        assert ("workers.jobs.chat_turn.run", ["after"]) in jobs_in(client, "chat")
    assert guarded.reachable() is None


def test_a_given_redis_is_never_started_by_us(away: GuardedRedis, tmp_path: Path) -> None:
    assert away.attempt("test", lambda client: bool(client.ping()), False) is False
    assert away.reachable() == "ConnectionError"
    assert not (tmp_path / "redis").exists()


def test_a_chat_has_one_holder_and_other_chats_are_free(guarded: GuardedRedis) -> None:
    locks = RedisChatLocks(guarded)
    with locks.hold(CHAT) as mine:
        assert mine
        with locks.hold(CHAT) as second:
            assert not second
        with locks.hold(CHAT) as third:  # the loser's leaving freed nothing
            assert not third
        with locks.hold(ChatId("chat-2")) as other:
            assert other
    with locks.hold(CHAT) as again:
        assert again


def test_a_lock_that_expired_is_not_taken_from_its_next_holder(guarded: GuardedRedis, client: redis.Redis) -> None:
    locks = RedisChatLocks(guarded)
    with locks.hold(CHAT):
        client.delete(f"kaona:chat:{CHAT}")  # as if it had expired
        client.set(f"kaona:chat:{CHAT}", "somebody else")
    assert client.get(f"kaona:chat:{CHAT}") == b"somebody else"


def test_the_lock_of_a_killed_worker_frees_itself_soon(guarded: GuardedRedis, client: redis.Redis) -> None:
    with RedisChatLocks(guarded).hold(CHAT):
        assert 0 < client.pttl(f"kaona:chat:{CHAT}") <= 10_000


def test_a_lock_is_let_go_when_the_turn_raises(guarded: GuardedRedis) -> None:
    locks = RedisChatLocks(guarded)
    with pytest.raises(ZeroDivisionError), locks.hold(CHAT):
        _ = 1 / 0
    with locks.hold(CHAT) as mine:
        assert mine


def test_with_redis_away_every_lock_is_granted(away: GuardedRedis) -> None:
    locks = RedisChatLocks(away)
    with locks.hold(CHAT) as first, locks.hold(CHAT) as second:
        assert first
        assert second


def test_signs_of_life_and_counts_are_seen_by_others(guarded: GuardedRedis, client: redis.Redis) -> None:
    beats = Heartbeats(guarded)
    client.hset(ALIVE_KEY, "clock:old-host:7", '{"at": 1.0, "facts": {}}')
    beats.beat("deliver", {IN_FLIGHT: 3})
    RqJobQueue(guarded).enqueue(CHAT_TURN, "a")
    alive = beats.alive()
    assert alive is not None
    assert [(beat.role, beat.pid) for beat in alive] == [("deliver", os.getpid())]
    counts = beats.queues()
    assert counts is not None
    nothing = dict.fromkeys(QUEUES.values(), 0)
    assert counts.queued == nothing | {"chat": 1}
    assert counts.running == nothing | {"deliver": 3}
    assert client.hlen(ALIVE_KEY) == 1
    beats.end("deliver")
    assert beats.alive() == ()


def test_signs_of_life_are_nothing_with_redis_away(away: GuardedRedis) -> None:
    beats = Heartbeats(away)
    beats.beat("worker")
    assert beats.alive() is None
    assert beats.queues() is None


def test_the_schedule_book_gives_back_what_was_written(guarded: GuardedRedis) -> None:
    from datetime import datetime

    from bot.domain.calendar import BANGKOK

    book = ScheduleBook(guarded)
    ran = Entry(name="sweep", rhythm="every 5 s", last_at=datetime(2024, 3, 1, tzinfo=BANGKOK), counts={"sent": 2})
    failed = Entry(name="quota", rhythm="every 3600 s", error="OutsideWorld")
    book.write([ran, failed])
    assert book.entries() == {"sweep": ran, "quota": failed}
    book.strike(["quota"])
    assert book.entries() == {"sweep": ran}


@pytest.mark.parametrize("use", [lambda book: book.write([Entry(name="a", rhythm="b")]), lambda book: book.strike("a")])
def test_the_schedule_book_is_empty_with_redis_away(away: GuardedRedis, use: Callable[[ScheduleBook], None]) -> None:
    book = ScheduleBook(away)
    use(book)
    assert book.entries() == {}


def test_a_fork_makes_its_own_connection(guarded: GuardedRedis) -> None:
    assert guarded.attempt("test", lambda client: client.ping(), False)
    child = os.fork()
    if child == 0:
        os._exit(0 if guarded.attempt("test", lambda client: client.ping(), False) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert guarded.attempt("test", lambda client: client.ping(), False)
