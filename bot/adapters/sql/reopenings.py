"""Requests to change what a locked round holds."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, literal_column, select, update

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import reopenings
from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId
from bot.domain.reopenings import Reopening, ReopeningId, Reply


class SqlReopenings(Repository):
    """Keeps bot.ports.store.Reopenings."""

    def add(self, reopening: Reopening) -> bool:
        """Insert; the unique index lets one waiting request of its kind in."""
        fresh = self._rows.insert(reopenings).values(values(reopening)).on_conflict_do_nothing()
        return self._rows.changed(fresh.returning(reopenings.c.id)) is not None

    def get(self, reopening_id: ReopeningId) -> Reopening | None:
        """By id."""
        found = self._all(reopenings.c.id == reopening_id)
        return found[0] if found else None

    def waiting(self, agency_ids: Collection[AgencyId]) -> list[Reopening]:
        """By the partial index."""
        return self._all(_is_waiting(), reopenings.c.agency_id.in_(agency_ids))

    def of_people(self, person_ids: Collection[PersonId]) -> list[Reopening]:
        """By person."""
        return self._all(reopenings.c.person_id.in_(person_ids))

    def settle(self, reopening_id: ReopeningId, reply: Reply, at: datetime, by: PersonId, until: date | None) -> bool:
        """Only one that waits."""
        meant = update(reopenings).where(reopenings.c.id == reopening_id, _is_waiting())
        return self._rows.change(meant.values(reply=reply, replied_at=at, replied_by=by, until=until)) == 1

    def _all(self, *conditions: ColumnElement[bool]) -> list[Reopening]:
        query = select(*columns(Reopening, reopenings)).where(*conditions)
        rows = self._rows.all(query.order_by(reopenings.c.asked_at, reopenings.c.id))
        return [load(Reopening, row) for row in rows]


def _is_waiting() -> ColumnElement[bool]:
    # A literal, so that the planner sees that the partial index serves.
    return reopenings.c.reply == literal_column(f"'{Reply.WAITING.value}'")
