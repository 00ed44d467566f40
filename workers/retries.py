"""What becomes of a job that fails: the sweep asks again, or it is given up; never a tight loop."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from enum import Enum

from rq.timeouts import BaseTimeoutException

from bot.domain.errors import CompileFailed, GoneForGood, KaonaError, NotAllowed, OutsideWorld, StaleWrite, UserMistake

log = logging.getLogger("kaona.jobs")

TRIES_AGAINST_A_FASTER_WRITER = 3
FIRST_PAUSE = 2.0
LONGEST_PAUSE = 60.0
MOST_PAUSES = 1_000


class Verdict(Enum):
    """What to do about an error."""

    NOW = "now"  # try again in this very job
    LATER = "later"  # the row is still due: the sweep asks again
    GIVE_UP = "give_up"  # trying again is no use; the service has written down why
    BUG = "bug"  # ours: loud, and paused for longer each time


VERDICTS: tuple[tuple[type[Exception], Verdict], ...] = (
    (StaleWrite, Verdict.NOW),
    (GoneForGood, Verdict.GIVE_UP),
    (OutsideWorld, Verdict.LATER),
    (CompileFailed, Verdict.GIVE_UP),
    (NotAllowed, Verdict.GIVE_UP),
    (UserMistake, Verdict.GIVE_UP),
    (BaseTimeoutException, Verdict.BUG),
    (Exception, Verdict.BUG),
)
"""The first that fits."""


def verdict_on(error: Exception) -> Verdict:
    """What to do about an error."""
    return next(verdict for kind, verdict in VERDICTS if isinstance(error, kind))


class Pauses:
    """Work that broke on a bug rests for 2, 4 … 60 s in this process; the sweep would bring it back at once."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._resting: dict[tuple[str, str], tuple[float, float]] = {}

    def rests(self, job: str, argument: str) -> bool:
        """Whether this work is not to be touched now."""
        with self._lock:
            return self._clock() < self._resting.get((job, argument), (0.0, 0.0))[0]

    def broke(self, job: str, argument: str) -> float:
        """Note a break; returns how long the work rests."""
        with self._lock:
            if len(self._resting) >= MOST_PAUSES:
                self._resting.clear()
            last = self._resting.get((job, argument), (0.0, FIRST_PAUSE / 2))[1]
            pause = min(last * 2, LONGEST_PAUSE)
            self._resting[job, argument] = (self._clock() + pause, pause)
            return pause

    def went_well(self, job: str, argument: str) -> None:
        """Forget that it ever broke."""
        with self._lock:
            self._resting.pop((job, argument), None)


PAUSES = Pauses()


def attempt(job: str, do: Callable[[str], object], argument: str, pauses: Pauses = PAUSES) -> bool:
    """Do a piece of work and see to its errors; True when it was done."""
    if pauses.rests(job, argument):
        return False
    for _ in range(TRIES_AGAINST_A_FASTER_WRITER):
        try:
            do(argument)
        except Exception as error:
            if not _see_to(job, argument, error, pauses):
                return False
        else:
            pauses.went_well(job, argument)
            return True
    return False


def _see_to(job: str, argument: str, error: Exception, pauses: Pauses) -> bool:
    """Log the error as it deserves; True when the work is to be tried again at once."""
    facts: dict[str, object] = {"job": job, "id": argument, "error": type(error).__name__}
    if isinstance(error, KaonaError):
        facts["code"] = error.code
    match verdict_on(error):
        case Verdict.NOW:
            return True
        case Verdict.LATER:
            log.warning("job.later", extra=facts)
        case Verdict.GIVE_UP:
            log.error("job.given_up", extra=facts)
        case Verdict.BUG:
            log.error("job.broke", extra={**facts, "rests_s": pauses.broke(job, argument)}, exc_info=error)
    return False
