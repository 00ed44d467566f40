"""Measures, assignments and rounds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.people import Person, PersonId
from bot.domain.plans import Measure, MeasureId
from bot.domain.rounds import Round


class Plans(Protocol):
    """Measures, who reports on them, and the dates of rounds."""

    def measures(self, agency_id: AgencyId, fiscal_year: FiscalYear) -> list[Measure]:
        """By number."""
        ...

    def measure(self, measure_id: MeasureId) -> Measure | None: ...
    def save(self, measures: Sequence[Measure]) -> None:
        """Insert new measures and overwrite known ones (by id)."""
        ...

    def remove(self, measure_ids: Collection[MeasureId]) -> None:
        """Remove measures with their assignments, updates and evidence rows."""
        ...

    def fiscal_years(self, agency_id: AgencyId) -> list[FiscalYear]:
        """The years that have a measure, oldest first."""
        ...

    def reporters(self, measure_ids: Collection[MeasureId]) -> dict[MeasureId, list[Person]]:
        """Who reports on each, in the order in which they were assigned."""
        ...

    def assign(self, measure_id: MeasureId, person_id: PersonId) -> None:
        """Add a reporter at the end; being one already changes nothing."""
        ...

    def unassign(self, measure_id: MeasureId, person_id: PersonId) -> None: ...
    def assigned_to(self, person_id: PersonId) -> list[Measure]: ...
    def save_round(self, round_: Round) -> None: ...
    def rounds(self, agency_id: AgencyId) -> list[Round]:
        """Rounds whose dates were set; all others have the default dates."""
        ...
