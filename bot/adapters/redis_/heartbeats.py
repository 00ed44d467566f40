"""Which processes live, and how much is queued and running, for the health page and metrics."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass

import redis

from bot.adapters.redis_.connection import GuardedRedis
from bot.jobs import DELIVER, QUEUES

ALIVE_KEY = "kaona:alive"
LIFE = 20.0
"""Seconds after its last beat for which a process counts as living."""

IN_FLIGHT = "in_flight"
"""The fact that a delivering process tells about itself: deliveries under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """The last sign of life of a process."""

    role: str
    host: str
    pid: int
    age: float
    facts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueCounts:
    """Jobs by queue."""

    queued: Mapping[str, int]
    running: Mapping[str, int]


class Heartbeats:
    """Signs of life in one Redis hash; nothing when Redis is away."""

    def __init__(self, guarded: GuardedRedis) -> None:
        self._redis = guarded

    def beat(self, role: str, facts: Mapping[str, int] | None = None) -> None:
        """Say that this process lives, as `role`; signs of the long dead are cleared away."""
        name = f"{role}:{socket.gethostname()}:{os.getpid()}"
        value = json.dumps({"at": time.time(), "facts": dict(facts or {})})
        self._redis.attempt("beat", lambda client: _beat(client, name, value), None)

    def end(self, role: str) -> None:
        """Say that this process ends."""
        name = f"{role}:{socket.gethostname()}:{os.getpid()}"
        self._redis.attempt("end", lambda client: client.hdel(ALIVE_KEY, name), None)

    def alive(self) -> tuple[Beat, ...] | None:
        """The living processes; None when Redis is away."""
        return self._redis.attempt("alive", lambda client: tuple(_living(client)), None)

    def queues(self) -> QueueCounts | None:
        """Jobs waiting and running by queue; None when Redis is away."""
        return self._redis.attempt("queues", _queues, None)


def _beat(client: redis.Redis, name: str, value: str) -> None:
    client.hset(ALIVE_KEY, name, value)
    living = {f"{beat.role}:{beat.host}:{beat.pid}" for beat in _living(client)}
    dead = [found for found in map(_text, client.hkeys(ALIVE_KEY)) if found not in living]
    if dead:
        client.hdel(ALIVE_KEY, *dead)


def _living(client: redis.Redis) -> list[Beat]:
    now = time.time()
    found = []
    for name, value in client.hgetall(ALIVE_KEY).items():
        role, host, pid = _text(name).split(":")
        told = json.loads(value)
        age = max(now - told["at"], 0.0)
        if age < LIFE:
            found.append(Beat(role=role, host=host, pid=int(pid), age=age, facts=told["facts"]))
    return sorted(found, key=lambda beat: (beat.role, beat.host, beat.pid))


def _queues(client: redis.Redis) -> QueueCounts:
    asked = client.pipeline(transaction=False)
    names = sorted(set(QUEUES.values()))
    for name in names:
        asked.llen(f"rq:queue:{name}")
        asked.zcount(f"rq:wip:{name}", time.time(), "+inf")
    answers = asked.execute()
    running = dict(zip(names, answers[1::2], strict=True))
    running[QUEUES[DELIVER]] += sum(beat.facts.get(IN_FLIGHT, 0) for beat in _living(client))
    return QueueCounts(queued=dict(zip(names, answers[0::2], strict=True)), running=running)


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value
