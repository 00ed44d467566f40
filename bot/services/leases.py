"""Hold claimed work for as long as it takes, and not much longer when its worker is killed.

A claim lasts LEASE and is renewed while the work goes on. After a SIGKILL nobody renews it, so the work is free
again soon enough for "everything due goes on within 15 s".
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot.domain.errors import KaonaError
from bot.ports.outside import Clock
from bot.ports.store import Store, UnitOfWork

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=7)
RENEW_EVERY = 2.0


@contextmanager
def lease(store: Store, clock: Clock, renew: Callable[[UnitOfWork, datetime], None]) -> Iterator[None]:
    """Call `renew(uow, until)` every few seconds while the block lasts, from a thread of its own."""
    done = threading.Event()

    def keep() -> None:
        while not done.wait(RENEW_EVERY):
            try:
                with store.write() as uow:
                    if not done.is_set():
                        renew(uow, clock.now() + LEASE)
            except KaonaError as problem:  # tried again in a moment; a lost lease costs a repeated attempt
                log.warning("lease_not_renewed problem=%s", problem.detail)

    thread = threading.Thread(target=keep, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
