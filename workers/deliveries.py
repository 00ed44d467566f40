"""Many deliveries in flight in one process: each waits on the network, none holds up another chat's."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bot.jobs import DELIVER
from workers.retries import attempt
from workers.runtime import runtime

log = logging.getLogger("kaona.jobs")

IN_FLIGHT = 32
"""Chats served at once; a delivery is a thread that waits."""

PATIENCE = 5.0
"""Seconds to wait for a free place before leaving the message to the sweep; less than a stop may take."""


class DeliveryPool:
    """A bounded pool of threads, in which a chat is never served twice at once."""

    def __init__(self, deliver: Callable[[str], object], size: int = IN_FLIGHT) -> None:
        self._deliver = deliver
        self._free = threading.Semaphore(size)
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="deliver")
        self._lock = threading.Lock()
        self._asked_again: dict[str, bool] = {}

    def hand_over(self, chat_id: str, patience: float = PATIENCE) -> bool:
        """Have the chat served; False when all places stayed taken, and the database row waits for the sweep."""
        if self._joined(chat_id):
            return True
        if not self._free.acquire(timeout=patience):
            log.warning("deliver.pool_full", extra={"id": chat_id})
            return False
        if self._joined(chat_id, begin=True):
            self._free.release()
            return True
        self._threads.submit(self._serve, chat_id)
        return True

    def in_flight(self) -> int:
        """Chats being served."""
        with self._lock:
            return len(self._asked_again)

    def drain(self, seconds: float) -> bool:
        """Wait until nothing is in flight; False when the time was up first."""
        until = time.monotonic() + seconds
        while self.in_flight():
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True

    def _joined(self, chat_id: str, *, begin: bool = False) -> bool:
        """Whether the chat is being served already; then it is looked at once more afterwards."""
        with self._lock:
            served = chat_id in self._asked_again
            if served or begin:
                self._asked_again[chat_id] = served
            return served

    def _serve(self, chat_id: str) -> None:
        try:
            while True:
                attempt(DELIVER, self._deliver, chat_id)
                with self._lock:
                    if not self._asked_again[chat_id]:
                        del self._asked_again[chat_id]
                        return
                    self._asked_again[chat_id] = False
        finally:
            self._free.release()


_pool: DeliveryPool | None = None


def use_pool(pool: DeliveryPool) -> None:
    """From now on deliveries of this process go through the pool."""
    global _pool
    _pool = pool


def deliver(chat_id: str) -> None:
    """Hand the chat to the process's pool; where there is none, serve it here."""
    if _pool is None:
        attempt(DELIVER, runtime().deliver, chat_id)
    else:
        _pool.hand_over(chat_id)
