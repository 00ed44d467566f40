"""The Redis of this process, behind a guard: being away is logged once, answered quickly, and mended if it is ours."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from bot.adapters.redis_ import embedded
from bot.domain.errors import KaonaError

log = logging.getLogger("kaona.redis")

PATIENCE = 0.4
"""Seconds for connecting and for an answer, of a server that takes its time or gives none."""

REST = 2.0
"""Seconds in which a Redis that was away is not asked again."""

T = TypeVar("T")


def connect(url: str, *, patience: float = PATIENCE) -> redis.Redis:
    """A client that gives up quickly; a connection that was lost while idle is made anew, once."""
    return redis.Redis.from_url(
        url,
        socket_connect_timeout=patience,
        socket_timeout=patience,
        health_check_interval=30,
        retry=Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,)),
    )


class GuardedRedis:
    """One per process and its forks: the client for `REDIS_URL`, or for the embedded server when that is unset."""

    def __init__(self, url: str | None, data_dir: Path) -> None:
        self._given_url = url
        self._data_dir = data_dir
        self._reset()

    def _reset(self) -> None:
        self._pid = os.getpid()
        self._client: redis.Redis | None = None
        self._resting_until = 0.0
        self._away = False
        self._reviving = threading.Lock()
        self._may_revive = True

    def start_no_threads(self) -> None:
        """For a process that forks and calls `url` now and then: what revives the embedded server is a thread.

        A fork would inherit that thread's locks and never let them go. The forks themselves may revive again.
        """
        self._may_revive = False

    @property
    def embedded(self) -> bool:
        """Whether the server is ours to start."""
        return self._given_url is None

    def url(self) -> str:
        """The server's address; the embedded server is started when it does not run.

        Raises:
            BadSettings: there is no server program, or the data directory cannot be used.
            OutsideWorld: the embedded server would not start.
        """
        return self._given_url or embedded.ensure_running(self._data_dir)

    def attempt(self, what: str, do: Callable[[redis.Redis], T], otherwise: T) -> T:
        """What `do` makes of the client, or `otherwise`, without asking, while Redis is away."""
        if os.getpid() != self._pid:
            self._reset()
        if time.monotonic() < self._resting_until:
            return otherwise
        try:
            if self._client is None:
                self._client = connect(self.url())
            made = do(self._client)
        except (redis.RedisError, OSError, KaonaError) as why:
            self._went_away(what, why)
            return otherwise
        if self._away:
            self._came_back()
        return made

    def reachable(self) -> str | None:
        """None when Redis answers now, else why not."""
        try:
            with connect(self.url()) as client:
                client.ping()
        except (redis.RedisError, OSError, KaonaError) as why:
            return type(why).__name__
        self._came_back()
        return None

    def _went_away(self, what: str, why: Exception) -> None:
        self._resting_until = time.monotonic() + REST
        if not self._away:
            log.warning("redis.away", extra={"during": what, "why": type(why).__name__})
        self._away = True
        if self.embedded and self._may_revive and self._reviving.acquire(blocking=False):
            threading.Thread(target=self._revive, name="revive-redis", daemon=True).start()

    def _revive(self) -> None:
        try:
            embedded.ensure_running(self._data_dir)
            self._resting_until = 0.0
        except (KaonaError, OSError) as why:
            log.warning("redis.not_revived", extra={"why": str(why)})
        finally:
            self._reviving.release()

    def _came_back(self) -> None:
        self._resting_until = 0.0
        if self._away:
            log.info("redis.back")
        self._away = False
