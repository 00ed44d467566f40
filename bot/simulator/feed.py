"""A running list of what happened, which pages and scripts follow."""

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

_KEPT = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing that happened, numbered."""

    seq: int
    kind: str
    body: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Return it as followers read it."""
        return {"seq": self.seq, "kind": self.kind, **self.body}


class Feed:
    """Numbers what happens and wakes those who wait for it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._records: deque[Record] = deque(maxlen=_KEPT)
        self._seq = 0
        self._closed = False

    @property
    def seq(self) -> int:
        """The number of the newest record."""
        return self._seq

    @property
    def closed(self) -> bool:
        """Whether nothing more will come."""
        return self._closed

    def publish(self, kind: str, body: dict[str, Any]) -> int:
        """Add a record, wake the followers, return its number."""
        with self._changed:
            self._seq += 1
            self._records.append(Record(seq=self._seq, kind=kind, body=body))
            self._changed.notify_all()
            return self._seq

    def after(self, seq: int, wait: float) -> list[Record]:
        """Return what came after a number, waiting up to `wait` seconds for something to come."""
        end = time.monotonic() + wait
        with self._changed:
            while self._seq <= seq and not self._closed:
                left = end - time.monotonic()
                if left <= 0:
                    return []
                self._changed.wait(left)
            missing = self._seq - seq
            newest = min(missing, len(self._records))
            return [self._records[index] for index in range(len(self._records) - newest, len(self._records))]

    def close(self) -> None:
        """Let all followers go."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
