"""Outgoing messages keep their promises on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import StaleWrite
from bot.ports.records import OutgoingState
from bot.ports.store import Store
from tests.contracts.office import CHAT, NOW, OTHER_CHAT, a_message, later

UNTIL = later(seconds=45)


def test_a_message_comes_back_exactly_and_is_overwritten_by_saving(office: Store) -> None:
    full = a_message(
        key="reminder-1",
        reply_token="token",
        reply_until=later(minutes=1),
        reply_tried=True,
        matters=False,
        state=OutgoingState.SENT,
        attempts=2,
        sent_at=later(seconds=1),
        error="ข้อความ",
        request_id="request",
    )
    with office.write() as uow:
        assert uow.outbox.add(a_message(key="reminder-1"))
        assert uow.outbox.get("outgoing-1") == a_message(key="reminder-1")
        uow.outbox.save(full)
        assert uow.outbox.get("outgoing-1") == full
        assert uow.outbox.get("none") is None


def test_saving_a_message_that_was_never_stored_says_so(office: Store) -> None:
    with pytest.raises(StaleWrite), office.write() as uow:
        uow.outbox.save(a_message())


def test_a_message_with_a_known_key_is_not_stored_again(office: Store) -> None:
    with office.write() as uow:
        assert uow.outbox.add(a_message(1, key="once"))
        assert not uow.outbox.add(a_message(2, key="once"))
        assert uow.outbox.add(a_message(3))
        assert uow.outbox.add(a_message(4))
        assert uow.outbox.with_keys(["once", "never"]) == {"once"}
        assert uow.outbox.with_keys([]) == set()
        assert uow.outbox.get("outgoing-2") is None


def test_a_known_id_under_another_key_is_a_bug_and_stays_loud(office: Store) -> None:
    with office.write() as uow:
        uow.outbox.add(a_message(1, key="one"))
    with pytest.raises(IntegrityError), office.write() as uow:
        uow.outbox.add(a_message(1, key="two"))


def test_messages_of_a_chat_are_claimed_oldest_first_and_one_at_a_time(office: Store) -> None:
    with office.write() as uow:
        uow.outbox.add(a_message(9))
        uow.outbox.add(a_message(8))
        uow.outbox.add(a_message(7, created_at=later(seconds=-1)))
        uow.outbox.add(a_message(6, chat_id=OTHER_CHAT))
    for expected in ("outgoing-7", "outgoing-9", "outgoing-8"):
        with office.write() as uow:
            (message,) = uow.outbox.claim([CHAT], NOW, UNTIL)
            assert message.id == expected
            assert uow.outbox.claim([CHAT], NOW, UNTIL) == []
            uow.outbox.save(replace(message, state=OutgoingState.SENT))
    with office.write() as uow:
        assert uow.outbox.claim([CHAT], NOW, UNTIL) == []


def test_a_claim_outlasts_saving_and_ends_by_itself(office: Store) -> None:
    with office.write() as uow:
        uow.outbox.add(a_message())
        (message,) = uow.outbox.claim([CHAT], NOW, UNTIL)
        uow.outbox.save(replace(message, reply_tried=True))
        assert uow.outbox.claim([CHAT], later(seconds=44), later(minutes=2)) == []
        (again,) = uow.outbox.claim([CHAT], UNTIL, later(minutes=2))
        assert again.reply_tried


def test_a_message_that_waits_for_its_next_try_holds_up_those_behind_it(office: Store) -> None:
    with office.write() as uow:
        uow.outbox.add(a_message(1))
        uow.outbox.add(a_message(2))
        uow.outbox.add(a_message(3, chat_id=OTHER_CHAT, next_try_at=later(seconds=-9)))
        (first,) = uow.outbox.claim([CHAT], NOW, UNTIL)
        uow.outbox.save(replace(first, next_try_at=later(minutes=1)))
        assert uow.outbox.claim([CHAT], NOW, UNTIL) == []
        assert uow.outbox.chats_due(NOW, 10) == [OTHER_CHAT]
        assert uow.backlog(NOW).messages_due == 1
        assert uow.outbox.chats_due(later(minutes=1), 10) == [OTHER_CHAT, CHAT]
        assert uow.outbox.chats_due(later(minutes=1), 1) == [OTHER_CHAT]
        assert uow.backlog(later(minutes=1)).messages_due == 3


def test_a_message_being_delivered_is_still_due_but_not_to_be_claimed(office: Store) -> None:
    with office.write() as uow:
        uow.outbox.add(a_message(1))
        uow.outbox.add(a_message(2))
        uow.outbox.claim([CHAT], NOW, UNTIL)
        assert uow.outbox.chats_due(NOW, 10) == []
        assert uow.backlog(NOW).messages_due == 2


def test_many_chats_are_claimed_at_once_each_with_its_oldest_message(office: Store) -> None:
    with office.write() as uow:
        uow.outbox.add(a_message(1))
        uow.outbox.add(a_message(2))
        uow.outbox.add(a_message(3, chat_id=OTHER_CHAT, created_at=later(seconds=-1)))
        claimed = uow.outbox.claim([CHAT, OTHER_CHAT], NOW, UNTIL)
        assert [message.id for message in claimed] == ["outgoing-3", "outgoing-1"]
        assert uow.outbox.claim([CHAT, OTHER_CHAT], NOW, UNTIL) == []
        assert uow.outbox.claim([], NOW, UNTIL) == []


def test_what_became_of_many_is_written_at_once_and_the_gone_are_passed_over(office: Store) -> None:
    first, other, gone = a_message(1), a_message(3, chat_id=OTHER_CHAT), a_message(9)
    with office.write() as uow:
        uow.outbox.add(first)
        uow.outbox.add(other)
        done = [replace(each, state=OutgoingState.SENT, request_id=f"r-{each.id}") for each in (first, gone, other)]
        uow.outbox.save_all(done)
        uow.outbox.save_all([])
        assert [uow.outbox.get(each.id) for each in done] == [done[0], None, done[2]]


def test_claims_on_what_is_under_way_are_renewed_together(office: Store) -> None:
    with office.write() as uow:
        uow.outbox.add(a_message(1))
        uow.outbox.add(a_message(3, chat_id=OTHER_CHAT))
        one, other = uow.outbox.claim([CHAT, OTHER_CHAT], NOW, UNTIL)
        uow.outbox.save(replace(other, state=OutgoingState.SENT))
        uow.outbox.extend([one.id, other.id], later(minutes=3))
        uow.outbox.extend([], later(minutes=9))
        assert uow.outbox.claim([CHAT, OTHER_CHAT], later(minutes=2), later(minutes=4)) == []
        assert len(uow.outbox.claim([CHAT, OTHER_CHAT], later(minutes=3), later(minutes=4))) == 1


def test_of_messages_that_go_in_one_call_the_first_stands_for_all(office: Store) -> None:
    with office.write() as uow:
        uow.outbox.add(a_message(1, multicast_key="call"))
        uow.outbox.add(a_message(3, chat_id=OTHER_CHAT, multicast_key="call"))
        assert uow.outbox.chats_due(NOW, 10) == [CHAT]
        assert uow.outbox.claim([OTHER_CHAT], NOW, UNTIL) == []
        (first,) = uow.outbox.claim([CHAT, OTHER_CHAT], NOW, UNTIL)
        together = uow.outbox.claim_with(["call"], UNTIL)
        assert [message.id for message in together] == [first.id, "outgoing-3"]
        assert uow.outbox.claim_with([], UNTIL) == []
        uow.outbox.save(replace(first, state=OutgoingState.EXPIRED))
        assert uow.outbox.chats_due(NOW, 10) == []
        assert uow.outbox.chats_due(UNTIL, 10) == [OTHER_CHAT]
        assert [message.id for message in uow.outbox.claim([OTHER_CHAT], UNTIL, later(minutes=2))] == ["outgoing-3"]


def test_the_newest_of_a_kind_is_the_one_made_last(office: Store) -> None:
    with office.write() as uow:
        for number, minutes in ((1, 5), (2, 9), (3, 1)):
            uow.outbox.add(a_message(number, created_at=later(minutes=minutes)))
        uow.outbox.add(a_message(4, kind="reminder", created_at=later(minutes=20)))
        uow.outbox.add(a_message(5, chat_id=OTHER_CHAT, created_at=later(minutes=30)))
        newest = uow.outbox.newest(CHAT, "turn")
        assert newest is not None
        assert newest.id == "outgoing-2"
        assert uow.outbox.newest(CHAT, "report") is None
