"""A turn in a group or room: load what may be known, decide, and carry it out in the turn's transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.facts import Completeness
from bot.conversation.groups import Ask, GroupEvent, GroupFacts, GroupStep, advance
from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import bangkok_day
from bot.domain.errors import NotFound
from bot.domain.people import ChatId, PersonId, Role
from bot.domain.rounds import last_closed, open_rounds
from bot.jobs import DELIVER
from bot.ports.outside import Ids
from bot.ports.records import Chat, Group, StoredEvent
from bot.ports.store import UnitOfWork
from bot.services.agency_rounds import agency_rounds
from bot.services.load_facts import completeness_of
from bot.services.logbook import Action, note
from bot.services.notices import LEAVE, REPLY_TOKEN_LIFE, TURN, Notices

Hint = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTurns:
    """Takes the events of groups; what it says is a free reply or nothing, for a push counts every member."""

    ids: Ids
    notices: Notices
    base_url: str

    def __call__(self, uow: UnitOfWork, chat: Chat, stored: StoredEvent) -> list[Hint]:
        """Take one event; returns the jobs to ask for after the commit."""
        ask = stored.payload.get("asks")
        uow.chats.forget_payload(stored.id)
        if ask not in set(Ask):
            return []
        group = uow.groups.get(chat.id) or Group(chat_id=chat.id)
        asker = _asker(uow, chat, stored)
        event = GroupEvent(ask=Ask(ask), at=stored.at)
        step = advance(event, self._facts(uow, chat, group, asker, event))
        hints = self._tell(uow, chat, stored, step, asker)
        self._carry_out(uow, chat, group, step, event, asker)
        return hints

    def _facts(
        self, uow: UnitOfWork, chat: Chat, group: Group, asker: PersonId | None, event: GroupEvent
    ) -> GroupFacts:
        agency = uow.agencies.get(group.agency_id) if group.agency_id else None
        return GroupFacts(
            link=f"{self.base_url}/chat/{chat.channel_id}",
            agency=agency,
            admin_of=_admin_of(uow, asker),
            rounds=_rounds(uow, agency, event) if agency and event.ask is Ask.STATUS else (),
            moved_at=group.moved_at,
        )

    def _tell(
        self, uow: UnitOfWork, chat: Chat, stored: StoredEvent, step: GroupStep, asker: PersonId | None
    ) -> list[Hint]:
        told: list[Hint] = []
        token = stored.payload.get("replyToken")
        if step.messages and token:
            said = self.notices.outgoing(
                chat.id,
                TURN,
                self.notices.renderer.render_all(step.messages),
                reply_token=token,
                reply_until=stored.received_at + REPLY_TOKEN_LIFE,
            )
            uow.outbox.add(replace(said, matters=False))
            told.append((DELIVER, chat.id))
        if step.private is not None and asker is not None:
            sent = self.notices.tell_person(uow, asker, "group_which", step.private)
            told += [(DELIVER, sent.chat_id)] if sent else []
        if step.leaves:
            told += leave_group(uow, self.notices, chat)
        return told

    def _carry_out(
        self, uow: UnitOfWork, chat: Chat, group: Group, step: GroupStep, event: GroupEvent, asker: PersonId | None
    ) -> None:
        if step.came or step.gone:
            uow.chats.set_blocked(chat.id, step.gone)
            uow.groups.save(Group(chat_id=chat.id, moved_at=event.at))
        if step.leaves:
            uow.groups.save(Group(chat_id=chat.id, moved_at=event.at))
        if step.asks_which:
            uow.groups.save(replace(group, asked_by=asker))
        if step.links is not None:
            link_group(uow, self.ids, group, step.links, asker, event.at)
        if group.agency_id is not None and (step.gone or step.leaves):
            note(uow, self.ids, event.at, asker, Action.GROUP_LEFT, group.agency_id)


def link_group(uow: UnitOfWork, ids: Ids, group: Group, agency_id: AgencyId, by: PersonId | None, at: datetime) -> None:
    """Let the group serve the agency, and write down who said so."""
    uow.chats.set_blocked(group.chat_id, False)
    uow.groups.save(replace(group, agency_id=agency_id, asked_by=by, linked_at=at))
    note(uow, ids, at, by, Action.GROUP_LINKED, agency_id)


def leave_group(uow: UnitOfWork, notices: Notices, chat: Chat) -> list[Hint]:
    """Leave the group after everything that is still to be said there; tried again until LINE takes it."""
    uow.outbox.add(notices.outgoing(chat.id, LEAVE, ()))
    return [(DELIVER, chat.id)]


def send_away(
    uow: UnitOfWork, notices: Notices, ids: Ids, agency_id: AgencyId, chat_id: ChatId, by: PersonId, at: datetime
) -> list[Hint]:
    """Leave a group of the agency from outside of it; returns the jobs to ask for after the commit.

    Raises:
        NotFound: it does not serve the agency (any more).
    """
    group, chat = uow.groups.get(chat_id), uow.chats.get(chat_id)
    if group is None or chat is None or group.agency_id != agency_id:
        raise NotFound("the agency has no such group")
    uow.groups.save(Group(chat_id=chat_id, moved_at=group.moved_at))
    note(uow, ids, at, by, Action.GROUP_LEFT, agency_id)
    return leave_group(uow, notices, chat)


def _asker(uow: UnitOfWork, chat: Chat, stored: StoredEvent) -> PersonId | None:
    """Who asked: a person known by their private chat in the same channel."""
    sender = stored.payload.get("from")
    private = uow.chats.of_line_user(chat.channel_id, sender) if sender else None
    return private.person_id if private else None


def _admin_of(uow: UnitOfWork, asker: PersonId | None) -> tuple[Agency, ...]:
    if asker is None:
        return ()
    held = [m.agency_id for m in uow.people.memberships(asker) if m.role is Role.ADMIN and m.agency_id]
    return tuple(agency for agency in (uow.agencies.get(agency_id) for agency_id in sorted(held)) if agency)


def _rounds(uow: UnitOfWork, agency: Agency, event: GroupEvent) -> tuple[Completeness, ...]:
    today = bangkok_day(event.at)
    rounds = agency_rounds(uow, agency.id)
    closed = last_closed(rounds, today)
    shown = open_rounds(rounds, today) or ([closed] if closed else [])
    return tuple(completeness_of(uow, agency, round_) for round_ in shown)
