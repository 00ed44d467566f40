"""Invite a person by a code, and say who reports on what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear, bangkok_day, fiscal_year_of
from bot.domain.errors import BadInput
from bot.domain.people import CODE_LIFE, Invite, InviteId, Membership, Person, PersonId, Role
from bot.domain.plans import Measure
from bot.domain.rounds import open_rounds
from bot.domain.text import clean
from bot.ports.outside import Clock, Ids, Keyed
from bot.ports.store import Store, UnitOfWork
from bot.services.agency_rounds import agency_rounds
from bot.services.find import existing_agency, existing_measures, existing_person
from bot.services.logbook import Action, note

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """What the inviter hands on."""

    code: str
    invite: Invite
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Somebody to be invited; `measures` as "1,3,4" or "all", for officers only."""

    name: str
    role: Role
    measures: str | None = None


def invite_person(
    store: Store,
    ids: Ids,
    keyed: Keyed,
    clock: Clock,
    agency_id: AgencyId,
    role: Role,
    name: str,
    *,
    fiscal_year: FiscalYear | None = None,
    measures: str | None = None,
) -> Invited:
    """Make a code for a person, who may be there already under that name.

    Raises:
        BadInput: no name, or measures for a role that reports on none.
        NotFound: no such agency or measure.
    """
    wanted = [Wanted(name=name, role=role, measures=measures)]
    return invite_people(store, ids, keyed, clock, agency_id, wanted, fiscal_year=fiscal_year)[0]


def invite_people(
    store: Store,
    ids: Ids,
    keyed: Keyed,
    clock: Clock,
    agency_id: AgencyId,
    wanted: Sequence[Wanted],
    *,
    fiscal_year: FiscalYear | None = None,
    by: PersonId | None = None,
) -> list[Invited]:
    """Make a code for each, all or none; raises as invite_person does."""
    people = [_checked(each) for each in wanted]
    with store.write() as uow:
        existing_agency(uow, agency_id)
        invited = [_invite(uow, ids, keyed, clock, agency_id, each, fiscal_year, by) for each in people]
        names = {"people": [each.name for each in people], "roles": [each.role.value for each in people]}
        note(uow, ids, clock.now(), by, Action.INVITED, agency_id, **names)
    return invited


def _checked(wanted: Wanted) -> Wanted:
    name = " ".join(clean(wanted.name).split())
    if not name or len(name) > LONGEST_NAME:
        raise BadInput(f"--name must be the person's name, at most {LONGEST_NAME} characters")
    if wanted.measures is not None and wanted.role is not Role.OFFICER:
        raise BadInput(f"only an officer reports on measures; {wanted.role.value} takes none")
    return replace(wanted, name=name)


def _invite(
    uow: UnitOfWork,
    ids: Ids,
    keyed: Keyed,
    clock: Clock,
    agency_id: AgencyId,
    wanted: Wanted,
    fiscal_year: FiscalYear | None,
    by: PersonId | None,
) -> Invited:
    chosen: list[Measure] = []
    if wanted.measures is not None:
        fiscal_year = fiscal_year or _year_meant(uow, clock, agency_id)
        chosen = existing_measures(uow, agency_id, fiscal_year, wanted.measures)
    scope = None if wanted.role is Role.OPERATOR else agency_id
    person = uow.people.named(scope, wanted.name) or _new_person(uow, ids, wanted.name)
    invite = Invite(
        id=InviteId(ids.new()),
        agency_id=scope,
        role=wanted.role,
        person_id=person.id,
        name=wanted.name,
        fiscal_year=fiscal_year,
        measure_ids=tuple(m.id for m in chosen),
        expires_at=clock.now() + CODE_LIFE,
        created_by=by,
    )
    code = ids.code()
    uow.people.add_invite(invite, keyed.hash("invite", code))
    for measure in chosen:
        uow.plans.assign(measure.id, person.id)
    return Invited(code=code, invite=invite, measures=tuple(chosen))


def _new_person(uow: UnitOfWork, ids: Ids, name: str) -> Person:
    person = Person(id=PersonId(ids.new()), name=name)
    uow.people.add(person)
    return person


def _year_meant(uow: UnitOfWork, clock: Clock, agency_id: AgencyId) -> FiscalYear:
    """The year of the live round, else the newest with a plan."""
    today = bangkok_day(clock.now())
    live = open_rounds(agency_rounds(uow, agency_id), today)
    if live:
        return live[0].fiscal_year
    years = uow.plans.fiscal_years(agency_id)
    return years[-1] if years else fiscal_year_of(today)


def assign_measures(
    store: Store, ids: Ids, clock: Clock, agency_id: AgencyId, fiscal_year: FiscalYear, measures: str, name: str
) -> tuple[Person, list[Measure]]:
    """Make a person a reporter of measures.

    Raises:
        NotFound: no such agency, measure or person.
        BadInput: the measures are not numbers.
    """
    with store.write() as uow:
        existing_agency(uow, agency_id)
        person = existing_person(uow, agency_id, name)
        chosen = existing_measures(uow, agency_id, fiscal_year, measures)
        uow.people.add_membership(Membership(person_id=person.id, role=Role.OFFICER, agency_id=agency_id))
        for measure in chosen:
            uow.plans.assign(measure.id, person.id)
        numbers = [measure.no for measure in chosen]
        details = {"year": fiscal_year, "numbers": numbers, "people": [person.name]}
        note(uow, ids, clock.now(), None, Action.OFFICERS_ASSIGNED, agency_id, **details)  # type: ignore[arg-type]
        return person, chosen
