"""Fixtures for every test: databases, a clock that stands still, ids that count."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count

import pytest
from hypothesis import settings

from bot.adapters.redis_.embedded import stop
from bot.domain.calendar import BANGKOK

pytest_plugins = ["tests.fixtures_sql"]

# Property tests run the same examples every time, however slow the machine.
settings.register_profile("kaona", deadline=None, derandomize=True)
settings.load_profile("kaona")


@pytest.fixture(scope="session", autouse=True)
def no_server_left_behind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """End the embedded servers that tests started in their own folders: they outlive who starts them."""
    yield
    for socket in tmp_path_factory.getbasetemp().rglob("redis.sock"):
        stop(socket.parent.parent)


class FrozenClock:
    """Time that moves only when told."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now.astimezone(BANGKOK)

    def advance(self, **step: float) -> datetime:
        """Move on by a timedelta's arguments."""
        self._now += timedelta(**step)
        return self._now


class CountingIds:
    """Ids, secrets and codes that are the same in every run."""

    def __init__(self) -> None:
        self._ids, self._secrets, self._codes = count(1), count(1), count(1)

    def new(self) -> str:
        return f"{next(self._ids):026d}"

    def secret(self) -> str:
        return f"secret-{next(self._secrets):036d}"

    def code(self) -> str:
        number, letters = next(self._codes), ""
        for _ in range(8):
            number, digit = divmod(number, 31)
            letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"[digit] + letters
        return letters


@pytest.fixture
def frozen_clock() -> FrozenClock:
    """A Monday in an open 6-month round of fiscal year 2567."""
    return FrozenClock(datetime(2024, 3, 4, 9, 0, tzinfo=BANGKOK))


@pytest.fixture
def ids() -> CountingIds:
    """Ids in the order of asking."""
    return CountingIds()
