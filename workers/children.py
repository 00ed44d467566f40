"""What each child process of a worker does, from its first line to its exit status."""

from __future__ import annotations

import gc
import logging
import random
import signal
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from bot.adapters.redis_.heartbeats import IN_FLIGHT, Heartbeats
from bot.jobs import (
    CHAT_TURN,
    COMPILE_REPORT,
    DELIVER,
    DRAW_PAGES,
    FETCH_MEDIA,
    LINK_MENUS,
    LOOK_AT_LINKS,
    NOTE_QUOTA,
    POST_WEBHOOK,
    QUEUES,
)
from workers.deliveries import MailRoom, use_room
from workers.retries import attempt
from workers.rq_workers import Mannered, limited_worker, turn_worker
from workers.runtime import WorkerRuntime
from workers.ticks import claim

log = logging.getLogger("kaona.worker")

SWEEP_EVERY = 4.0
"""Seconds, by whichever process is first; with the 6 s of a dead worker's chat lock, everything due goes on
within 15 s of a SIGKILL."""

LOOK_EVERY = 1.0
"""Seconds between looks whether a sweep is due: a killed process may have claimed one and not done it."""

DRAIN_SECONDS = 7.0
"""For deliveries in flight when asked to stop; LINE may take longer, and then the row tells what was tried."""

MIB = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A kind of child process.

    Attributes:
        jobs: what it does, by names in bot.jobs, foremost first.
        memory_mib: what a job may hold, in a fork of its own; None when jobs run in the process itself.
    """

    role: str
    jobs: tuple[str, ...]
    memory_mib: int | None = None

    @property
    def queues(self) -> tuple[str, ...]:
        """The queues it serves."""
        return tuple(QUEUES[job] for job in self.jobs)


CHAT = Child(role="chat", jobs=(CHAT_TURN,))
DELIVERIES = Child(role="deliver", jobs=(DELIVER,))
MEDIA = Child(role="media", jobs=(FETCH_MEDIA, NOTE_QUOTA, LINK_MENUS, POST_WEBHOOK, LOOK_AT_LINKS), memory_mib=768)
REPORTS = Child(role="reports", jobs=(COMPILE_REPORT, DRAW_PAGES), memory_mib=1536)


def run_child(child: Child, runtime: WorkerRuntime) -> int:
    """Work until asked to stop; returns the exit status."""
    gc.freeze()  # what came with the fork stays shared with the parent
    random.seed()
    runtime.after_fork()
    log.info("worker.child_works", extra={"role": child.role, "queues": ",".join(child.queues)})
    if child is DELIVERIES:
        return _deliver(runtime)
    _work(child, runtime)
    return 0


def _work(child: Child, runtime: WorkerRuntime) -> None:
    url = runtime.redis.url()
    worker: Mannered
    if child.memory_mib is None:
        worker = turn_worker(url, *child.queues)
    else:
        worker = limited_worker(url, child.memory_mib * MIB, *child.queues)
    worker.work(logging_level=None)


def _deliver(runtime: WorkerRuntime) -> int:
    room = MailRoom(runtime.deliveries)
    use_room(room)
    room.start()
    Sweeper(runtime, room).start()
    _work(DELIVERIES, runtime)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if not room.drain(DRAIN_SECONDS):
        log.warning("deliver.cut_off", extra={"in_flight": room.in_flight()})
    return 0


class Sweeper(threading.Thread):
    """Finds lost work again, beside the deliveries: this process is never busy, and has no forks to harm."""

    def __init__(self, runtime: WorkerRuntime, room: MailRoom) -> None:
        super().__init__(name="sweeper", daemon=True)
        self._runtime = runtime
        self._room = room
        self._beats = Heartbeats(runtime.redis)

    def run(self) -> None:
        """Sweep and give signs of life for as long as the process lives."""
        while True:
            self._beats.beat(DELIVERIES.role, {IN_FLIGHT: self._room.in_flight()})
            if claim(self._runtime.redis, "sweep", SWEEP_EVERY):
                attempt("sweep", self._sweep, "")
            time.sleep(LOOK_EVERY)

    def _sweep(self, _: str) -> None:
        found: Mapping[str, int] = self._runtime.sweep()
        if any(found.values()):
            log.info("worker.swept", extra=dict(found))
