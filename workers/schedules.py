"""What happens by the clock: one table, and when a line of it is due."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.adapters.redis_.schedule_book import Entry
from bot.domain.calendar import BANGKOK
from workers.runtime import WorkerRuntime


@dataclass(frozen=True, slots=True)
class Every:
    """Every so many seconds, counted from the last run: after a sleep it runs once, not for each that was missed."""

    seconds: float

    def __str__(self) -> str:
        return f"every {self.seconds:g} s"

    def is_due(self, last: datetime | None, now: datetime) -> bool:
        """Whether it is time; a last run in the future means that the clock was set back."""
        return last is None or last > now or now - last >= timedelta(seconds=self.seconds)

    @property
    def claimed_for(self) -> float:
        """Seconds in which no other clock may run it."""
        return self.seconds * 0.9


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day at a Bangkok time, or as soon after as the clock runs."""

    at: time

    def __str__(self) -> str:
        return f"daily at {self.at:%H:%M}"

    def is_due(self, last: datetime | None, now: datetime) -> bool:
        """Whether it has not run since the latest of its moments."""
        local = now.astimezone(BANGKOK)
        moment = local.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        if moment > local:
            moment -= timedelta(days=1)
        return last is None or last > now or last < moment

    @property
    def claimed_for(self) -> float:
        """Seconds in which no other clock may run it."""
        return 3600.0


@dataclass(frozen=True, slots=True)
class Schedule:
    """A line of the table."""

    name: str
    rhythm: Every | Daily
    run: Callable[[WorkerRuntime], Mapping[str, int]]


def _tick(name: str, rhythm: Every | Daily) -> Schedule:
    return Schedule(name, rhythm, lambda runtime: runtime.clock_tick(name))


SCHEDULES = (
    Schedule("sweep", Every(5), lambda runtime: runtime.sweep()),
    _tick("reminders", Every(60)),
    _tick("quota", Every(3600)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """The book brought in line with the table."""

    entries: Mapping[str, Entry]
    added: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def reconcile(book: Mapping[str, Entry], table: Iterable[Schedule]) -> Reconciled:
    """New schedules are added, changed ones begin anew, those no longer in the table go."""
    wanted = {line.name: Entry(name=line.name, rhythm=str(line.rhythm)) for line in table}
    changed = tuple(name for name, entry in wanted.items() if name in book and book[name].rhythm != entry.rhythm)
    kept = {name: book[name] for name in wanted if name in book and name not in changed}
    return Reconciled(
        entries={**wanted, **kept},
        added=tuple(name for name in wanted if name not in book),
        changed=changed,
        gone=tuple(name for name in book if name not in wanted),
    )
