"""What agencies posted, and which addresses were looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import delete, select

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import links, publications
from bot.domain.agencies import AgencyId
from bot.domain.links import LookedAt
from bot.domain.publications import Publication, PublicationId


class SqlPublications(Repository):
    """Keeps bot.ports.store.Publications."""

    def of_agency(self, agency_id: AgencyId) -> list[Publication]:
        """Newest assessment first."""
        query = (
            select(*columns(Publication, publications))
            .where(publications.c.agency_id == agency_id)
            .order_by(publications.c.ita_year.desc(), publications.c.item, publications.c.id)
        )
        return [load(Publication, row) for row in self._rows.all(query)]

    def get(self, publication_id: PublicationId) -> Publication | None:
        """By id."""
        query = select(*columns(Publication, publications)).where(publications.c.id == publication_id)
        row = self._rows.first(self._rows.locked(query))
        return load(Publication, row) if row else None

    def save(self, publication: Publication) -> None:
        """Insert or overwrite."""
        new = self._rows.insert(publications).values(values(publication))
        self._rows.change(new.on_conflict_do_update(index_elements=["id"], set_=values(publication, "id")))

    def delete(self, publication_id: PublicationId) -> None:
        """Remove the row."""
        self._rows.change(delete(publications).where(publications.c.id == publication_id))


class SqlLinks(Repository):
    """Keeps bot.ports.store.Links; the key is a hash, because addresses can be longer than an index takes."""

    def looked(self, agency_id: AgencyId) -> dict[str, LookedAt]:
        """All of the agency's."""
        query = select(*columns(LookedAt, links)).where(links.c.agency_id == agency_id)
        looks = (load(LookedAt, row) for row in self._rows.all(query))
        return {look.url: look for look in looks}

    def save(self, agency_id: AgencyId, looks: Iterable[LookedAt]) -> None:
        """One row for each address."""
        for look in looks:
            key = {"agency_id": agency_id, "url_hash": hashlib.sha256(look.url.encode()).hexdigest()}
            new = self._rows.insert(links).values(**key, **values(look))
            self._rows.change(new.on_conflict_do_update(index_elements=list(key), set_=values(look)))
