"""Change which measures a plan has and in what order: add one, move one, remove one, or copy an earlier year's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput, NotFound, StaleWrite
from bot.domain.people import PersonId
from bot.domain.plans import Measure, MeasureId
from bot.domain.text import clean, match_key
from bot.importing.drafting import drafted
from bot.ports.outside import Ids
from bot.ports.store import UnitOfWork
from bot.services.edit_measure import LONGEST
from bot.services.find import existing_agency
from bot.services.fingerprints import fingerprint
from bot.services.logbook import Action, note


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """Measures of an earlier plan as this year's drafts.

    Attributes:
        measures: those that this year's plan lacks, numbered after its last.
        doubts: by measure, what wants a look.
        known: how many are left out because this year's plan has them.
    """

    measures: tuple[Measure, ...]
    doubts: Mapping[MeasureId, Sequence[str]]
    known: int


def add_measure(
    uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, agency_id: AgencyId, fiscal_year: FiscalYear, title: str
) -> Measure:
    """Add a measure at the end of the plan.

    Raises:
        NotFound: no such agency.
        BadInput: no title, or a title that is too long.
    """
    existing_agency(uow, agency_id)
    uow.agencies.hold(agency_id)
    title = clean(title)
    if not title or len(title) > LONGEST:
        raise BadInput("a measure has a title", field="title")
    no = len(uow.plans.measures(agency_id, fiscal_year)) + 1
    measure = Measure(id=MeasureId(ids.new()), agency_id=agency_id, fiscal_year=fiscal_year, no=no, title=title)
    uow.plans.save([measure])
    note(uow, ids, at, by, Action.MEASURE_ADDED, agency_id, no=no, year=fiscal_year)
    return measure


def move_measure(
    uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, agency_id: AgencyId, measure_id: MeasureId, to: int
) -> Measure:
    """Give a measure another number; those between make room, and the numbers stay 1…n.

    Raises:
        NotFound: the agency has no such measure (any more).
    """
    uow.agencies.hold(agency_id)
    old = _own(uow, agency_id, measure_id)
    others = [each for each in uow.plans.measures(agency_id, old.fiscal_year) if each.id != measure_id]
    place = min(max(1, to), len(others) + 1)
    _number(uow, [*others[: place - 1], old, *others[place - 1 :]])
    if place != old.no:
        note(uow, ids, at, by, Action.MEASURE_MOVED, agency_id, old=old.no, no=place, year=old.fiscal_year)
    return replace(old, no=place)


def remove_measure(
    uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, agency_id: AgencyId, measure_id: MeasureId, seen: str
) -> Measure:
    """Remove a measure with everything reported on it; the others close up.

    Raises:
        NotFound: the agency has no such measure (any more).
        StaleWrite: the measure, or what was reported on it, is no longer as it was seen.
    """
    uow.agencies.hold(agency_id)
    old = _own(uow, agency_id, measure_id)
    updates = uow.updates.in_force([measure_id])
    if seen != fingerprint(old, *updates):
        raise StaleWrite("the measure was changed meanwhile")
    uow.plans.remove([measure_id])
    _number(uow, uow.plans.measures(agency_id, old.fiscal_year))
    year, title = old.fiscal_year, old.title[:100]
    note(uow, ids, at, by, Action.MEASURE_REMOVED, agency_id, no=old.no, year=year, title=title, updates=len(updates))
    return old


def plan_copy(uow: UnitOfWork, ids: Ids, agency_id: AgencyId, from_year: FiscalYear, to_year: FiscalYear) -> Copied:
    """What copying an earlier year's plan would add; changes nothing.

    Raises:
        BadInput: the year copied from is not an earlier one.
    """
    if from_year >= to_year:
        raise BadInput("a plan is copied from an earlier year", field="from_year")
    here = uow.plans.measures(agency_id, to_year)
    have = {_identity(each) for each in here}
    there = uow.plans.measures(agency_id, from_year)
    lacking = [each for each in there if _identity(each) not in have]
    made = [
        drafted(each, MeasureId(ids.new()), len(here) + place, to_year) for place, each in enumerate(lacking, start=1)
    ]
    doubts = {measure.id: found for measure, found in made}
    return Copied(measures=tuple(measure for measure, _ in made), doubts=doubts, known=len(there) - len(lacking))


def copy_plan(
    uow: UnitOfWork,
    ids: Ids,
    at: datetime,
    by: PersonId,
    agency_id: AgencyId,
    from_year: FiscalYear,
    to_year: FiscalYear,
    *,
    officers: bool,
) -> Copied:
    """Add the measures of an earlier year's plan that this year's lacks, with who reported on them if wanted.

    Raises:
        NotFound: no such agency.
        BadInput: the year copied from is not an earlier one.
    """
    existing_agency(uow, agency_id)
    uow.agencies.hold(agency_id)
    copied = plan_copy(uow, ids, agency_id, from_year, to_year)
    uow.plans.save(copied.measures)
    if officers:
        _assign_as_before(uow, agency_id, from_year, copied.measures)
    if copied.measures:
        count = len(copied.measures)
        note(uow, ids, at, by, Action.PLAN_COPIED, agency_id, count=count, from_year=from_year, year=to_year)
    return copied


def _assign_as_before(uow: UnitOfWork, agency_id: AgencyId, from_year: FiscalYear, measures: Sequence[Measure]) -> None:
    """Let those report who did then and are still of the agency."""
    here = {person.id for person, _ in uow.people.members(agency_id)}
    before = {_identity(each): each.id for each in uow.plans.measures(agency_id, from_year)}
    reporters = uow.plans.reporters(list(before.values()))
    for measure in measures:
        for person in reporters.get(before[_identity(measure)], []):
            if person.id in here:
                uow.plans.assign(measure.id, person.id)


def _identity(measure: Measure) -> tuple[str, str]:
    """What makes it the same measure in another year, as importing has it."""
    return match_key(measure.indicator or ""), match_key(measure.title)


def _own(uow: UnitOfWork, agency_id: AgencyId, measure_id: MeasureId) -> Measure:
    measure = uow.plans.measure(measure_id)
    if measure is None or measure.agency_id != agency_id:
        raise NotFound("the measure is gone")
    return measure


def _number(uow: UnitOfWork, measures: Sequence[Measure]) -> None:
    numbered = enumerate(measures, start=1)
    uow.plans.save([replace(each, no=no) for no, each in numbered if each.no != no])
