"""One writer per chat, by a key that expires; the chat's row version guards what this cannot."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from bot.adapters.redis_.connection import GuardedRedis
from bot.domain.people import ChatId

LIFE_MS = 6_000
"""A turn takes milliseconds. The lock of a killed worker holds its chat up no longer than this, since
everything due must go on within 15 s; a turn that takes longer still is caught by the row version."""

RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"
"""Delete the lock only while it is still ours."""


class RedisChatLocks:
    """Keeps bot.ports.outside.ChatLocks's promise on Redis."""

    def __init__(self, guarded: GuardedRedis, life_ms: int = LIFE_MS) -> None:
        self._redis = guarded
        self._life_ms = life_ms

    @contextmanager
    def hold(self, chat_id: ChatId) -> Iterator[bool]:
        """True while this caller is the one; False when another is. The queue being away counts as True."""
        key = f"kaona:chat:{chat_id}"
        token = secrets.token_hex(16)
        mine = self._redis.attempt("lock", lambda client: bool(client.set(key, token, nx=True, px=self._life_ms)), True)
        try:
            yield mine
        finally:
            if mine:
                self._redis.attempt("unlock", lambda client: client.eval(RELEASE, 1, key, token), None)
