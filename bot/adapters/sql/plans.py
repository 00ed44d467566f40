"""Measures, who reports on them, and the dates of rounds."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, literal, select

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import assignments, measures, people, rounds
from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.people import Person, PersonId
from bot.domain.plans import Measure, MeasureId
from bot.domain.rounds import Round


class SqlPlans(Repository):
    """Keeps bot.ports.store.Plans."""

    def measures(self, agency_id: AgencyId, fiscal_year: FiscalYear) -> list[Measure]:
        """By number."""
        query = select(*columns(Measure, measures)).where(
            measures.c.agency_id == agency_id, measures.c.fiscal_year == fiscal_year
        )
        return [load(Measure, row) for row in self._rows.all(query.order_by(measures.c.no, measures.c.id))]

    def measure(self, measure_id: MeasureId) -> Measure | None:
        """By id."""
        row = self._rows.first(select(*columns(Measure, measures)).where(measures.c.id == measure_id))
        return load(Measure, row) if row else None

    def save(self, measures_: Sequence[Measure]) -> None:
        """Insert or overwrite each."""
        if not measures_:
            return
        new = self._rows.insert(measures)
        overwritten = {column.name: new.excluded[column.name] for column in measures.c if column.name != "id"}
        self._rows.change(
            new.on_conflict_do_update(index_elements=["id"], set_=overwritten),
            [values(measure) for measure in measures_],
        )

    def remove(self, measure_ids: Collection[MeasureId]) -> None:
        """What hangs on them goes with them, by the database's cascade."""
        self._rows.change(delete(measures).where(measures.c.id.in_(measure_ids)))

    def fiscal_years(self, agency_id: AgencyId) -> list[FiscalYear]:
        """Oldest first."""
        query = select(measures.c.fiscal_year).where(measures.c.agency_id == agency_id).distinct()
        return list(self._rows.scalars(query.order_by(measures.c.fiscal_year)))

    def reporters(self, measure_ids: Collection[MeasureId]) -> dict[MeasureId, list[Person]]:
        """An entry for each measure asked for."""
        found: dict[MeasureId, list[Person]] = {measure_id: [] for measure_id in measure_ids}
        query = (
            select(assignments.c.measure_id, *columns(Person, people))
            .join_from(assignments, people)
            .where(assignments.c.measure_id.in_(measure_ids))
            .order_by(assignments.c.position, assignments.c.person_id)
        )
        for row in self._rows.all(query):
            found[row["measure_id"]].append(load(Person, row))
        return found

    def assign(self, measure_id: MeasureId, person_id: PersonId) -> None:
        """At the end, unless already there."""
        last = select(func.coalesce(func.max(assignments.c.position), 0) + 1)
        self._rows.change(
            self._rows.insert(assignments)
            .values(
                measure_id=measure_id,
                person_id=person_id,
                position=last.where(assignments.c.measure_id == literal(measure_id)).scalar_subquery(),
            )
            .on_conflict_do_nothing(index_elements=["measure_id", "person_id"])
        )

    def unassign(self, measure_id: MeasureId, person_id: PersonId) -> None:
        """Delete."""
        self._rows.change(
            delete(assignments).where(assignments.c.measure_id == measure_id, assignments.c.person_id == person_id)
        )

    def assigned_to(self, person_id: PersonId) -> list[Measure]:
        """By agency, year and number."""
        query = (
            select(*columns(Measure, measures))
            .join_from(assignments, measures)
            .where(assignments.c.person_id == person_id)
            .order_by(measures.c.agency_id, measures.c.fiscal_year, measures.c.no, measures.c.id)
        )
        return [load(Measure, row) for row in self._rows.all(query)]

    def save_round(self, round_: Round) -> None:
        """Insert or overwrite."""
        dates = {"opens_on": round_.opens_on, "due_on": round_.due_on, "locks_on": round_.locks_on}
        self._rows.change(
            self._rows.insert(rounds)
            .values(values(round_))
            .on_conflict_do_update(index_elements=["agency_id", "fiscal_year", "no"], set_=dates)
        )

    def rounds(self, agency_id: AgencyId) -> list[Round]:
        """By year and number."""
        query = select(*columns(Round, rounds)).where(rounds.c.agency_id == agency_id)
        return [load(Round, row) for row in self._rows.all(query.order_by(rounds.c.fiscal_year, rounds.c.no))]
