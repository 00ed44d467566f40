"""The raw JSON both ways: webhooks out with their answers, API calls in with theirs."""

import json
import threading
from collections import deque
from typing import Any

from bot.simulator.feed import Feed

_KEPT = 500
_LONGEST = 100_000


def readable(data: bytes, content_type: str = "application/json") -> Any:
    """Show a body: parsed when it is JSON, else as text or as its size."""
    if not data:
        return None
    if "json" not in content_type and "text" not in content_type and "urlencoded" not in content_type:
        return f"({len(data)} bytes of {content_type or 'unknown type'})"
    try:
        return json.loads(data) if len(data) <= _LONGEST else data[:_LONGEST].decode("utf-8", "replace") + " …"
    except ValueError:
        return data[:_LONGEST].decode("utf-8", "replace")


class Journal:
    """The newest calls in both directions."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._lock = threading.Lock()
        self._rows: deque[dict[str, Any]] = deque(maxlen=_KEPT)
        self._next = 1

    def add(self, row: dict[str, Any]) -> None:
        """Write down one call."""
        with self._lock:
            row = {"id": self._next, **row}
            self._next += 1
            self._rows.append(row)
        self._feed.publish("log", {"row": row})

    def rows(self, after: int = 0, direction: str | None = None) -> list[dict[str, Any]]:
        """Return the calls after an id, oldest first."""
        with self._lock:
            rows = list(self._rows)
        return [row for row in rows if row["id"] > after and direction in (None, row["direction"])]
