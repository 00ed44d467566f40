"""Who acts for whom."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import insert, select, update

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import acting_posts
from bot.domain.acting import ActingPost, ActingPostId
from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId


class SqlActing(Repository):
    """Keeps bot.ports.store.Acting."""

    def add(self, post: ActingPost) -> None:
        """Insert."""
        self._rows.change(insert(acting_posts).values(values(post)))

    def get(self, post_id: ActingPostId) -> ActingPost | None:
        """By id."""
        row = self._rows.first(select(*columns(ActingPost, acting_posts)).where(acting_posts.c.id == post_id))
        return load(ActingPost, row) if row else None

    def on(
        self, day: date, *, agency_id: AgencyId | None = None, acting_id: PersonId | None = None
    ) -> list[ActingPost]:
        """In the order made."""
        table = acting_posts
        query = select(*columns(ActingPost, table)).where(
            table.c.first_on <= day, table.c.last_on >= day, table.c.ended_at.is_(None)
        )
        if agency_id is not None:
            query = query.where(table.c.agency_id == agency_id)
        if acting_id is not None:
            query = query.where(table.c.acting_id == acting_id)
        return [load(ActingPost, row) for row in self._rows.all(query.order_by(table.c.made_at, table.c.id))]

    def since(self, day: date, agency_id: AgencyId | None = None) -> list[ActingPost]:
        """The earliest first."""
        table = acting_posts
        query = select(*columns(ActingPost, table)).where(table.c.last_on >= day, table.c.ended_at.is_(None))
        if agency_id is not None:
            query = query.where(table.c.agency_id == agency_id)
        return [load(ActingPost, row) for row in self._rows.all(query.order_by(table.c.first_on, table.c.id))]

    def of_agency(self, agency_id: AgencyId) -> list[ActingPost]:
        """The latest first."""
        table = acting_posts
        query = select(*columns(ActingPost, table)).where(table.c.agency_id == agency_id)
        return [load(ActingPost, row) for row in self._rows.all(query.order_by(table.c.first_on.desc(), table.c.id))]

    def end(self, post_id: ActingPostId, at: datetime) -> bool:
        """Write the moment down once."""
        living = update(acting_posts).where(acting_posts.c.id == post_id, acting_posts.c.ended_at.is_(None))
        return self._rows.change(living.values(ended_at=at)) == 1
