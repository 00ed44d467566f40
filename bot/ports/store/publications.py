"""What agencies posted, and which addresses were looked at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from bot.domain.agencies import AgencyId
from bot.domain.links import LookedAt
from bot.domain.publications import Publication, PublicationId


class Publications(Protocol):
    """The publish record of each agency."""

    def of_agency(self, agency_id: AgencyId) -> list[Publication]:
        """Newest assessment first, then by item."""
        ...

    def get(self, publication_id: PublicationId) -> Publication | None: ...
    def save(self, publication: Publication) -> None:
        """Insert or overwrite."""
        ...

    def delete(self, publication_id: PublicationId) -> None:
        """Nothing there is nothing to do."""
        ...


class Links(Protocol):
    """Addresses that an agency's documents name, as they were when last looked at."""

    def looked(self, agency_id: AgencyId) -> dict[str, LookedAt]:
        """By address."""
        ...

    def save(self, agency_id: AgencyId, looks: Iterable[LookedAt]) -> None:
        """Insert or overwrite."""
        ...
