"""Divisions (ส่วนราชการ: สำนัก กอง งาน): who and what belongs to one, and whose reports its head reviews."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NewType

from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId
from bot.domain.plans import MeasureId

DivisionId = NewType("DivisionId", str)

LONGEST_DIVISION = 120
"""Letters of a division's name."""
MOST_DIVISIONS = 60
"""Divisions of one agency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A part of an agency."""

    id: DivisionId
    agency_id: AgencyId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Divisions:
    """Who and what belongs to which division of an agency; a person may belong to several, or to none."""

    all: tuple[Division, ...] = ()
    of_people: Mapping[PersonId, frozenset[DivisionId]] = field(default_factory=dict)
    of_measures: Mapping[MeasureId, DivisionId] = field(default_factory=dict)

    def names_of(self, person_id: PersonId) -> tuple[str, ...]:
        """The names of a person's divisions, in the agency's order."""
        mine = self.of_people.get(person_id, frozenset())
        return tuple(division.name for division in self.all if division.id in mine)

    def reviewers(self, heads: Collection[PersonId], officer: PersonId, measure_id: MeasureId) -> list[PersonId]:
        """Which heads review an officer's update of a measure.

        A head of a division reviews the officers and measures of that division; one without a division reviews
        everything. What would fall to nobody falls to all heads.
        """
        about = set(self.of_people.get(officer, ()))
        if measure_id in self.of_measures:
            about.add(self.of_measures[measure_id])
        mine = {head: self.of_people.get(head, frozenset()) for head in heads}
        found = [head for head, divisions in mine.items() if not divisions or divisions & about]
        return found or list(heads)
