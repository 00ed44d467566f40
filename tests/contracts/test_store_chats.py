"""Chats and events keep their promises on both databases."""

from __future__ import annotations

import pytest

from bot.domain.errors import StaleWrite
from bot.domain.people import ChatId, PersonId
from bot.ports.records import DEFAULT_CHANNEL, ChannelId, Contact, EventId
from bot.ports.store import Store
from tests.contracts.office import CHAT, MALEE, NOW, OTHER_CHAT, SOMCHAI, a_chat, an_event, later


def test_a_chat_is_added_once_per_channel_and_line_user(office: Store) -> None:
    with office.write() as uow:
        assert uow.chats.add(a_chat(id=ChatId("again"))) == a_chat()
        other = a_chat(id=ChatId("elsewhere"), channel_id=ChannelId("province"), person_id=None)
        assert uow.chats.add(other) == other
    with office.read() as uow:
        assert uow.chats.get(CHAT) == a_chat()
        assert uow.chats.get(ChatId("again")) is None
        assert uow.chats.of_line_user(DEFAULT_CHANNEL, "U-somchai") == a_chat()
        assert uow.chats.of_line_user(DEFAULT_CHANNEL, "U-nobody") is None


def test_a_persons_chat_is_the_newest_that_is_not_blocked(office: Store) -> None:
    with office.write() as uow:
        uow.chats.add(a_chat(id=ChatId("newer"), channel_id=ChannelId("province")))
        found = uow.chats.of_person(SOMCHAI)
        assert found is not None
        assert found.id == "newer"
        uow.chats.set_blocked(ChatId("newer"), True)
        found = uow.chats.of_person(SOMCHAI)
        assert found is not None
        assert found.id == CHAT
        assert uow.chats.of_person(PersonId("nobody")) is None


def test_those_with_an_unblocked_chat_have_joined(office: Store) -> None:
    with office.write() as uow:
        uow.chats.set_blocked(OTHER_CHAT, True)
        assert uow.chats.joined([SOMCHAI, MALEE, PersonId("nobody")]) == {SOMCHAI}
        assert uow.chats.joined([]) == set()


def test_a_chat_gets_its_person(office: Store) -> None:
    with office.write() as uow:
        uow.chats.set_person(CHAT, MALEE)
        found = uow.chats.get(CHAT)
        assert found is not None
        assert found.person_id == MALEE


def test_state_is_written_only_over_the_version_that_was_read(office: Store) -> None:
    with office.write() as uow:
        uow.chats.save_state(CHAT, {"flow": "progress", "serial": 1}, 0)
    with pytest.raises(StaleWrite), office.write() as uow:
        uow.chats.save_state(CHAT, {"flow": "idle"}, 0)
    with office.read() as uow:
        found = uow.chats.get(CHAT)
        assert found is not None
        assert (found.state, found.version) == ({"flow": "progress", "serial": 1}, 1)


def test_an_event_is_stored_once_per_channel(office: Store) -> None:
    with office.write() as uow:
        assert uow.chats.add_event(an_event())
        assert not uow.chats.add_event(an_event(2, webhook_event_id="webhook-1"))
        assert uow.chats.add_event(an_event(3, webhook_event_id="webhook-1", channel_id=ChannelId("province")))
        assert uow.chats.unread(CHAT, 10)[0] == an_event()


def test_an_event_with_text_that_utf8_cannot_hold_comes_back_exactly(office: Store) -> None:
    odd = an_event(payload={"text": "ก\ud83d\x00ข"})
    with office.write() as uow:
        uow.chats.add_event(odd)
        assert uow.chats.unread(CHAT, 1) == [odd]


def test_unread_events_come_by_lines_timestamp_then_arrival(office: Store) -> None:
    with office.write() as uow:
        uow.chats.add_event(an_event(9, at=later(seconds=2)))
        uow.chats.add_event(an_event(8, at=later(seconds=2)))
        uow.chats.add_event(an_event(7, at=later(seconds=1), received_at=later(hours=1)))
        uow.chats.add_event(an_event(6, chat_id=OTHER_CHAT))
        uow.chats.add_event(an_event(5), read=True)
    with office.read() as uow:
        assert [event.id for event in uow.chats.unread(CHAT, 10)] == ["event-7", "event-9", "event-8"]
        assert [event.id for event in uow.chats.unread(CHAT, 1)] == ["event-7"]


def test_read_events_are_not_unread(office: Store) -> None:
    with office.write() as uow:
        for number in (1, 2, 3):
            uow.chats.add_event(an_event(number))
        uow.chats.mark_read([EventId("event-1"), EventId("event-3")], NOW)
        uow.chats.mark_read([], NOW)
        assert [event.id for event in uow.chats.unread(CHAT, 10)] == ["event-2"]


def test_a_failing_event_is_counted_and_at_last_given_up(office: Store) -> None:
    with office.write() as uow:
        uow.chats.add_event(an_event())
        uow.chats.fail_event(EventId("event-1"), "KeyError('x')", give_up=False, at=NOW)
        assert uow.chats.unread(CHAT, 1)[0].attempts == 1
        uow.chats.fail_event(EventId("event-1"), "KeyError('x')", give_up=True, at=NOW)
        assert uow.chats.unread(CHAT, 1) == []


def test_chats_with_unread_events_are_found_longest_waiting_first(office: Store) -> None:
    with office.write() as uow:
        uow.chats.add_event(an_event(1, received_at=later(seconds=5)))
        uow.chats.add_event(an_event(2, received_at=later(seconds=9)))
        uow.chats.add_event(an_event(3, chat_id=OTHER_CHAT, received_at=later(seconds=3)))
        uow.chats.add_event(an_event(4, chat_id=None), read=True)
    with office.read() as uow:
        assert uow.chats.chats_with_unread(later(seconds=10), 10) == [OTHER_CHAT, CHAT]
        assert uow.chats.chats_with_unread(later(seconds=10), 1) == [OTHER_CHAT]
        assert uow.chats.chats_with_unread(later(seconds=5), 10) == [OTHER_CHAT]


def test_contacts_tell_who_can_be_reached_and_when_they_were_last_there(office: Store) -> None:
    with office.write() as uow:
        uow.chats.add_event(an_event(1, at=NOW))
        uow.chats.add_event(an_event(2, at=later(hours=2)))
        uow.chats.set_blocked(OTHER_CHAT, True)
        found = uow.chats.contacts([SOMCHAI, MALEE, PersonId("nobody")])
        assert found == {SOMCHAI: Contact(blocked=False, last_seen=later(hours=2)), MALEE: Contact(blocked=True)}
        assert uow.chats.contacts([]) == {}


def test_somebody_with_two_chats_is_reached_by_the_one_that_is_not_blocked(office: Store) -> None:
    with office.write() as uow:
        uow.chats.set_person(OTHER_CHAT, SOMCHAI)
        uow.chats.set_blocked(CHAT, True)
        uow.chats.add_event(an_event(1, at=later(hours=1)))
        uow.chats.add_event(an_event(2, at=NOW, chat_id=OTHER_CHAT))
        assert uow.chats.contacts([SOMCHAI]) == {SOMCHAI: Contact(blocked=False, last_seen=later(hours=1))}


def test_events_that_were_given_up_are_listed_without_what_people_wrote_and_can_be_read_again(office: Store) -> None:
    with office.write() as uow:
        for number in (1, 2, 3):
            uow.chats.add_event(an_event(number))
        for attempt in range(3):
            uow.chats.fail_event(EventId("event-1"), "ValueError('secret')", give_up=attempt == 2, at=NOW)
        uow.chats.fail_event(EventId("event-2"), "ValueError('once')", give_up=False, at=NOW)
        uow.chats.mark_read([EventId("event-2")], NOW)
        (failed,) = uow.chats.failed_events(3, 9)
        assert (failed.id, failed.problem, failed.attempts, failed.chat_id) == ("event-1", "ValueError", 3, CHAT)
        assert uow.chats.retry_event(EventId("event-1")) == CHAT
        assert uow.chats.retry_event(EventId("event-1")) is None
        assert uow.chats.retry_event(EventId("event-3")) is None
        assert uow.chats.failed_events(3, 9) == []
        assert {(e.id, e.attempts) for e in uow.chats.unread(CHAT, 9)} == {("event-1", 0), ("event-3", 0)}


def test_what_happened_after_a_moment_is_known_by_lines_clock(office: Store) -> None:
    with office.write() as uow:
        uow.chats.add_event(an_event(1, at=later(minutes=5), kind="follow", received_at=NOW), read=True)
        uow.chats.add_event(an_event(2, at=later(minutes=9), chat_id=OTHER_CHAT))
        assert uow.chats.happened_after(CHAT, NOW)
        assert uow.chats.happened_after(CHAT, NOW, "follow")
        assert not uow.chats.happened_after(CHAT, NOW, "unfollow")
        assert not uow.chats.happened_after(CHAT, later(minutes=5))
