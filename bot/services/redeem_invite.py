"""Give a chat the role and measures of an invitation."""

from __future__ import annotations

from datetime import datetime

from bot.domain.people import InviteId, Membership, Person, PersonId
from bot.domain.plans import MeasureId
from bot.ports.outside import Ids
from bot.ports.records import Chat
from bot.ports.store import UnitOfWork
from bot.services.logbook import Action, note


def redeem_invite(uow: UnitOfWork, ids: Ids, chat: Chat, invite_id: InviteId, now: datetime) -> bool:
    """Spend the invite for this chat; False (and nothing changed) when somebody was faster.

    The chat's own person is kept, and what waited for the invited name moves to it. Where the invited person has
    joined from another chat already, a new person of the same name is made: a code is never a key to somebody
    else's answers.
    """
    invite = uow.people.invite(invite_id)
    if invite is None or not uow.people.use_invite(invite_id, chat.id, now):
        return False
    invited_elsewhere = uow.chats.of_person(invite.person_id)
    person_id = chat.person_id or invite.person_id
    if chat.person_id is None and invited_elsewhere is not None and invited_elsewhere.id != chat.id:
        person_id = PersonId(ids.new())
        uow.people.add(Person(id=person_id, name=invite.name))
    elif person_id != invite.person_id and invited_elsewhere is None:
        uow.people.merge(invite.person_id, person_id)
    if chat.person_id is None:
        uow.chats.set_person(chat.id, person_id)
    uow.people.add_membership(Membership(person_id=person_id, role=invite.role, agency_id=invite.agency_id))
    for measure_id in invite.measure_ids:
        if uow.plans.measure(MeasureId(measure_id)) is not None:
            uow.plans.assign(MeasureId(measure_id), person_id)
    note(uow, ids, now, person_id, Action.JOINED, invite.agency_id, role=invite.role.value)
    return True
