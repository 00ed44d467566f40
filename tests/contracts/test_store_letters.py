"""Messages as an agency's admin sees them keep their promises on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.agencies import AgencyId
from bot.domain.people import ChatId
from bot.ports.records import DEFAULT_CHANNEL, Chat, ChatKind, Group, OutgoingId, OutgoingState
from bot.ports.store import Store, UnitOfWork
from bot.ports.store.letters import LetterChoice
from tests.contracts.office import AGENCY, CHAT, MALEE, NOW, SOMCHAI, a_membership, a_message, an_agency, later
from tests.contracts.test_store_reminders import said

ELSEWHERE = AgencyId("agency-2")


def ids(uow: UnitOfWork, agency_id: AgencyId = AGENCY, *, skip: int = 0, limit: int = 50, **choice: Any) -> list[str]:
    return [each.id for each in uow.letters.of_agency(agency_id, LetterChoice(**choice), skip=skip, limit=limit)]


def test_an_admin_sees_the_messages_to_members_newest_first_by_pages(office: Store) -> None:
    with office.write() as uow:
        uow.people.add_membership(a_membership())
        for number in (1, 2, 3):
            uow.outbox.add(a_message(number, chat_id=CHAT, kind="report"))
        assert ids(uow) == ["outgoing-3", "outgoing-2", "outgoing-1"]
        assert ids(uow, skip=1, limit=1) == ["outgoing-2"]
        assert ids(uow, ELSEWHERE) == []
        letter = uow.letters.get(AGENCY, "outgoing-1")
        assert letter is not None
        assert (letter.person_id, letter.state, letter.created_at) == (SOMCHAI, OutgoingState.QUEUED, NOW)
        assert uow.letters.get(ELSEWHERE, "outgoing-1") is None
        assert uow.letters.get(AGENCY, "nothing") is None


def test_messages_to_the_agencys_groups_are_shown_without_a_person(office: Store) -> None:
    with office.write() as uow:
        uow.agencies.add(an_agency(id=ELSEWHERE))
        group = Chat(id=ChatId("group"), channel_id=DEFAULT_CHANNEL, line_user_id="C" + "7" * 32, kind=ChatKind.GROUP)
        uow.chats.add(group)
        uow.outbox.add(a_message(1, chat_id=group.id, kind="group_digest"))
        assert ids(uow) == []
        uow.groups.save(Group(chat_id=group.id, agency_id=AGENCY, linked_at=NOW))
        assert ids(uow) == ["outgoing-1"]
        assert ids(uow, ELSEWHERE) == []
        letter = uow.letters.get(AGENCY, "outgoing-1")
        assert letter is not None
        assert (letter.person_id, letter.name) == (None, None)


def test_messages_are_chosen_by_state_kind_person_and_day(office: Store) -> None:
    with office.write() as uow:
        uow.people.add_membership(a_membership())
        uow.outbox.add(a_message(1, chat_id=CHAT, kind="turn"))
        uow.outbox.add(a_message(2, chat_id=CHAT, kind="report", created_at=later(days=1)))
        uow.outbox.save(replace(a_message(1, chat_id=CHAT, kind="turn"), state=OutgoingState.SENT))
        assert ids(uow, states=[OutgoingState.SENT]) == ["outgoing-1"]
        assert ids(uow, kinds=["report"]) == ["outgoing-2"]
        assert ids(uow, without=["turn"]) == ["outgoing-2"]
        assert ids(uow, person_id=SOMCHAI) == ["outgoing-2", "outgoing-1"]
        assert ids(uow, person_id=MALEE) == []
        assert ids(uow, since=later(hours=1)) == ["outgoing-2"]
        assert ids(uow, before=later(hours=1)) == ["outgoing-1"]


def test_a_reminder_about_another_agencys_work_is_that_agencys(office: Store) -> None:
    with office.write() as uow:
        uow.agencies.add(an_agency(id=ELSEWHERE))
        uow.people.add_membership(a_membership())
        uow.people.add_membership(a_membership(agency_id=ELSEWHERE))
        uow.outbox.add(a_message(1, chat_id=CHAT, kind="reminder"))
        uow.reminders.record([said("one", agency_id=ELSEWHERE)])
        assert ids(uow) == []
        assert ids(uow, ELSEWHERE) == ["outgoing-1"]
        assert uow.letters.get(AGENCY, "outgoing-1") is None


def test_states_are_looked_up_many_at_once(office: Store) -> None:
    with office.write() as uow:
        uow.outbox.add(a_message(1, chat_id=CHAT))
        many = [f"nothing-{number}" for number in range(1_200)]
        assert uow.letters.states([*many, "outgoing-1"]) == {"outgoing-1": OutgoingState.QUEUED}
        assert uow.letters.states([]) == {}


def test_reasons_are_looked_up_by_message_and_person_and_move_with_a_message(office: Store) -> None:
    with office.write() as uow:
        first, covered = said("one"), said("two", covered=True)
        uow.reminders.record([first, covered])
        assert uow.reminders.of_messages(["outgoing-1", "other"]) == [first]
        assert uow.reminders.of_messages([]) == []
        assert uow.reminders.said_to([SOMCHAI], first.day) == [first, covered]
        assert uow.reminders.said_to([MALEE], first.day) == []
        uow.reminders.move_day("outgoing-1", first.day + timedelta(days=1))
        assert uow.reminders.of_messages(["outgoing-1"]) == [replace(first, day=first.day + timedelta(days=1))]
        uow.reminders.move_message("outgoing-1", OutgoingId("outgoing-2"))
        assert uow.reminders.of_message("outgoing-1") == []
        assert [each.key for each in uow.reminders.of_message("outgoing-2")] == ["one", "two"]
