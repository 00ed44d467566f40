"""Divisions of an agency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import delete, func, insert, select

from bot.adapters.sql.rows import Repository, columns, load
from bot.adapters.sql.tables import division_members, divisions, measure_divisions
from bot.domain.agencies import AgencyId
from bot.domain.divisions import Division, DivisionId, Divisions
from bot.domain.people import PersonId
from bot.domain.plans import MeasureId


class SqlDivisions(Repository):
    """Keeps bot.ports.store.DivisionBook."""

    def of_agency(self, agency_id: AgencyId) -> Divisions:
        """Three queries, one where there are no divisions."""
        query = select(*columns(Division, divisions)).where(divisions.c.agency_id == agency_id)
        found = tuple(load(Division, row) for row in self._rows.all(query.order_by(divisions.c.position)))
        if not found:
            return Divisions()
        here = select(divisions.c.id).where(divisions.c.agency_id == agency_id)
        people: dict[PersonId, set[DivisionId]] = defaultdict(set)
        for row in self._rows.all(select(division_members).where(division_members.c.division_id.in_(here))):
            people[row["person_id"]].add(row["division_id"])
        measures = self._rows.all(select(measure_divisions).where(measure_divisions.c.division_id.in_(here)))
        return Divisions(
            all=found,
            of_people={person_id: frozenset(mine) for person_id, mine in people.items()},
            of_measures={row["measure_id"]: row["division_id"] for row in measures},
        )

    def save(self, division: Division) -> None:
        """Insert at the end, or overwrite the name."""
        last = select(func.coalesce(func.max(divisions.c.position), 0) + 1).where(
            divisions.c.agency_id == division.agency_id
        )
        new = self._rows.insert(divisions).values(
            id=division.id, agency_id=division.agency_id, name=division.name, position=last.scalar_subquery()
        )
        self._rows.change(new.on_conflict_do_update(index_elements=["id"], set_={"name": division.name}))

    def remove(self, division_id: DivisionId) -> None:
        """What hangs on it goes with it, by the database's cascade."""
        self._rows.change(delete(divisions).where(divisions.c.id == division_id))

    def put_person(self, agency_id: AgencyId, person_id: PersonId, division_ids: Collection[DivisionId]) -> None:
        """Delete and insert."""
        here = select(divisions.c.id).where(divisions.c.agency_id == agency_id)
        table = division_members
        self._rows.change(delete(table).where(table.c.person_id == person_id, table.c.division_id.in_(here)))
        wanted = set(self._rows.scalars(here.where(divisions.c.id.in_(division_ids)))) if division_ids else set()
        for division_id in sorted(wanted):
            self._rows.change(insert(table).values(division_id=division_id, person_id=person_id))

    def put_measure(self, measure_id: MeasureId, division_id: DivisionId | None) -> None:
        """Delete, and insert where there is one."""
        self._rows.change(delete(measure_divisions).where(measure_divisions.c.measure_id == measure_id))
        if division_id is not None:
            self._rows.change(insert(measure_divisions).values(measure_id=measure_id, division_id=division_id))
