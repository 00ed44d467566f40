"""Give a role back that was ended by mistake a moment ago, with the measures that went with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.agencies import AgencyId
from bot.domain.errors import NotFound
from bot.domain.people import Membership, Person, PersonId, Role
from bot.domain.plans import MeasureId
from bot.ports.outside import Ids
from bot.ports.records import LogEntry
from bot.ports.store import UnitOfWork
from bot.services.logbook import Action, note

REGRET = timedelta(minutes=15)
"""How long an ended role is given back by one press."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedRole:
    """A role that was just ended; `entry_id` is its line of the log."""

    entry_id: str
    person_id: PersonId
    name: str
    role: Role
    measure_ids: tuple[MeasureId, ...]


def just_ended(uow: UnitOfWork, agency_id: AgencyId, now: datetime) -> list[EndedRole]:
    """The roles ended a moment ago whose holders have not got them back, the last first; two queries."""
    entries = uow.log.entries(agency_id, actions=[Action.ROLE_ENDED.value], since=now - REGRET)
    found = [ended for entry in entries if (ended := _read(entry)) is not None]
    if not found:
        return []
    held = {(membership.person_id, membership.role) for _, membership in uow.people.members(agency_id)}
    latest = {(each.person_id, each.role): each for each in reversed(found)}
    return [each for key, each in reversed(latest.items()) if key not in held]


def restore_role(
    uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, agency_id: AgencyId, entry_id: str
) -> tuple[Person, Role]:
    """Give it back; measures that were removed meanwhile stay away.

    Raises:
        NotFound: it was not ended a moment ago, or they have it again.
    """
    uow.agencies.hold(agency_id)
    ended = next((each for each in just_ended(uow, agency_id, at) if each.entry_id == entry_id), None)
    person = uow.people.get(ended.person_id) if ended is not None else None
    if ended is None or person is None:
        raise NotFound("no such role was ended a moment ago")
    uow.people.add_membership(Membership(person_id=person.id, role=ended.role, agency_id=agency_id))
    for measure_id in ended.measure_ids:
        measure = uow.plans.measure(measure_id)
        if measure is not None and measure.agency_id == agency_id:
            uow.plans.assign(measure_id, person.id)
    note(uow, ids, at, by, Action.ROLE_GIVEN, agency_id, person=person.name, role=ended.role.value)
    return person, ended.role


def _read(entry: LogEntry) -> EndedRole | None:
    """What the entry says; None for one that was written before it said whose role it was."""
    whose, measures = entry.details.get("person_id"), entry.details.get("measure_ids")
    if not isinstance(whose, str) or not isinstance(measures, list | tuple):
        return None
    return EndedRole(
        entry_id=entry.id,
        person_id=PersonId(whose),
        name=str(entry.details.get("person", "")),
        role=Role(str(entry.details["role"])),
        measure_ids=tuple(MeasureId(str(key)) for key in measures),
    )
