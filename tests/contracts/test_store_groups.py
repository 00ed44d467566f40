"""Groups keep their promises on both databases."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.people import ChatId
from bot.ports.records import Chat, ChatKind, Group
from bot.ports.store import Store
from tests.contracts.office import AGENCY, MALEE, NOW, SOMCHAI, a_chat, an_event, later

FIRST, SECOND = ChatId("group-1"), ChatId("group-2")


def a_group_chat(chat_id: ChatId, kind: ChatKind = ChatKind.GROUP) -> Chat:
    return a_chat(id=chat_id, line_user_id=f"C-{chat_id}", kind=kind, person_id=None)


def with_groups(office: Store, *groups: Group) -> None:
    with office.write() as uow:
        for group in groups:
            uow.chats.add(a_group_chat(group.chat_id))
            uow.groups.save(group)


def test_a_chat_says_whom_it_is_with(office: Store) -> None:
    with office.write() as uow:
        uow.chats.add(a_group_chat(FIRST, ChatKind.ROOM))
    with office.read() as uow:
        assert uow.chats.get(FIRST) == a_group_chat(FIRST, ChatKind.ROOM)
        private = uow.chats.of_person(SOMCHAI)
        assert private is not None
        assert private.kind is ChatKind.PERSON


def test_a_group_is_saved_over_what_was_known(office: Store) -> None:
    with_groups(office, Group(chat_id=FIRST))
    linked = Group(chat_id=FIRST, agency_id=AGENCY, asked_by=SOMCHAI, linked_at=NOW, moved_at=later(days=-1))
    with office.write() as uow:
        uow.groups.save(linked)
    with office.read() as uow:
        assert uow.groups.get(FIRST) == linked
        assert uow.groups.get(SECOND) is None


def test_the_groups_of_an_agency_are_those_that_the_bot_is_in(office: Store) -> None:
    second = Group(chat_id=FIRST, agency_id=AGENCY, linked_at=later(hours=1))
    first = Group(chat_id=SECOND, agency_id=AGENCY, linked_at=NOW)
    with_groups(office, second, first, Group(chat_id=ChatId("unlinked")))
    with office.write() as uow:
        assert uow.groups.of_agency(AGENCY) == [first, second]
        uow.chats.set_blocked(FIRST, True)
        assert uow.groups.of_agency(AGENCY) == [first]


def test_the_newest_unlinked_group_waits_for_who_asked(office: Store) -> None:
    groups = [Group(chat_id=FIRST, asked_by=SOMCHAI), Group(chat_id=SECOND, asked_by=SOMCHAI)]
    with_groups(office, *groups)
    with office.write() as uow:
        assert uow.groups.waiting_for(SOMCHAI) == groups[1]
        uow.groups.save(replace(groups[1], agency_id=AGENCY, linked_at=NOW))
        assert uow.groups.waiting_for(SOMCHAI) == groups[0]
        uow.chats.set_blocked(FIRST, True)
        assert uow.groups.waiting_for(SOMCHAI) is None
        assert uow.groups.waiting_for(MALEE) is None


def test_a_forgotten_payload_leaves_id_kind_and_time(office: Store) -> None:
    event = an_event()
    with office.write() as uow:
        uow.chats.add_event(event)
        uow.chats.forget_payload(event.id)
    with office.read() as uow:
        assert uow.chats.unread(a_chat().id, 9) == [replace(event, payload={})]
