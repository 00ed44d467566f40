"""The week's digest for groups: once a week, counts only, never more than can be afforded."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.domain.calendar import BANGKOK
from bot.domain.group_digests import GroupChat, GroupDigest, group_digests, key_of
from bot.domain.message_budget import Budget
from bot.domain.people import ChatId
from bot.domain.reminder_rules import RuleChange, rules_of
from bot.domain.rounds import RoundNo, default_round
from bot.domain.updates import Review
from bot.domain.workdays import PUBLIC
from bot.domain.years import AgencyYear
from tests import builders

pytestmark = pytest.mark.pure

WANTED = rules_of([RuleChange(rule="group-week")])
ROUND = default_round(builders.AGENCY.id, builders.YEAR, RoundNo.SIX)
GROUP = GroupChat(chat_id=ChatId("g"), channel="default", members=12)


def year(*, done: int = 1) -> AgencyYear:
    from bot.domain.years import MeasureYear, Officer

    officer = Officer(person_id=builders.PERSON.id, name="x")
    each = []
    for no in (1, 2, 3):
        about = builders.measure(no)
        sent = builders.submitted(f"u{no}", about=about, round_no=RoundNo.SIX, review=Review.ACCEPTED)
        updates = {number: (sent,) if number is RoundNo.SIX and no <= done else () for number in RoundNo}
        each.append(MeasureYear(measure=about, officers=(officer,), updates=updates))
    return AgencyYear(agency=builders.AGENCY, fiscal_year=builders.YEAR, measures=tuple(each))


def said(moment: str, **changes: Any) -> list[GroupDigest]:
    what: dict[str, Any] = {
        "rules": WANTED,
        "rounds": [ROUND],
        "years": {ROUND.fiscal_year: year()},
        "groups": [GROUP],
        "calendar": PUBLIC,
        "quota": {},
        "now": datetime.fromisoformat(moment).replace(tzinfo=BANGKOK),
    }
    return group_digests(**(what | changes))


def test_it_counts_what_was_reported_of_the_open_round() -> None:
    (digest,) = said("2024-03-04T08:30")
    assert (digest.reported, digest.total, digest.round.no) == (1, 3, RoundNo.SIX)


@pytest.mark.parametrize(
    ("moment", "heard", "why"),
    [
        ("2024-03-04T08:29", False, "before the day begins"),
        ("2024-03-08T16:30", True, "a clock that was down all week"),
        ("2024-03-09T10:00", False, "a Saturday"),
        ("2024-02-26T10:00", False, "the Monday before the round opens"),
        ("2024-03-01T10:00", False, "the Friday on which it opens: nothing can have been reported"),
        ("2024-04-08T10:00", False, "a Monday that is a public holiday"),
        ("2024-04-09T10:00", True, "the first working day of that week"),
        ("2024-04-30T10:00", True, "the last day"),
        ("2024-05-01T10:00", False, "locked"),
    ],
)
def test_the_days_on_which_it_is_said(moment: str, heard: bool, why: str) -> None:
    assert bool(said(moment)) is heard, why


def test_nobody_who_did_not_ask_for_it_hears_it() -> None:
    assert said("2024-03-04T10:00", rules=rules_of([])) == []
    assert (
        said("2024-03-04T10:00", rules=rules_of([RuleChange(rule="group-week"), RuleChange(rule="all", on=False)]))
        == []
    )


def test_there_is_nothing_to_say_when_all_is_reported() -> None:
    assert said("2024-03-04T10:00", years={ROUND.fiscal_year: year(done=3)}) == []
    assert said("2024-03-04T10:00", groups=[]) == []


def test_the_key_is_the_same_all_week_and_another_over_the_turn_of_the_year() -> None:
    days = ["2024-03-04", "2024-03-08", "2024-03-11", "2024-12-30", "2025-01-03", "2025-01-06"]
    keys = [key_of(GROUP.chat_id, builders.AGENCY.id, datetime.fromisoformat(day).date()) for day in days]
    assert keys[0] == keys[1] != keys[2]
    assert keys[3] == keys[4] != keys[5]
    assert key_of(ChatId("h"), builders.AGENCY.id, datetime.fromisoformat(days[0]).date()) != keys[0]


@pytest.mark.parametrize(
    ("members", "limit", "used", "heard"),
    [
        (12, None, 0, True),
        (None, None, 0, True),
        (None, 500, 0, False),  # what it costs is not known
        (12, 300, 0, True),
        (12, 300, 227, True),  # 60 are kept for what matters more, 12 are left below them
        (12, 300, 229, False),
        (12, 0, 0, False),
    ],
)
def test_it_is_said_only_where_every_members_message_can_be_afforded(
    members: int | None, limit: int | None, used: int, heard: bool
) -> None:
    quota = {"default": Budget(limit=limit, used=used)}
    assert bool(said("2024-03-04T10:00", groups=[replace(GROUP, members=members)], quota=quota)) is heard
