"""The token bucket that all workers share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.redis_ import embedded
from bot.adapters.redis_.connection import GuardedRedis
from bot.adapters.redis_.rate_limits import RedisRateLimits


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[GuardedRedis]:
    folder = tmp_path / "data"
    folder.mkdir()
    yield GuardedRedis(None, folder)
    embedded.stop(folder)


def test_waits_grow_by_the_rate_whoever_asks(guarded: GuardedRedis) -> None:
    limits = [RedisRateLimits(guarded, 10.0) for _ in range(2)]
    waits = [wait for n in range(7) for wait in limits[n % 2].turns("default", "push", 3)]
    assert waits[0] == 0.0
    assert waits == sorted(waits)
    assert 1.5 < waits[-1] <= 2.0


def test_channels_and_endpoints_have_buckets_of_their_own(guarded: GuardedRedis) -> None:
    limits = RedisRateLimits(guarded, 1.0)
    assert [limits.turns(*which, 1) for which in (("a", "push"), ("b", "push"), ("a", "reply"))] == [[0.0]] * 3
    assert limits.turns("a", "push", 1)[0] > 0


def test_nobody_waits_while_redis_is_away(tmp_path: Path) -> None:
    away = GuardedRedis("redis://127.0.0.1:1/0", tmp_path)
    assert RedisRateLimits(away, 0.001).turns("default", "push", 2) == [0.0, 0.0]


def test_a_flush_begins_anew(guarded: GuardedRedis) -> None:
    limits = RedisRateLimits(guarded, 0.01)
    assert limits.turns("default", "push", 2)[1] > 10
    guarded.attempt("flush", lambda client: client.flushall(), None)
    assert limits.turns("default", "push", 1) == [0.0]


def test_a_refusal_makes_all_slower_and_those_of_the_same_moment_count_as_one(guarded: GuardedRedis) -> None:
    limits = [RedisRateLimits(guarded, 100.0) for _ in range(2)]
    limits[0].turns("default", "push", 10_000)
    for _ in range(5):
        limits[1].refused("default", "push")
    first, *_, last = limits[0].turns("default", "push", 71)
    assert 0.8 < last - first <= 1.0, "70 calls at 70 a second and growing, not at 17"
    assert limits[0].turns("default", "reply", 1) == [0.0]


def test_multicast_has_the_lower_limit_of_line(guarded: GuardedRedis) -> None:
    first, *_, last = RedisRateLimits(guarded, 2000.0).turns("default", "multicast", 221)
    assert first == 0.0
    assert last == pytest.approx(1.0, abs=0.05)
