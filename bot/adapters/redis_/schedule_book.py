"""When each schedule last ran and what came of it, for the clock itself and for the health page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial

import redis

from bot.adapters.redis_.connection import GuardedRedis

BOOK_KEY = "kaona:schedules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A schedule's line in the book.

    Attributes:
        rhythm: its rhythm in words; another rhythm is another schedule.
        counts: what the last run said it did.
        error: the kind of error that the last run ended with.
    """

    name: str
    rhythm: str
    last_at: datetime | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    error: str | None = None


class ScheduleBook:
    """The book in one Redis hash; empty when Redis is away, which means that everything is due."""

    def __init__(self, guarded: GuardedRedis) -> None:
        self._redis = guarded

    def entries(self) -> dict[str, Entry]:
        """The lines by schedule name."""
        return self._redis.attempt("schedules", _read, {})

    def write(self, entries: Iterable[Entry]) -> None:
        """Write these lines and leave the others."""
        for entry in entries:
            self._redis.attempt("schedules", partial(_write, entry), None)

    def strike(self, names: Iterable[str]) -> None:
        """Take the lines of schedules that are no more out of the book."""
        gone = list(names)
        if gone:
            self._redis.attempt("schedules", lambda client: client.hdel(BOOK_KEY, *gone), None)


def _read(client: redis.Redis) -> dict[str, Entry]:
    found = [_unpacked(value) for value in client.hgetall(BOOK_KEY).values()]
    return {entry.name: entry for entry in found}


def _write(entry: Entry, client: redis.Redis) -> None:
    client.hset(BOOK_KEY, entry.name, _packed(entry))


def _packed(entry: Entry) -> str:
    return json.dumps({**asdict(entry), "last_at": entry.last_at.isoformat() if entry.last_at else None})


def _unpacked(value: bytes | str) -> Entry:
    told = json.loads(value)
    last = told.pop("last_at")
    return Entry(**told, last_at=datetime.fromisoformat(last) if last else None)
