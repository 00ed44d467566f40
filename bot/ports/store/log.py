"""Who did what."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId
from bot.ports.records import (
    LogEntry,
)


class Log(Protocol):
    """Who did what: entries are added, and nothing changes or removes one."""

    def add(self, entry: LogEntry) -> None: ...
    def entries(
        self,
        agency_id: AgencyId | None,
        *,
        actions: Collection[str] = (),
        person_id: PersonId | None = None,
        since: datetime | None = None,
        before: datetime | None = None,
        skip: int = 0,
        limit: int = 50,
    ) -> list[LogEntry]:
        """An agency's entries (the program's own for None), newest first; of certain actions where some are named."""
        ...

    def people(self, agency_id: AgencyId | None) -> list[tuple[PersonId, str]]:
        """Everybody who did something, with the name they had then last, by name."""
        ...
