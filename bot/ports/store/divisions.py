"""Divisions of an agency."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from bot.domain.agencies import AgencyId
from bot.domain.divisions import Division, DivisionId, Divisions
from bot.domain.people import PersonId
from bot.domain.plans import MeasureId


class DivisionBook(Protocol):
    """Divisions in the order in which they were added, and who and what belongs to them."""

    def of_agency(self, agency_id: AgencyId) -> Divisions:
        """All of them with their people and measures; a fixed number of queries."""
        ...

    def save(self, division: Division) -> None:
        """Add at the end, or rename."""
        ...

    def remove(self, division_id: DivisionId) -> None:
        """People and measures then belong to no division by it."""
        ...

    def put_person(self, agency_id: AgencyId, person_id: PersonId, division_ids: Collection[DivisionId]) -> None:
        """Let a person belong to exactly these of the agency's divisions."""
        ...

    def put_measure(self, measure_id: MeasureId, division_id: DivisionId | None) -> None:
        """Let a measure belong to that division, or to none."""
        ...
