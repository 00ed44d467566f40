"""Invite a person by a code, and say who reports on what."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """What the inviter hands on."""

    code: str
    invite: Invite


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
    name = " ".join(clean(name).split())
    if not name or len(name) > 200:
        raise BadInput("--name must be the person's name, at most 200 characters")
    if measures is not None and role is not Role.OFFICER:
        raise BadInput(f"only an officer reports on measures; {role.value} takes none")
    with store.write() as uow:
        existing_agency(uow, agency_id)
        now = clock.now()
        chosen: list[Measure] = []
        if measures is not None:
            fiscal_year = fiscal_year or _year_meant(uow, clock, agency_id)
            chosen = existing_measures(uow, agency_id, fiscal_year, measures)
        scope = None if role is Role.OPERATOR else agency_id
        person = uow.people.named(scope, name) or _new_person(uow, ids, name)
        invite = Invite(
            id=InviteId(ids.new()),
            agency_id=scope,
            role=role,
            person_id=person.id,
            name=name,
            fiscal_year=fiscal_year,
            measure_ids=tuple(m.id for m in chosen),
            expires_at=now + CODE_LIFE,
        )
        code = ids.code()
        uow.people.add_invite(invite, keyed.hash("invite", code))
        for measure in chosen:
            uow.plans.assign(measure.id, person.id)
        return Invited(code=code, invite=invite)


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
    store: Store, agency_id: AgencyId, fiscal_year: FiscalYear, measures: str, name: str
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
        return person, chosen
