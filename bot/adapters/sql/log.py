"""Who did what."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, insert, select

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import log_entries
from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId
from bot.ports.records import LogEntry


class SqlLog(Repository):
    """Keeps bot.ports.store.Log."""

    def add(self, entry: LogEntry) -> None:
        """Insert."""
        self._rows.change(insert(log_entries).values(values(entry)))

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
        """Newest first."""
        query = select(*columns(LogEntry, log_entries)).where(log_entries.c.agency_id == agency_id)
        if actions:
            query = query.where(log_entries.c.action.in_(actions))
        if person_id is not None:
            query = query.where(log_entries.c.person_id == person_id)
        if since is not None:
            query = query.where(log_entries.c.at >= since)
        if before is not None:
            query = query.where(log_entries.c.at < before)
        newest_first = query.order_by(log_entries.c.at.desc(), log_entries.c.seq.desc())
        return [load(LogEntry, row) for row in self._rows.all(newest_first.offset(skip).limit(limit))]

    def people(self, agency_id: AgencyId | None) -> list[tuple[PersonId, str]]:
        """Each with the latest of their names."""
        query = (
            select(log_entries.c.person_id, log_entries.c.name)
            .where(log_entries.c.agency_id == agency_id, log_entries.c.person_id.is_not(None))
            .group_by(log_entries.c.person_id, log_entries.c.name)
            .order_by(func.max(log_entries.c.seq))
        )
        latest = {row["person_id"]: row["name"] for row in self._rows.all(query)}
        # Sorted here, because each database would sort Thai in its own way.
        return sorted(latest.items(), key=lambda known: (known[1], known[0]))
