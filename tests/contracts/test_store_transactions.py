"""Units of work keep their promises on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.agencies import AgencyId
from bot.domain.calendar import BANGKOK
from bot.domain.updates import UpdateId
from bot.ports.records import Backlog, ReportState
from bot.ports.store import Store
from tests.contracts.office import (
    AGENCY,
    CHAT,
    NOW,
    a_message,
    a_photo,
    a_run,
    an_agency,
    an_event,
    an_update,
    later,
)


def test_an_exception_rolls_everything_back(store: Store) -> None:
    def fail_halfway() -> None:
        with store.write() as uow:
            uow.agencies.add(an_agency())
            raise KeyError

    with pytest.raises(KeyError):
        fail_halfway()
    with store.read() as uow:
        assert uow.agencies.all() == []


def test_leaving_the_block_commits(store: Store) -> None:
    with store.write() as uow:
        uow.agencies.add(an_agency())
    with store.read() as uow:
        assert uow.agencies.get(AGENCY) == an_agency()


def test_a_reading_unit_of_work_refuses_to_write(store: Store) -> None:
    with pytest.raises(RuntimeError, match="reading"), store.read() as uow:
        uow.agencies.add(an_agency())


def test_a_reader_sees_one_state_while_others_write(store: Store) -> None:
    with store.write() as uow:
        uow.agencies.add(an_agency())
    with store.read() as reader:
        assert len(reader.agencies.all()) == 1
        with store.write() as writer:
            writer.agencies.add(an_agency(id=AgencyId("agency-2")))
        assert len(reader.agencies.all()) == 1
    with store.read() as reader:
        assert len(reader.agencies.all()) == 2


def test_moments_come_back_in_bangkok_time_whatever_zone_they_had(office: Store) -> None:
    in_utc = datetime(2024, 3, 4, 2, 0, 0, 5, tzinfo=UTC)
    with office.write() as uow:
        uow.chats.add_event(an_event(at=in_utc))
        (stored,) = uow.chats.unread(CHAT, 1)
    assert stored.at == in_utc
    assert stored.at.tzinfo is BANGKOK


def test_a_moment_without_a_zone_is_a_bug_and_stays_loud(office: Store) -> None:
    naive = datetime(2024, 3, 4, 9, 0)
    with pytest.raises(Exception, match="without a zone"), office.write() as uow:
        uow.chats.add_event(an_event(at=naive))


def test_the_backlog_of_an_idle_store_is_empty(office: Store) -> None:
    with office.read() as uow:
        assert uow.backlog(NOW) == Backlog()


def test_the_backlog_counts_what_is_left_to_do(office: Store) -> None:
    with office.write() as uow:
        uow.chats.add_event(an_event(1))
        uow.chats.add_event(an_event(2))
        uow.chats.add_event(an_event(3), read=True)
        uow.outbox.add(a_message())
        uow.outbox.add(a_message(2, created_at=later(hours=1), next_try_at=later(hours=1)))
        uow.updates.add(an_update())
        uow.updates.add_evidence(UpdateId("update-1"), a_photo(), CHAT)
        uow.reports.add(a_run(1))
        uow.reports.add(a_run(2, state=ReportState.RUNNING))
        uow.reports.add(a_run(3, state=ReportState.FAILED))
        assert uow.backlog(NOW) == Backlog(events_unread=2, messages_due=1, media_wanted=1, compiles_open=2)


def test_a_reachable_store_answers_a_ping(store: Store) -> None:
    store.ping()
