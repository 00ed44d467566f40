"""`remind`: who, when, and never twice, through the simulator."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.adapters.sql.store import SqlStore
from bot.bootstrap import Runtime
from bot.config import Settings
from bot.domain.agencies import AgencyId
from bot.domain.people import ChatId, Membership, Person, PersonId, Role
from bot.ports.records import DEFAULT_CHANNEL, Chat, ChatKind, Group, OutgoingState
from bot.simulator.client import SimulatorClient
from tests.cli.conftest import Cli, database_of

ROOT = Path(__file__).parents[2]
YEAR = ("--agency", "dee", "--fiscal-year", 2567)
OPENING, WEEK_BEFORE = "2024-03-01T09:00", "2024-04-03T09:00"


def _store() -> SqlStore:
    return Runtime(Settings.from_env()).store


def _joins(office: Cli, line: SimulatorClient, name: str, measures: str) -> str:
    """A person who has joined already; returns the LINE user."""
    user = str(line.create_person(name)["user_id"])
    store = _store()
    with store.write() as uow:
        person = Person(id=PersonId(f"p-{name}"), name=name)
        uow.people.add(person)
        uow.people.add_membership(Membership(person_id=person.id, role=Role.OFFICER, agency_id=AgencyId("dee")))
        uow.chats.add(Chat(id=ChatId(f"c-{name}"), channel_id=DEFAULT_CHANNEL, line_user_id=user, person_id=person.id))
    store.close()
    assert office("assign", *YEAR, "--measures", measures, "--to", name).status == 0
    return user


@pytest.fixture
def people(office: Cli, line: SimulatorClient) -> dict[str, str]:
    """Two officers with measures and their LINE users."""
    return {"มาลี": _joins(office, line, "มาลี", "1,2"), "สมศักดิ์": _joins(office, line, "สมศักดิ์", "3")}


def _pushed(line: SimulatorClient, user: str) -> list[str]:
    return [entry.text for entry in line.chat(user) if entry.by == "bot"]


def test_a_line_a_message_with_person_measures_rule_and_key(
    office: Cli, line: SimulatorClient, people: dict[str, str]
) -> None:
    ran = office("remind", "--at", OPENING)
    assert ran.status == 0
    rows = [row.split("\t") for row in ran.lines]
    assert sorted((name, measures, rule) for name, measures, rule, _ in rows) == [
        ("มาลี", "1,2", "opening"),
        ("สมศักดิ์", "3", "opening"),
    ]
    assert len({key for *_, key in rows}) == 2
    (malee,) = _pushed(line, people["มาลี"])
    assert "จัดทำคู่มือบริการ" in malee
    assert "รับเรื่องร้องเรียน" not in malee


def test_the_same_moment_again_sends_nothing(office: Cli, line: SimulatorClient, people: dict[str, str]) -> None:
    assert len(office("remind", "--at", OPENING, "--json").json) == 2
    for moment in (OPENING, "2024-03-01T09:01", "2024-03-08T10:00"):
        again = office("remind", "--at", moment, "--json")
        assert (again.status, again.json) == (0, [])
    assert [row["rule"] for row in office("remind", "--at", WEEK_BEFORE, "--json").json] == ["due-7", "due-7"]
    assert office("remind", "--at", WEEK_BEFORE, "--json").json == []
    assert len(_pushed(line, people["มาลี"])) == 2


def test_a_dry_run_shows_the_same_and_sends_nothing(
    office: Cli, line: SimulatorClient, people: dict[str, str], sqlite_url: str
) -> None:
    before = database_of(sqlite_url)
    dry = office("remind", "--at", OPENING, "--dry-run")
    assert database_of(sqlite_url) == before
    assert _pushed(line, people["มาลี"]) == []
    assert office("remind", "--at", OPENING).lines == dry.lines != []


def test_the_weeks_digest_for_a_group_is_shown_and_said_too(office: Cli, people: dict[str, str]) -> None:
    store = _store()
    with store.write() as uow:
        uow.chats.add(
            Chat(id=ChatId("g"), channel_id=DEFAULT_CHANNEL, line_user_id="C" + "7" * 32, kind=ChatKind.GROUP)
        )
        uow.groups.save(Group(chat_id=ChatId("g"), agency_id=AgencyId("dee"), linked_at=datetime.now(UTC)))
    assert office("reminders", "rules", "--agency", "dee", "--rule", "group-week", "--on").status == 0
    monday = ("remind", "--at", "2024-03-04T09:00")
    dry = office(*monday, "--dry-run")
    assert [row.split("\t")[1:3] for row in dry.lines if "group-week" in row] == [["", "group-week"]]
    with store.read() as uow:
        assert uow.outbox.in_states(list(OutgoingState), 5) == []
    assert office(*monday).lines == dry.lines
    assert "group_of" not in office(*monday, "--json").out, "once a week"
    with store.read() as uow:
        assert "group_digest" in {each.kind for each in uow.outbox.in_states(list(OutgoingState), 5)}
    store.close()


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    "moment",
    [
        "2024-02-29T09:00",  # the day before it opens
        "2024-03-01T08:29",
        "2024-03-01T16:31",
        "2024-03-02T09:00",  # a Saturday
        "2024-03-01T23:00Z",  # already Saturday in Bangkok
        "2024-05-02T09:00",  # locked
        "2024-04-12T09:00",  # a special holiday of that year
        "2024-08-20T09:00",  # no round open
    ],
)
def test_nobody_is_reminded_at_a_wrong_moment(office: Cli, moment: str) -> None:
    ran = office("remind", "--at", moment)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err


@pytest.mark.usefixtures("people")
def test_an_opening_on_a_weekend_is_told_on_monday(office: Cli) -> None:
    office("round", "set", *YEAR, "--round", 6, "--open", "2024-03-02")
    assert office("remind", "--at", "2024-03-02T09:00", "--json").json == []
    assert len(office("remind", "--at", "2024-03-04T09:00", "--json").json) == 2


@pytest.mark.usefixtures("people")
def test_a_moment_with_another_offset_is_the_same_moment(office: Cli) -> None:
    assert len(office("remind", "--at", "2024-03-01T02:00+00:00", "--json").json) == 2


def test_who_has_reported_or_blocked_hears_nothing(office: Cli, people: dict[str, str], plan_file: object) -> None:
    store = _store()
    with store.write() as uow:
        uow.chats.set_blocked(ChatId("c-สมศักดิ์"), True)
    store.close()
    assert [row["person"] for row in office("remind", "--at", OPENING, "--json").json] == ["มาลี"]


def test_while_line_is_down_the_reminder_is_kept_and_sent_later(
    office: Cli, line: SimulatorClient, people: dict[str, str]
) -> None:
    line.add_fault("unavailable", path="/v2/bot/message/*")
    ran = office("remind", "--at", OPENING, "--json")
    assert (ran.status, len(ran.json)) == (0, 2)
    assert _pushed(line, people["มาลี"]) == []
    line.clear_faults()
    waiting = Runtime(Settings.from_env())
    with waiting.store.write() as uow:
        for name in people:
            (message,) = uow.outbox.claim([ChatId(f"c-{name}")], _far_future(), _far_future())
            assert message is not None
    waiting.store.close()
    assert office("remind", "--at", OPENING, "--json").json == []


def _far_future() -> object:
    from datetime import datetime

    from bot.domain.calendar import BANGKOK

    return datetime(2100, 1, 1, tzinfo=BANGKOK)


@pytest.mark.parametrize("moment", ["tomorrow", "2024-13-01T09:00", "01/03/2567"])
def test_a_time_that_is_none_is_wrong_usage(cli: Cli, moment: str) -> None:
    ran = cli("remind", "--at", moment)
    assert ran.status == 2
    assert moment in ran.err


def test_clocks_that_are_processes_of_their_own_remind_everybody_once(
    office: Cli, line: SimulatorClient, people: dict[str, str]
) -> None:
    """Four at the same moment, each with a database connection of its own; one of them is killed at once."""
    command = [sys.executable, "-m", "bot", "remind", "--at", OPENING]
    clocks = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(5)]
    clocks[0].kill()
    said = [line for clock in clocks for line in clock.communicate(timeout=60)[0].splitlines()]
    assert [clock.returncode for clock in clocks[1:]] == [0] * 4
    assert len(said) <= len(people), "the killed one may have stored a message, which the next delivery takes"
    assert office("remind", "--at", OPENING).lines == []
    store = _store()
    with store.read() as uow:
        stored = [m for m in uow.outbox.in_states(list(OutgoingState), 50) if m.kind == "reminder"]
    store.close()
    assert sorted(m.chat_id for m in stored) == sorted(f"c-{name}" for name in people)
    assert all(len(_pushed(line, user)) <= 1 for user in people.values())
