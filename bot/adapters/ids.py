"""Fresh ids that sort by time, secrets and invite codes."""

from __future__ import annotations

import os
import secrets
import threading
import time

from bot.domain.people import CODE_ALPHABET, CODE_LENGTH

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM_BITS = 80
_LENGTH = 26


class UlidIds:
    """ULIDs: 48 bits of time and 80 of chance, growing within a process even inside one millisecond."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0
        # A child inherits `_last`, and perhaps a lock that another thread of its parent held.
        os.register_at_fork(after_in_child=self._begin_anew)

    def new(self) -> str:
        """A unique id of 26 letters and digits that sorts by time of making."""
        fresh = (time.time_ns() // 1_000_000 << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
        with self._lock:
            if fresh >> _RANDOM_BITS <= self._last >> _RANDOM_BITS:  # the same millisecond, or a clock set back
                # A random step keeps two processes that share an ancestor apart.
                fresh = self._last + 1 + secrets.randbits(_RANDOM_BITS - 16)
            self._last = fresh
        return _crockford(fresh)

    def secret(self) -> str:
        """A random URL-safe token of 256 bits."""
        return secrets.token_urlsafe(32)

    def code(self) -> str:
        """A random invite code."""
        return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))

    def _begin_anew(self) -> None:
        self._lock = threading.Lock()


def _crockford(number: int) -> str:
    return "".join(_DIGITS[number >> shift & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))
