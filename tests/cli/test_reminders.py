"""`reminders`: rules, holidays, leave, reasons, failed messages, the year ahead, calendar feeds."""

from __future__ import annotations

import pytest

from bot.simulator.client import SimulatorClient
from tests.cli.conftest import Cli
from tests.cli.test_remind import OPENING, YEAR, _joins, _pushed

DEE = ("--agency", "dee")


@pytest.fixture
def malee(office: Cli, line: SimulatorClient) -> str:
    """An officer with two measures; returns her LINE user."""
    return _joins(office, line, "มาลี", "1,2")


@pytest.mark.usefixtures("malee")
def test_a_rule_is_switched_off_moved_and_set_back(office: Cli) -> None:
    def rule(key: str) -> object:
        return next(row for row in office("reminders", "rules", *DEE, "--json").json if row["rule"] == key)

    before = rule("opening")
    assert office("reminders", "rules", *DEE, "--rule", "opening", "--off").status == 0
    assert office("remind", "--at", OPENING, "--dry-run", "--json").json == []
    assert office("reminders", "rules", *DEE, "--rule", "opening", "--on").status == 0
    assert rule("opening") == before
    assert len(office("remind", "--at", OPENING, "--dry-run", "--json").json) == 1
    assert office("reminders", "rules", *DEE, "--rule", "due-7", "--days", 7).status == 2
    assert office("reminders", "rules", "--agency", "none").status == 2


@pytest.mark.usefixtures("malee")
def test_a_day_off_moves_the_opening(office: Cli) -> None:
    assert office("reminders", "holiday", *DEE, "--add", "2024-03-01", "--name", "งานวัด").status == 0
    assert office("remind", "--at", OPENING, "--json").json == []
    assert any("งานวัด" in line for line in office("reminders", "holiday").lines)
    assert office("reminders", "holiday", *DEE, "--remove", "2024-03-01").status == 0
    assert len(office("remind", "--at", OPENING, "--json").json) == 1


@pytest.mark.usefixtures("malee")
def test_leave_and_quiet_hours(office: Cli) -> None:
    on_leave = office("reminders", "leave", *DEE, "--name", "มาลี", "--from", "2024-03-01", "--until", "2024-03-01")
    assert on_leave.status == 0
    assert office("remind", "--at", OPENING, "--json").json == []
    assert office("reminders", "leave", *DEE, "--name", "มาลี").status == 0
    quiet = office("reminders", "quiet", *DEE, "--name", "มาลี", "--from", "08:30", "--until", "10:00")
    assert quiet.status == 0
    assert office("remind", "--at", OPENING, "--json").json == []
    assert len(office("remind", "--at", "2024-03-01T10:00", "--json").json) == 1
    assert office("reminders", "quiet", *DEE, "--name", "ใครไม่รู้", "--from", "12:00", "--until", "13:00").status == 2


def test_a_failed_message_is_shown_with_lines_words_and_sent_again(
    office: Cli, line: SimulatorClient, malee: str
) -> None:
    line.add_fault("error", path="/v2/bot/message/push", status=400, calls=1)
    office("remind", "--at", OPENING)
    (dead,) = office("reminders", "failed", "--json").json
    assert (dead["person"], dead["state"]) == ("มาลี", "refused")
    assert office("reminders", "send-again", dead["message"]).status == 0
    assert len(_pushed(line, malee)) == 1
    assert office("reminders", "failed", "--json").json == []
    assert office("reminders", "send-again", dead["message"]).status == 2
    assert office("reminders", "send-again", "nothing").status == 2


@pytest.mark.usefixtures("malee")
def test_figures_and_the_year_ahead(office: Cli) -> None:
    office("remind", "--at", OPENING)
    (found,) = office("reminders", "figures", *YEAR, "--round", 6, "--json").json
    assert found == {"states": {"sent": 1}, "rules": {"opening": 1}, "unreachable": []}
    assert office("reminders", "year", *DEE).status == 0
    assert office("reminders", "quota").status == 0
    assert office("reminders", "held", *DEE).out == ""


@pytest.mark.usefixtures("malee")
def test_a_feed_is_made_and_revoked(office: Cli) -> None:
    made = office("reminders", "feed", *DEE, "--name", "มาลี")
    assert made.lines[0].endswith(".ics")
    assert office("reminders", "feed", *DEE, "--name", "มาลี", "--revoke", "--json").json == [{"revoked": 1}]


@pytest.mark.usefixtures("malee")
def test_a_year_without_known_holidays_is_warned_of(office: Cli) -> None:
    assert "2028" in office("remind", "--at", "2027-11-10T09:00", "--dry-run").err
    assert "2028" not in office("remind", "--at", "2027-10-10T09:00", "--dry-run").err
