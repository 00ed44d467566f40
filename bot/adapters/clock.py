"""The machine's clock, read as Bangkok time."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from bot.domain.calendar import BANGKOK


class SystemClock:
    """Time now, or time running on from the moment at which this process believes it started (BOT_NOW)."""

    def __init__(self, started_at: datetime | None = None) -> None:
        if started_at is not None and started_at.tzinfo is None:
            started_at = started_at.replace(tzinfo=BANGKOK)
        self._started_at = started_at
        self._began = time.monotonic()

    def now(self) -> datetime:
        """An aware moment in Bangkok."""
        if self._started_at is None:
            return datetime.now(BANGKOK)
        # Seconds that passed, not the machine's date: a corrected clock does not move a time that was set.
        return self._started_at.astimezone(BANGKOK) + timedelta(seconds=time.monotonic() - self._began)
