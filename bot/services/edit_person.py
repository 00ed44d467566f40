"""What an admin changes about a person: roles, divisions, language, leave; each is written down."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from bot.domain.agencies import AgencyId
from bot.domain.divisions import LONGEST_DIVISION, MOST_DIVISIONS, Division, DivisionId
from bot.domain.errors import BadInput, NotFound, StaleWrite
from bot.domain.people import Membership, Person, PersonId, Role
from bot.domain.plans import MeasureId
from bot.domain.text import clean, match_key
from bot.ports.outside import Ids
from bot.ports.store import UnitOfWork
from bot.services.fingerprints import fingerprint
from bot.services.logbook import Action, note
from bot.services.reminder_choices import go_on_leave

LANGUAGES = ("th", "en")


def member_of(uow: UnitOfWork, agency_id: AgencyId, person_id: PersonId) -> Person:
    """Somebody with a role in the agency.

    Raises:
        NotFound: they have none.
    """
    found = next((person for person, _ in uow.people.members(agency_id) if person.id == person_id), None)
    if found is None:
        raise NotFound("they do not belong to the agency")
    return found


def profile_seen(uow: UnitOfWork, agency_id: AgencyId, person: Person) -> str:
    """The fingerprint of what the profile's form shows."""
    mine = uow.divisions.of_agency(agency_id).of_people.get(person.id, frozenset())
    return fingerprint(person.language, sorted(mine))


def edit_profile(
    uow: UnitOfWork,
    ids: Ids,
    at: datetime,
    by: PersonId,
    agency_id: AgencyId,
    person_id: PersonId,
    seen: str,
    language: str,
    division_ids: Collection[DivisionId],
) -> Person:
    """Change the language and divisions of a person.

    Raises:
        NotFound: they do not belong to the agency.
        StaleWrite: somebody changed them meanwhile.
        BadInput: a language that the program does not speak.
    """
    uow.agencies.hold(agency_id)
    person = member_of(uow, agency_id, person_id)
    if profile_seen(uow, agency_id, person) != seen:
        raise StaleWrite("the person was changed meanwhile")
    if language not in LANGUAGES:
        raise BadInput("there is no such language", field="language")
    mine = uow.divisions.of_agency(agency_id).of_people.get(person_id, frozenset())
    changed = []
    if language != person.language:
        uow.people.set_language(person_id, language)
        changed.append("language")
    if mine != set(division_ids):
        uow.divisions.put_person(agency_id, person_id, division_ids)
        changed.append("divisions")
    if changed:
        note(uow, ids, at, by, Action.PERSON_EDITED, agency_id, person=person.name, fields=changed)
    return person


def give_role(
    uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, agency_id: AgencyId, person_id: PersonId, role: Role
) -> Person:
    """Give somebody who belongs to the agency a further role.

    Raises:
        NotFound: they do not belong to it.
        BadInput: they have the role, or it is not given so.
    """
    person = member_of(uow, agency_id, person_id)
    held = {m.role for m in uow.people.memberships(person_id) if m.agency_id == agency_id}
    if role is Role.OPERATOR or role in held:
        raise BadInput("they have that role", field="role")
    uow.people.add_membership(Membership(person_id=person_id, role=role, agency_id=agency_id))
    note(uow, ids, at, by, Action.ROLE_GIVEN, agency_id, person=person.name, role=role.value)
    return person


def set_leave(
    uow: UnitOfWork,
    ids: Ids,
    at: datetime,
    by: PersonId,
    agency_id: AgencyId,
    person_id: PersonId,
    first: date | None,
    last: date | None,
) -> Person:
    """Write a person's leave down, or end it; raises as go_on_leave does, and NotFound."""
    person = member_of(uow, agency_id, person_id)
    go_on_leave(uow, person_id, first, last)
    days = {"first": first.isoformat() if first else "", "last": last.isoformat() if last else ""}
    note(uow, ids, at, by, Action.LEAVE_SET, agency_id, person=person.name, **days)
    return person


def save_division(
    uow: UnitOfWork,
    ids: Ids,
    at: datetime,
    by: PersonId,
    agency_id: AgencyId,
    name: str,
    division_id: DivisionId | None = None,
) -> Division:
    """Add a division, or rename one.

    Raises:
        BadInput: no name, one that is too long or there already, or too many divisions.
        NotFound: the agency has no such division.
    """
    uow.agencies.hold(agency_id)
    here = uow.divisions.of_agency(agency_id).all
    called = " ".join(clean(name).split())
    others = [each for each in here if each.id != division_id]
    twice = any(match_key(each.name) == match_key(called) for each in others)
    if not called or len(called) > LONGEST_DIVISION or twice:
        raise BadInput("a division needs a name of its own", field="name")
    if division_id is None and len(here) >= MOST_DIVISIONS:
        raise BadInput("too many divisions", field="name")
    if division_id is not None and all(each.id != division_id for each in here):
        raise NotFound("there is no such division")
    what = "added" if division_id is None else "renamed"
    division = Division(id=division_id or DivisionId(ids.new()), agency_id=agency_id, name=called)
    uow.divisions.save(division)
    note(uow, ids, at, by, Action.DIVISIONS_CHANGED, agency_id, what=what, name=called)
    return division


def remove_division(
    uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, agency_id: AgencyId, division_id: DivisionId
) -> Division:
    """Take a division away; its people and measures stay.

    Raises:
        NotFound: the agency has no such division.
    """
    division = _existing(uow, agency_id, division_id)
    uow.divisions.remove(division_id)
    note(uow, ids, at, by, Action.DIVISIONS_CHANGED, agency_id, what="removed", name=division.name)
    return division


def put_into_division(
    uow: UnitOfWork,
    ids: Ids,
    at: datetime,
    by: PersonId,
    agency_id: AgencyId,
    division_id: DivisionId,
    measure_ids: Collection[MeasureId],
    all_measures: Collection[MeasureId],
) -> Division:
    """Let exactly these of the year's measures belong to a division. Raises NotFound as remove_division does."""
    division = _existing(uow, agency_id, division_id)
    belongs = uow.divisions.of_agency(agency_id).of_measures
    for measure_id in all_measures:
        if measure_id in measure_ids:
            uow.divisions.put_measure(measure_id, division_id)
        elif belongs.get(measure_id) == division_id:
            uow.divisions.put_measure(measure_id, None)
    note(uow, ids, at, by, Action.DIVISIONS_CHANGED, agency_id, what="measures", name=division.name)
    return division


def _existing(uow: UnitOfWork, agency_id: AgencyId, division_id: DivisionId) -> Division:
    found = next((each for each in uow.divisions.of_agency(agency_id).all if each.id == division_id), None)
    if found is None:
        raise NotFound("there is no such division")
    return found
