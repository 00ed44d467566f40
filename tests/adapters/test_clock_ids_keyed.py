"""Time, ids, secrets and keyed hashes."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters import clock as clock_module
from bot.adapters import ids as ids_module
from bot.adapters.clock import SystemClock
from bot.adapters.ids import UlidIds
from bot.adapters.keyed import HmacKeyed
from bot.domain.calendar import BANGKOK
from bot.domain.people import normal_code


def test_the_clock_is_bangkoks_whatever_the_machines_zone(monkeypatch):
    monkeypatch.setenv("TZ", "America/New_York")
    now = SystemClock().now()
    assert now.utcoffset() == timedelta(hours=7)
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.parametrize(
    "started",
    [datetime(2024, 3, 1, 9, 0), datetime(2024, 3, 1, 9, 0, tzinfo=BANGKOK), datetime(2024, 3, 1, 2, tzinfo=UTC)],
)
def test_a_clock_that_was_set_runs_on_from_there(started, monkeypatch):
    seconds = [100.0]
    monkeypatch.setattr(clock_module.time, "monotonic", lambda: seconds[0])
    clock = SystemClock(started)
    seconds[0] += 90
    assert clock.now() == datetime(2024, 3, 1, 9, 1, 30, tzinfo=BANGKOK)
    assert clock.now().utcoffset() == timedelta(hours=7)


def test_ids_are_unique_and_sort_by_making_even_between_threads():
    ids = UlidIds()
    made: list[list[str]] = [[] for _ in range(8)]
    threads = [threading.Thread(target=lambda box=box: box.extend(ids.new() for _ in range(500))) for box in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(box == sorted(box) for box in made)
    everything = {each for box in made for each in box}
    assert len(everything) == 4000
    assert all(len(each) == 26 and each.isascii() and each.isalnum() for each in everything)


def test_ids_keep_growing_within_a_millisecond_and_when_the_clock_is_set_back(monkeypatch):
    nanoseconds = iter([2_000_000_000] * 50 + [1_000_000_000] * 50)
    monkeypatch.setattr(ids_module.time, "time_ns", lambda: next(nanoseconds))
    ids = UlidIds()
    made = [ids.new() for _ in range(100)]
    assert made == sorted(set(made))


def test_an_id_tells_its_time(monkeypatch):
    monkeypatch.setattr(ids_module.time, "time_ns", lambda: 1469918176385 * 1_000_000)
    assert UlidIds().new().startswith("01ARYZ6S41")


def test_ids_of_a_forked_child_are_its_own_even_when_the_lock_was_held():
    ids = UlidIds()
    before = ids.new()
    read, write = os.pipe()
    with ids._lock:
        child = os.fork()
        if child == 0:
            os.write(write, ids.new().encode())
            os._exit(0)
    os.waitpid(child, 0)
    with os.fdopen(read) as pipe:
        os.close(write)
        theirs = pipe.read()
    assert len(theirs) == 26
    assert theirs not in (before, ids.new())


def test_secrets_have_256_bits_and_codes_can_be_typed():
    ids = UlidIds()
    assert len(ids.secret()) == 43
    assert ids.secret() != ids.secret()
    codes = {ids.code() for _ in range(200)}
    assert len(codes) == 200
    assert all(normal_code(code) == code for code in codes)


def test_a_hash_depends_on_key_purpose_and_text():
    keyed = HmacKeyed(b"key")
    one = keyed.hash("invite", "ABCD")
    assert len(one) == 64
    assert one == HmacKeyed(b"key").hash("invite", "ABCD")
    others = [keyed.hash("sign_in", "ABCD"), keyed.hash("invite", "ABCE"), HmacKeyed(b"kez").hash("invite", "ABCD")]
    assert len({one, *others}) == 4
    assert keyed.hash("a", "bc") != keyed.hash("ab", "c")
    assert len(keyed.hash("invite", "ไทย \udcff")) == 64
