"""What `python -m bot clock` runs: the table of schedules, ticked by one clock however many there are."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable, Mapping, Sequence

from bot.adapters.redis_.heartbeats import Heartbeats
from bot.adapters.redis_.schedule_book import Entry, ScheduleBook
from bot.domain.errors import KaonaError
from workers.logs import configure as configure_logs
from workers.runtime import WorkerRuntime, set_runtime
from workers.schedules import SCHEDULES, Reconciled, Schedule, reconcile
from workers.ticks import claim
from workers.wakeups import Wakeups

log = logging.getLogger("kaona.clock")

LOOK_EVERY = 1.0
"""Seconds between looks at the table."""

BEAT_EVERY_LOOKS = 5
LONGEST_GOODBYE = 9
"""Seconds a tick in hand has after SIGTERM; then the process is ended by SIGALRM, wherever it hangs."""


def run(runtime_factory: Callable[[], WorkerRuntime], *, table: Sequence[Schedule] = SCHEDULES) -> int:
    """Tick until SIGTERM or SIGINT; returns the exit status.

    Raises:
        KaonaError: the program or its Redis cannot be started.
    """
    configure_logs()
    wakeups = Wakeups(goodbye=LONGEST_GOODBYE)
    runtime = runtime_factory()
    runtime.redis.url()
    set_runtime(runtime)
    ticker = Ticker(runtime, table)
    ticker.start()
    beats = Heartbeats(runtime.redis)
    looks = 0
    while not wakeups.stopping:
        if looks % BEAT_EVERY_LOOKS == 0:
            beats.beat("clock")
        looks += 1
        ticker.tick(lambda: wakeups.stopping)
        wakeups.sleep(LOOK_EVERY)
    signal.alarm(0)
    beats.end("clock")
    log.info("clock.stopped", extra={"pid": os.getpid()})
    return 0


class Ticker:
    """Runs what is due, once; one bad schedule never stops the others."""

    def __init__(self, runtime: WorkerRuntime, table: Sequence[Schedule]) -> None:
        self._runtime = runtime
        self._table = table
        self._book = ScheduleBook(runtime.redis)
        self._entries: dict[str, Entry] = {}

    def start(self) -> Reconciled:
        """Bring the book in line with the table."""
        found = reconcile(self._book.entries(), self._table)
        self._entries = dict(found.entries)
        self._book.strike(found.gone)
        self._book.write(found.entries[name] for name in (*found.added, *found.changed))
        log.info(
            "clock.started",
            extra={
                "pid": os.getpid(),
                "added": ",".join(found.added),
                "changed": ",".join(found.changed),
                "gone": ",".join(found.gone),
            },
        )
        return found

    def tick(self, stopping: Callable[[], bool] = lambda: False) -> None:
        """Run every schedule that is due and not being run by another clock."""
        for line in self._table:
            now = self._runtime.now()
            if stopping() or not line.rhythm.is_due(self._entries[line.name].last_at, now):
                continue
            entry = Entry(name=line.name, rhythm=str(line.rhythm), last_at=now)
            if claim(self._runtime.redis, line.name, line.rhythm.claimed_for):
                counts, error = self._run(line)
                entry = Entry(name=line.name, rhythm=entry.rhythm, last_at=now, counts=counts, error=error)
                self._book.write([entry])
            self._entries[line.name] = entry

    def _run(self, line: Schedule) -> tuple[Mapping[str, int], str | None]:
        try:
            counts = dict(line.run(self._runtime))
        except KaonaError as why:
            log.warning("clock.later", extra={"schedule": line.name, "code": why.code, "error": type(why).__name__})
            return {}, type(why).__name__
        except Exception as why:
            log.exception("clock.broke", extra={"schedule": line.name})
            return {}, type(why).__name__
        if any(counts.values()):
            log.info("clock.ticked", extra={"schedule": line.name, **counts})
        return counts, None
