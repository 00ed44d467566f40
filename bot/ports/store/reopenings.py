"""Requests to change what a locked round holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId
from bot.domain.reopenings import Reopening, ReopeningId, Reply


class Reopenings(Protocol):
    """Each request, and what became of it."""

    def add(self, reopening: Reopening) -> bool:
        """Keep a request; False when the officer already waits for an answer about the same measure and round."""
        ...

    def get(self, reopening_id: ReopeningId) -> Reopening | None: ...
    def waiting(self, agency_ids: Collection[AgencyId]) -> Sequence[Reopening]:
        """Those without an answer in these agencies, oldest first."""
        ...

    def of_people(self, person_ids: Collection[PersonId]) -> Sequence[Reopening]:
        """All that these people asked for, oldest first."""
        ...

    def settle(self, reopening_id: ReopeningId, reply: Reply, at: datetime, by: PersonId, until: date | None) -> bool:
        """Write the answer down; False when there is one already."""
        ...
