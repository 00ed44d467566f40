"""The table of schedules: what is due, what a clock does about it, and how the book follows the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.redis_ import embedded
from bot.adapters.redis_.connection import GuardedRedis, connect
from bot.adapters.redis_.schedule_book import BOOK_KEY, Entry, ScheduleBook
from bot.domain.calendar import BANGKOK
from bot.domain.errors import OutsideWorld
from workers.clock import Ticker
from workers.schedules import SCHEDULES, Daily, Every, Schedule, reconcile

NOON = datetime(2024, 3, 1, 12, 0, tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, True),
        (NOON - timedelta(seconds=59), False),
        (NOON - timedelta(seconds=60), True),
        (NOON - timedelta(days=3), True),
        (NOON + timedelta(hours=1), True),
    ],
    ids=["never ran", "just ran", "a minute ago", "after a long sleep", "the clock was set back"],
)
def test_every_minute_is_due(last: datetime | None, due: bool) -> None:
    assert Every(60).is_due(last, NOON) is due


@pytest.mark.parametrize(
    ("at", "last", "due"),
    [
        (time(8, 30), None, True),
        (time(8, 30), NOON.replace(hour=8, minute=30), False),
        (time(8, 30), NOON.replace(hour=8, minute=29), True),
        (time(8, 30), NOON - timedelta(days=5), True),
        (time(13, 0), NOON - timedelta(hours=22), False),
        (time(13, 0), NOON - timedelta(hours=24), True),
    ],
    ids=["never ran", "ran today", "ran before", "after days off", "not yet today", "yesterday's was missed"],
)
def test_daily_is_due(at: time, last: datetime | None, due: bool) -> None:
    assert Daily(at).is_due(last, NOON) is due


def test_daily_means_bangkok_whatever_the_zone_of_the_moment() -> None:
    from datetime import UTC

    assert Daily(time(8, 30)).is_due(NOON.replace(hour=8, minute=0), NOON.astimezone(UTC))


def test_the_book_follows_the_table() -> None:
    table = [
        Schedule("new", Every(5), _nothing),
        Schedule("same", Every(60), _nothing),
        Schedule("other", Every(7), _nothing),
    ]
    book = {
        "same": Entry(name="same", rhythm="every 60 s", last_at=NOON),
        "other": Entry(name="other", rhythm="every 8 s", last_at=NOON),
        "old": Entry(name="old", rhythm="daily at 08:30", last_at=NOON),
    }
    found = reconcile(book, table)
    assert (found.added, found.changed, found.gone) == (("new",), ("other",), ("old",))
    assert {name: entry.last_at for name, entry in found.entries.items()} == {"new": None, "same": NOON, "other": None}


def test_the_table_has_the_sweep_reminders_and_quota() -> None:
    assert {line.name: str(line.rhythm) for line in SCHEDULES} == {
        "sweep": "every 5 s",
        "reminders": "every 60 s",
        "quota": "every 3600 s",
    }


def _nothing(runtime: Any) -> Mapping[str, int]:
    return {}


class Ticked:
    """A runtime that only has a clock and a Redis; schedules count themselves in it."""

    def __init__(self, redis: GuardedRedis) -> None:
        self.redis = redis
        self.moment = NOON
        self.ran: list[str] = []

    def now(self) -> datetime:
        return self.moment


def counted(name: str, seconds: float) -> Schedule:
    def run(runtime: Any) -> Mapping[str, int]:
        runtime.ran.append(name)
        return {"runs": 1}

    return Schedule(name, Every(seconds), run)


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[GuardedRedis]:
    embedded.ensure_running(tmp_path)
    yield GuardedRedis(None, tmp_path)
    embedded.stop(tmp_path)


def ticker(runtime: Any, *table: Schedule) -> Ticker:
    made = Ticker(runtime, table)
    made.start()
    return made


def forget_claims(guarded: GuardedRedis) -> None:
    with connect(guarded.url(), patience=5) as client:
        for key in client.keys("kaona:tick:*"):
            client.delete(key)


def test_a_tick_runs_what_is_due_and_writes_it_down(guarded: GuardedRedis) -> None:
    runtime = Ticked(guarded)
    clock = ticker(runtime, counted("often", 5), counted("seldom", 3600))
    clock.tick()
    forget_claims(guarded)
    clock.tick()
    assert runtime.ran == ["often", "seldom"]
    runtime.moment += timedelta(seconds=5)
    clock.tick()
    assert runtime.ran == ["often", "seldom", "often"]
    entry = ScheduleBook(guarded).entries()["often"]
    assert (entry.last_at, entry.counts, entry.error) == (runtime.moment, {"runs": 1}, None)


def test_after_a_long_sleep_each_runs_once(guarded: GuardedRedis) -> None:
    runtime = Ticked(guarded)
    clock = ticker(runtime, counted("often", 5))
    clock.tick()
    runtime.moment += timedelta(days=3)
    forget_claims(guarded)
    for _ in range(5):
        clock.tick()
    assert runtime.ran == ["often", "often"]


def test_a_second_clock_leaves_the_tick_to_the_first(guarded: GuardedRedis) -> None:
    first, second = Ticked(guarded), Ticked(guarded)
    ticker(first, counted("often", 60)).tick()
    late = ticker(second, counted("often", 60))
    second.moment += timedelta(hours=1)
    late.tick()
    assert (first.ran, second.ran) == (["often"], [])


def test_a_restarted_clock_remembers_what_ran(guarded: GuardedRedis) -> None:
    first, second = Ticked(guarded), Ticked(guarded)
    ticker(first, counted("seldom", 3600)).tick()
    forget_claims(guarded)
    ticker(second, counted("seldom", 3600)).tick()
    assert second.ran == []


def test_a_schedule_taken_from_the_table_leaves_the_book(guarded: GuardedRedis) -> None:
    ticker(Ticked(guarded), counted("old", 5), counted("kept", 5))
    ticker(Ticked(guarded), counted("kept", 5))
    assert set(ScheduleBook(guarded).entries()) == {"kept"}


@pytest.mark.parametrize(("error", "event"), [(OutsideWorld("line"), "clock.later"), (KeyError("x"), "clock.broke")])
def test_one_bad_schedule_stops_no_other(
    guarded: GuardedRedis, error: Exception, event: str, caplog: pytest.LogCaptureFixture
) -> None:
    def bad(runtime: Any) -> Mapping[str, int]:
        raise error

    runtime = Ticked(guarded)
    clock = ticker(runtime, Schedule("bad", Every(5), bad), counted("good", 5))
    clock.tick()
    clock.tick()
    assert runtime.ran == ["good"]
    assert caplog.messages.count(event) == 1
    assert ScheduleBook(guarded).entries()["bad"].error == type(error).__name__


def test_a_clock_goes_on_without_redis(tmp_path: Path) -> None:
    runtime = Ticked(GuardedRedis("unix:///nowhere/redis.sock", tmp_path))
    clock = ticker(runtime, counted("often", 5))
    clock.tick()
    clock.tick()
    assert runtime.ran == ["often"]


def test_a_flushed_book_is_written_again(guarded: GuardedRedis) -> None:
    runtime = Ticked(guarded)
    clock = ticker(runtime, counted("often", 5))
    with connect(guarded.url(), patience=5) as client:
        client.flushall()
        clock.tick()
        assert client.hkeys(BOOK_KEY) == [b"often"]
