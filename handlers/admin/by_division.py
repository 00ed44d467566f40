"""How complete each division is in a round; pure, from the loaded year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from bot.domain.divisions import Division, DivisionId
from bot.domain.people import PersonId
from bot.domain.rounds import RoundNo
from bot.domain.years import AgencyYear, MeasureYear
from handlers.admin.round_view import Standing, standing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DivisionView:
    """A division's measures in a round by where they stand; without a name those of no division.

    Attributes:
        missing: the numbers of the measures whose parts from this division are not all in.
    """

    name: str
    counts: Mapping[Standing, int]
    missing: tuple[int, ...]

    @property
    def total(self) -> int:
        """How many measures it has a part in."""
        return sum(self.counts.values())

    @property
    def reported(self) -> int:
        """How many of them have its part in."""
        return self.counts[Standing.ACCEPTED] + self.counts[Standing.PENDING]


def by_division(year: AgencyYear, no: RoundNo) -> tuple[DivisionView, ...]:
    """Every division that has a measure, in the agency's order, then what belongs to none.

    A measure that was put into a division counts there whole. Elsewhere a division answers for the parts of its own
    officers: of a measure that several report on, one can be done while another is not. Nothing is returned for an
    agency without divisions.
    """
    divisions = year.divisions
    if not divisions.all:
        return ()
    views = [_view(division.name, _share_of(year, division), no) for division in divisions.all]
    views.append(_view("", [each for each in year.measures if not _divisions_of(year, each)], no))
    return tuple(view for view in views if view.total)


def _share_of(year: AgencyYear, division: Division) -> list[MeasureYear]:
    found = []
    for each in year.measures:
        if year.divisions.of_measures.get(each.measure.id) == division.id:
            found.append(each)
            continue
        mine = {o.person_id for o in each.officers if division.id in year.divisions.of_people.get(o.person_id, ())}
        if mine:
            found.append(_part_of(each, mine))
    return found


def _part_of(each: MeasureYear, mine: Collection[PersonId]) -> MeasureYear:
    """The measure as if only these reported on it; an update that covers it for everybody stays."""
    others = {officer.person_id for officer in each.officers} - set(mine)
    return replace(
        each,
        officers=tuple(officer for officer in each.officers if officer.person_id in mine),
        updates={no: tuple(u for u in each.updates.get(no, ()) if u.person_id not in others) for no in RoundNo},
    )


def _divisions_of(year: AgencyYear, each: MeasureYear) -> set[DivisionId]:
    found = {key for officer in each.officers for key in year.divisions.of_people.get(officer.person_id, ())}
    placed = year.divisions.of_measures.get(each.measure.id)
    return found | ({placed} if placed else set())


def _view(name: str, measures: Collection[MeasureYear], no: RoundNo) -> DivisionView:
    standings = {each.measure.no: standing_of(each, no) for each in measures}
    counted = Counter(standings.values())
    done = (Standing.ACCEPTED, Standing.PENDING)
    return DivisionView(
        name=name,
        counts={standing: counted[standing] for standing in Standing},
        missing=tuple(number for number, standing in standings.items() if standing not in done),
    )
