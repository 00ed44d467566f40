"""Say who reports on what, for several measures and several people at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import NotFound
from bot.domain.people import Membership, Person, PersonId, Role
from bot.domain.plans import Measure
from bot.ports.outside import Ids
from bot.ports.store import UnitOfWork
from bot.services.logbook import Action, note


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """What was done, by name and number."""

    people: tuple[Person, ...]
    measures: tuple[Measure, ...]


def could_report(uow: UnitOfWork, agency_id: AgencyId) -> list[Person]:
    """Everybody who has a role in the agency or was invited to it, by name."""
    found = {person.id: person for person, _ in uow.people.members(agency_id)}
    for invite in uow.people.unused_invites(agency_id):
        found.setdefault(invite.person_id, Person(id=invite.person_id, name=invite.name))
    return sorted(found.values(), key=lambda person: (person.name, person.id))


def assign_officers(
    uow: UnitOfWork,
    ids: Ids,
    at: datetime,
    by: PersonId,
    agency_id: AgencyId,
    fiscal_year: FiscalYear,
    numbers: Collection[int],
    person_ids: Collection[PersonId],
    *,
    add: bool,
) -> Assigned:
    """Make people reporters of measures, or let them be it no longer; what they reported stays.

    Raises:
        NotFound: a measure or person that the agency does not have.
    """
    measures = [m for m in uow.plans.measures(agency_id, fiscal_year) if m.no in numbers]
    if {m.no for m in measures} != set(numbers):
        raise NotFound("a measure is gone")
    people = _chosen(uow, agency_id, measures, person_ids)
    for person in people:
        if add:
            uow.people.add_membership(Membership(person_id=person.id, role=Role.OFFICER, agency_id=agency_id))
        for measure in measures:
            change = uow.plans.assign if add else uow.plans.unassign
            change(measure.id, person.id)
    action = Action.OFFICERS_ASSIGNED if add else Action.OFFICERS_REMOVED
    names, nos = [person.name for person in people], [measure.no for measure in measures]
    note(uow, ids, at, by, action, agency_id, year=fiscal_year, numbers=nos, people=names)
    return Assigned(people=tuple(people), measures=tuple(measures))


def _chosen(
    uow: UnitOfWork, agency_id: AgencyId, measures: Sequence[Measure], wanted: Collection[PersonId]
) -> list[Person]:
    """The people meant; those who report already can be named though their role ended."""
    known = {person.id: person for person in could_report(uow, agency_id)}
    for people in uow.plans.reporters([measure.id for measure in measures]).values():
        known |= {person.id: person for person in people}
    if not set(wanted) <= known.keys():
        raise NotFound("a person is gone")
    return [person for person in known.values() if person.id in wanted]
