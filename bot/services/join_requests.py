"""Asking to be let in without a code, and an admin's answer; whoever asked and who decides are told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.conversation.types import Message
from bot.domain.agencies import AgencyId
from bot.domain.errors import BadInput, NotFound
from bot.domain.joining import REQUEST_LIFE, Asked, JoinRequest, JoinRequestId
from bot.domain.people import ChatId, Membership, Person, PersonId, Role
from bot.domain.plans import MeasureId
from bot.domain.text import match_key
from bot.ports.records import Chat
from bot.ports.store import UnitOfWork
from bot.services.invite_person import LONGEST_NAME
from bot.services.logbook import Action, note
from bot.services.notices import Notices


def request_join(
    uow: UnitOfWork, notices: Notices, chat: Chat, agency_id: AgencyId, name: str, at: datetime
) -> list[ChatId]:
    """Keep a request and tell the agency's admins; returns the chats that were told.

    A chat has one pending request: another changes nothing.
    """
    request = JoinRequest(
        id=JoinRequestId(notices.ids.new()), chat_id=chat.id, agency_id=agency_id, name=name, asked_at=at
    )
    agency = uow.agencies.get(agency_id)
    if agency is None or chat.person_id is not None or not uow.join_requests.add(request):
        return []
    message = Message(
        name="join_request",
        values={"name": request.person_name, "division": request.division, "agency": agency.name},
    )
    admins = {p.id: p for p, m in uow.people.members(agency_id) if m.role is Role.ADMIN}
    told = [notices.tell_person(uow, each, "join_request", message) for each in admins]
    return [each.chat_id for each in told if each]


def decide_join(
    uow: UnitOfWork,
    notices: Notices,
    at: datetime,
    by: PersonId,
    agency_id: AgencyId,
    request_id: JoinRequestId,
    *,
    approve: bool,
    role: Role = Role.OFFICER,
    name: str | None = None,
    measure_ids: Collection[MeasureId] = (),
) -> tuple[JoinRequest, list[ChatId]]:
    """Let somebody in with a role and measures, or not; returns the request and the chats that were told.

    Raises:
        NotFound: the agency has no such request, or it was decided or is too old.
        BadInput: no name, or a role that is not given so.
    """
    request = uow.join_requests.get(request_id)
    if request is None or request.agency_id != agency_id or at - request.asked_at > REQUEST_LIFE:
        raise NotFound("there is no such request")
    called = " ".join((name if name is not None else request.person_name).split())
    if role is Role.OPERATOR or not called or len(called) > LONGEST_NAME:
        raise BadInput("a name and a role of the agency are needed", field="name")
    chat = uow.chats.get(request.chat_id)
    if chat is None:
        raise NotFound("the chat is gone")
    person_id = _let_in(uow, notices, chat, request, called) if approve else None
    state = Asked.APPROVED if approve else Asked.DENIED
    settled = replace(request, state=state, settled_at=at, settled_by=by, person_id=person_id)
    if not uow.join_requests.settle(settled):
        raise NotFound("it was decided already")
    if person_id is not None:
        uow.people.add_membership(Membership(person_id=person_id, role=role, agency_id=agency_id))
        for measure_id in measure_ids:
            uow.plans.assign(measure_id, person_id)
    action = Action.JOIN_APPROVED if approve else Action.JOIN_DENIED
    note(uow, notices.ids, at, by, action, agency_id, person=called)
    return settled, _tell_asker(uow, notices, chat, settled, called, role)


def _let_in(uow: UnitOfWork, notices: Notices, chat: Chat, request: JoinRequest, name: str) -> PersonId:
    """The chat's person: the one it has, one who was invited under that name and never came, or a new one."""
    if chat.person_id is not None:
        return chat.person_id
    known = uow.people.named(request.agency_id, name)
    if known is None or uow.chats.of_person(known.id) is not None:
        known = Person(id=PersonId(notices.ids.new()), name=name)
        uow.people.add(known)
    uow.chats.set_person(chat.id, known.id)
    divisions = uow.divisions.of_agency(request.agency_id).all
    meant = [d.id for d in divisions if request.division and match_key(d.name) == match_key(request.division)]
    if meant:
        uow.divisions.put_person(request.agency_id, known.id, meant)
    return known.id


def _tell_asker(
    uow: UnitOfWork, notices: Notices, chat: Chat, settled: JoinRequest, name: str, role: Role
) -> list[ChatId]:
    agency = uow.agencies.get(settled.agency_id)
    values = {"name": name, "agency": agency.name if agency else "", "role": role.value}
    words = "join_approved" if settled.state is Asked.APPROVED else "join_denied"
    told = notices.tell_chat(uow, chat, words, [Message(name=words, values=values)], key=f"{words}-{settled.id}")
    return [told.chat_id] if told else []
