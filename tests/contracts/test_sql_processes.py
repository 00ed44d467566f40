"""Many writers at once: nothing is lost, nothing is taken twice, and a fork does no harm."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from bot.adapters.sql.store import SqlStore
from bot.domain.errors import OutsideWorld, StaleWrite
from bot.domain.updates import EvidenceId, UpdateId
from bot.ports.records import ReportId
from tests.contracts.office import (
    CHAT,
    NOW,
    a_chat,
    a_message,
    a_person,
    a_photo,
    a_run,
    an_event,
    an_update,
    furnish,
    later,
    the_update,
)
from tests.fixtures_sql import SECRET_KEY

PROCESSES, TIMES = 4, 100


def _count_up(url: str) -> None:
    store = SqlStore(url, secret_key=SECRET_KEY)
    for _ in range(TIMES):
        with store.write() as uow:
            chat = uow.chats.get(CHAT)
            assert chat is not None
            uow.chats.save_state(CHAT, {"count": int(str(chat.state["count"])) + 1}, chat.version)


def test_four_processes_that_read_and_write_the_same_row_lose_nothing(sqlite_store: SqlStore, sqlite_url: str) -> None:
    with sqlite_store.write() as uow:
        uow.people.add(a_person())
        uow.chats.add(a_chat(state={"count": 0}))
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=_count_up, args=(sqlite_url,)) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * PROCESSES
    with sqlite_store.read() as uow:
        chat = uow.chats.get(CHAT)
        assert chat is not None
        assert (chat.state["count"], chat.version) == (PROCESSES * TIMES, PROCESSES * TIMES)


def _at_once(work: Callable[[int], Any]) -> list[Any]:
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(work, range(8)))


def test_of_many_claimants_one_gets_each_thing(store: SqlStore) -> None:
    furnish(store)
    with store.write() as uow:
        uow.outbox.add(a_message())
        uow.reports.add(a_run())
        uow.updates.add(an_update())
        uow.updates.add_evidence(UpdateId("update-1"), a_photo(), CHAT)

    def claim(_: int) -> tuple[bool, bool, bool]:
        with store.write() as uow:
            until = later(minutes=5)
            return (
                bool(uow.outbox.claim([CHAT], NOW, until)),
                uow.reports.claim(ReportId("report-1"), NOW, until) is not None,
                uow.updates.claim_media(EvidenceId("evidence-1"), NOW, until) is not None,
            )

    assert [sum(kind) for kind in zip(*_at_once(claim), strict=True)] == [1, 1, 1]


def test_an_event_delivered_twice_at_once_is_stored_once(store: SqlStore) -> None:
    furnish(store)

    def deliver(number: int) -> bool:
        with store.write() as uow:
            return uow.chats.add_event(an_event(number, webhook_event_id="the same"))

    assert sum(_at_once(deliver)) == 1


def test_a_chat_added_twice_at_once_is_one(store: SqlStore) -> None:
    furnish(store)

    def follow(number: int) -> str:
        with store.write() as uow:
            return uow.chats.add(a_chat(id=f"chat-new-{number}", line_user_id="U-new")).id

    assert len(set(_at_once(follow))) == 1


def test_writers_of_one_update_wait_for_each_other(store: SqlStore) -> None:
    furnish(store)
    with store.write() as uow:
        uow.updates.add(an_update(summary=""))

    def add_letter(number: int) -> None:
        with store.write() as uow:
            update = the_update(uow)
            uow.updates.save(replace(update, summary=f"{update.summary}{number}"))

    _at_once(add_letter)
    with store.read() as uow:
        assert sorted(str(the_update(uow).summary)) == list("01234567")


def test_a_captioned_photo_and_its_fetched_bytes_are_both_kept(store: SqlStore) -> None:
    furnish(store)
    with store.write() as uow:
        uow.updates.add(an_update())
        uow.updates.add_evidence(UpdateId("update-1"), a_photo(caption=""), CHAT)

    def add_letter(number: int) -> None:
        with store.write() as uow:
            piece = uow.updates.evidence(EvidenceId("evidence-1"))
            assert piece is not None
            uow.updates.save_evidence(replace(piece, caption=f"{piece.caption}{number}"))

    _at_once(add_letter)
    with store.read() as uow:
        assert sorted(str(the_update(uow).evidence[0].caption)) == list("01234567")


def test_of_two_turns_of_one_chat_the_slower_is_told(store: SqlStore) -> None:
    furnish(store)

    def turn(_: int) -> bool:
        try:
            with store.write() as uow:
                uow.chats.save_state(CHAT, {"flow": "idle"}, 0)
        except StaleWrite:
            return False
        return True

    assert sum(_at_once(turn)) == 1


def test_a_new_event_does_not_wait_for_a_turn_of_its_chat(postgres_store: SqlStore) -> None:
    # SQLite's writers always wait for each other; PostgreSQL's must not, for LINE is waiting for the answer.
    furnish(postgres_store)
    with postgres_store.write() as turn:
        turn.chats.save_state(CHAT, {"flow": "idle"}, 0)
        with postgres_store.write() as webhook:
            assert webhook.chats.add_event(an_event())


def test_a_writer_that_waited_too_long_may_try_again(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, sqlite_store: SqlStore
) -> None:
    monkeypatch.setattr("bot.adapters.sql.engine.BUSY_TIMEOUT_SECONDS", 0)
    impatient = SqlStore(sqlite_url, secret_key=SECRET_KEY)
    with sqlite_store.write(), pytest.raises(OutsideWorld, match="busy") as caught, impatient.write():
        pass
    assert caught.value.retry_after == 1
    impatient.close()


def test_deadlocked_writers_may_try_again(postgres_store: SqlStore) -> None:
    furnish(postgres_store)
    with postgres_store.write() as uow:
        uow.outbox.add(a_message(1))
        uow.outbox.add(a_message(2))

    def both(first: int, second: int, meet: Any) -> float | None:
        try:
            with postgres_store.write() as uow:
                uow.outbox.get(f"outgoing-{first}")
                meet.wait()
                uow.outbox.get(f"outgoing-{second}")
        except OutsideWorld as error:
            return error.retry_after
        return None

    import threading

    meet = threading.Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.submit(both, 1, 2, meet), pool.submit(both, 2, 1, meet)
        assert {one.result(), other.result()} == {None, 1}


def test_a_forked_child_and_its_parent_both_go_on(store: SqlStore) -> None:
    furnish(store)
    child = os.fork()
    if child == 0:
        try:
            with store.write() as uow:
                uow.chats.save_state(CHAT, {"from": "child"}, 0)
            os._exit(0)
        except BaseException:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    with store.write() as uow:
        uow.chats.save_state(CHAT, {"from": "parent"}, 1)


def test_a_child_forked_inside_a_transaction_does_not_disturb_it(store: SqlStore) -> None:
    furnish(store)
    with store.write() as uow:
        uow.chats.save_state(CHAT, {"from": "parent"}, 0)
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
    with store.read() as uow:
        chat = uow.chats.get(CHAT)
        assert chat is not None
        assert chat.state == {"from": "parent"}
