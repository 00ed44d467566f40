"""Take a role or an unused code away from somebody."""

from __future__ import annotations

from datetime import datetime

from bot.domain.agencies import AgencyId
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import Invite, InviteId, Membership, Person, PersonId, Role
from bot.ports.outside import Ids
from bot.ports.store import UnitOfWork
from bot.services.logbook import Action, note


def is_last_admin(uow: UnitOfWork, agency_id: AgencyId, person_id: PersonId, role: Role) -> bool:
    """Whether nobody would be left to run the agency."""
    admins = {m.person_id for _, m in uow.people.members(agency_id) if m.role is Role.ADMIN}
    return role is Role.ADMIN and admins == {person_id}


def end_role(
    uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, agency_id: AgencyId, person_id: PersonId, role: Role
) -> Person:
    """Take a role away; an officer's measures of the agency too. What they reported stays.

    Raises:
        NotFound: they do not have it (any more).
        BadInput: they are the agency's last admin.
    """
    uow.agencies.hold(agency_id)
    person = uow.people.get(person_id)
    if person is None or role is Role.OPERATOR:
        raise NotFound("nobody has that role")
    if is_last_admin(uow, agency_id, person_id, role):
        raise BadInput("an agency keeps one admin")
    if not uow.people.end_membership(Membership(person_id=person_id, role=role, agency_id=agency_id)):
        raise NotFound("they do not have that role")
    mine = uow.plans.assigned_to(person_id) if role is Role.OFFICER else []
    lost = [measure.id for measure in mine if measure.agency_id == agency_id]
    for measure_id in lost:
        uow.plans.unassign(measure_id, person_id)
    details = {"person": person.name, "role": role.value, "person_id": person_id}
    note(uow, ids, at, by, Action.ROLE_ENDED, agency_id, measure_ids=[str(key) for key in lost], **details)
    return person


def revoke_invite(
    uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId | None, agency_id: AgencyId, invite_id: InviteId
) -> Invite:
    """Make an unused code worthless.

    Raises:
        NotFound: the agency has no such code, or it was used or has expired.
    """
    invite = uow.people.invite(invite_id)
    if invite is None or invite.agency_id != agency_id or not uow.people.revoke_invite(invite_id, at):
        raise NotFound("the code was used or has expired")
    note(uow, ids, at, by, Action.INVITE_REVOKED, agency_id, person=invite.name, role=invite.role.value)
    return invite
