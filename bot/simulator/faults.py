"""Trouble on order: LINE slow, down, refusing, or accepting without saying so."""

import threading
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatch
from typing import Any


class FaultKind(StrEnum):
    """What goes wrong."""

    SLOW = "slow"  # answers after `seconds`
    DOWN = "down"  # closes the connection without an answer
    UNAVAILABLE = "unavailable"  # 503
    RATE_LIMIT = "rate_limit"  # 429, rate wording
    QUOTA = "quota"  # 429, monthly limit wording
    ERROR = "error"  # answers with `status`, 500 by default
    LOST_ANSWER = "lost_answer"  # does the work, then closes the connection
    PREPARING = "preparing"  # content is not ready yet: 202


@dataclass(slots=True, kw_only=True)
class Fault:
    """One kind of trouble for the calls that match, a number of times or until cleared."""

    id: int
    kind: FaultKind
    path: str = "*"
    method: str = "*"
    bot: str = "*"
    seconds: float = 0.0
    status: int = 500
    calls: int | None = None
    hit: int = 0
    cleared: threading.Event = field(default_factory=threading.Event)

    def as_json(self) -> dict[str, Any]:
        """Return it as the control API shows it."""
        names = ("id", "path", "method", "bot", "seconds", "status", "calls", "hit")
        return {"kind": str(self.kind), **{name: getattr(self, name) for name in names}}


class Faults:
    """All trouble now ordered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._next = 1

    def add(self, **settings: Any) -> Fault:
        """Order trouble."""
        with self._lock:
            fault = Fault(id=self._next, **settings)
            self._next += 1
            self._faults.append(fault)
            return fault

    def clear(self, fault_id: int | None = None) -> None:
        """Call off one or all; calls being held up go on at once."""
        with self._lock:
            gone = [fault for fault in self._faults if fault_id in (None, fault.id)]
            self._faults = [fault for fault in self._faults if fault not in gone]
        for fault in gone:
            fault.cleared.set()

    def listed(self) -> list[dict[str, Any]]:
        """Return what is ordered."""
        with self._lock:
            return [fault.as_json() for fault in self._faults]

    def strike(self, method: str, path: str, bot: str) -> list[Fault]:
        """Take the trouble for one call: all that match, at most one of each kind."""
        with self._lock:
            struck: dict[FaultKind, Fault] = {}
            for fault in self._faults:
                fits = fnmatch(path, fault.path) and fault.bot in ("*", bot)
                if fits and fault.method in ("*", method) and fault.kind not in struck:
                    fault.hit += 1
                    struck[fault.kind] = fault
            self._faults = [fault for fault in self._faults if fault.calls is None or fault.hit < fault.calls]
            return list(struck.values())
