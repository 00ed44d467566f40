"""The log keeps its promises on both databases."""

from __future__ import annotations

from typing import Any

from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId
from bot.domain.updates import UpdateId
from bot.ports.records import LogEntry, LogEntryId
from bot.ports.store import Log, Store
from tests.contracts.office import AGENCY, MALEE, NOW, SOMCHAI, a_submitted, later, the_update


def an_entry(number: int = 1, **fields: Any) -> LogEntry:
    return LogEntry(
        **{
            "id": LogEntryId(f"entry-{number}"),
            "at": NOW,
            "action": "plan_imported",
            "agency_id": AGENCY,
            "person_id": SOMCHAI,
            "name": "สมชาย ใจดี",
            "details": {"year": 2567, "numbers": [1, 2]},
        }
        | fields
    )


def fill(store: Store) -> None:
    with store.write() as uow:
        uow.log.add(an_entry(1))
        uow.log.add(an_entry(2, at=later(hours=1), action="round_set"))
        uow.log.add(an_entry(3, at=later(hours=1), person_id=MALEE, name="มาลี สุขใจ"))
        uow.log.add(an_entry(4, at=later(hours=2), agency_id=AgencyId("agency-2")))
        uow.log.add(an_entry(5, at=later(hours=3), agency_id=None, person_id=None, name=""))


def test_an_entry_comes_back_as_it_was_written(store: Store) -> None:
    with store.write() as uow:
        uow.log.add(an_entry())
    with store.read() as uow:
        assert uow.log.entries(AGENCY) == [an_entry()]


def test_entries_are_an_agencys_own_newest_first(store: Store) -> None:
    fill(store)
    with store.read() as uow:
        assert [e.id for e in uow.log.entries(AGENCY)] == ["entry-3", "entry-2", "entry-1"]
        assert [e.id for e in uow.log.entries(None)] == ["entry-5"]
        assert [e.id for e in uow.log.entries(AGENCY, skip=1, limit=1)] == ["entry-2"]


def test_entries_are_chosen_by_action_person_and_time(store: Store) -> None:
    fill(store)
    with store.read() as uow:
        assert [e.id for e in uow.log.entries(AGENCY, actions=["round_set"])] == ["entry-2"]
        assert [e.id for e in uow.log.entries(AGENCY, person_id=MALEE)] == ["entry-3"]
        assert [e.id for e in uow.log.entries(AGENCY, since=later(hours=1))] == ["entry-3", "entry-2"]
        assert [e.id for e in uow.log.entries(AGENCY, before=later(hours=1))] == ["entry-1"]


def test_everybody_who_did_something_is_named_with_their_latest_name(store: Store) -> None:
    fill(store)
    with store.write() as uow:
        uow.log.add(an_entry(6, name="สมชาย ใจดีมาก"))
    with store.read() as uow:
        assert uow.log.people(AGENCY) == [(MALEE, "มาลี สุขใจ"), (SOMCHAI, "สมชาย ใจดีมาก")]


def test_the_log_has_no_way_to_change_or_remove_an_entry() -> None:
    assert {name for name in vars(Log) if not name.startswith("_")} == {"add", "entries", "people"}


def test_who_entered_an_update_for_its_officer_is_kept(office: Store) -> None:
    with office.write() as uow:
        uow.updates.add(a_submitted(entered_by=PersonId("admin-1")))
        assert the_update(uow).entered_by == "admin-1"
        uow.updates.save(a_submitted(id=UpdateId("update-1")))
        assert the_update(uow).entered_by is None
