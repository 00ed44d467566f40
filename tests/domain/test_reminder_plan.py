"""Who is reminded when, and why: every rule at its borders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from bot.domain.calendar import BANGKOK, FiscalYear
from bot.domain.digests import Digest, Recipient
from bot.domain.message_budget import Budget, forecast, warning_at
from bot.domain.people import ChatId, PersonId, Role
from bot.domain.reminder_rules import BY_KEY, RULES, RuleChange, fires_on, rules_of
from bot.domain.reminders import due_reminders
from bot.domain.rounds import Round, RoundNo, default_round
from bot.domain.thai_holidays import HOLIDAYS
from bot.domain.updates import Review, Update
from bot.domain.workdays import PUBLIC, OwnDay, WorkCalendar
from bot.domain.years import AgencyYear, MeasureYear, Officer
from tests import builders

pytestmark = pytest.mark.pure

AGENCY = builders.AGENCY
OPENING, DUE_7 = BY_KEY["opening"], BY_KEY["due-7"]
NO_HOLIDAYS = WorkCalendar(holidays={}, years=frozenset())


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def round_(opens: str, due: str, lock_after: int = 20) -> Round:
    base = default_round(AGENCY.id, builders.YEAR, RoundNo.SIX)
    last = date.fromisoformat(due)
    locks = last + timedelta(days=lock_after)
    return replace(base, opens_on=date.fromisoformat(opens), due_on=last, locks_on=locks)


ROUND = round_("2024-03-01", "2024-04-10")


def officer(person: str = "p", **changes: Any) -> Recipient:
    fields: dict[str, Any] = {
        "person_id": PersonId(person),
        "name": person,
        "roles": frozenset({Role.OFFICER}),
        "chat_id": ChatId(f"c-{person}"),
    }
    return Recipient(**(fields | changes))


def boss(person: str, role: Role) -> Recipient:
    return officer(person, roles=frozenset({role}))


def year(*officers: str, measures: int = 1, updates: Sequence[Update] = ()) -> AgencyYear:
    plan = [builders.measure(no) for no in range(1, measures + 1)]
    people = tuple(Officer(person_id=PersonId(p), name=p) for p in (officers or ("p",)))
    each = [
        MeasureYear(
            measure=m,
            officers=people,
            updates={no: tuple(u for u in updates if u.measure_id == m.id and u.round_no is no) for no in RoundNo},
        )
        for m in plan
    ]
    return AgencyYear(agency=AGENCY, fiscal_year=FiscalYear(builders.YEAR), measures=tuple(each))


def said(moment: str, *people: Recipient, **changes: Any) -> list[Digest]:
    what: dict[str, Any] = {
        "rules": {},
        "rounds": [ROUND],
        "people": {AGENCY.id: list(people) or [officer()]},
        "updates": {(AGENCY.id, ROUND.fiscal_year): changes.pop("year", year())},
        "calendar": lambda _: NO_HOLIDAYS,
        "quota": {},
        "now": at(moment),
    }
    return due_reminders(**(what | changes))


def rules_said(moment: str, *people: Recipient, **changes: Any) -> list[str]:
    return [r.rule for d in said(moment, *people, **changes) for r in d.reminders]


# The days of the rules


@pytest.mark.parametrize(
    ("opens", "due", "opening", "due_7", "why"),
    [
        ("2024-03-01", "2024-04-10", "2024-03-01", "2024-04-03", "a Friday and a Wednesday stay"),
        ("2024-03-02", "2024-04-13", "2024-03-04", "2024-04-05", "Saturdays: forward to Monday, back to Friday"),
        ("2024-03-03", "2024-04-14", "2024-03-04", "2024-04-05", "Sundays: forward to Monday, back to Friday"),
        ("2024-08-31", "2024-10-07", "2024-09-02", "2024-09-30", "over the end of a month"),
        ("2024-02-29", "2024-03-07", "2024-02-29", "2024-02-29", "29 February of BE 2567 is there"),
        ("2023-02-28", "2023-03-08", "2023-02-28", "2023-03-01", "BE 2566 has no 29 February"),
        ("2024-12-28", "2025-01-08", "2024-12-30", "2025-01-01", "over the end of a year"),
    ],
)
def test_a_rules_day(opens: str, due: str, opening: str, due_7: str, why: str) -> None:
    each = round_(opens, due)
    found = fires_on(OPENING, each, NO_HOLIDAYS), fires_on(DUE_7, each, NO_HOLIDAYS)
    assert found == (builders.day(opening), builders.day(due_7)), why


@pytest.mark.parametrize(
    ("rule", "due", "day", "why"),
    [
        ("due-0", "2024-04-15", "2024-04-11", "Songkran on the due day: back over 13-15 and the special 12 April"),
        ("due-1", "2024-04-17", "2024-04-11", "the day in lieu and all of Songkran before it"),
        ("overdue-1", "2024-04-11", "2024-04-17", "overdue rules go forward"),
        ("due-7", "2025-01-08", "2024-12-27", "over the year's end: 1 January, 30 and 31 December"),
        ("overdue-7", "2024-12-24", "2025-01-02", "the same, forward"),
        ("due-30", "2024-03-30", "2024-02-29", "29 February is a working day"),
        ("overdue-executive-14", "2024-04-30", "2024-05-14", "Tuesday in two weeks"),
        ("due-0", "2024-04-14", "2024-04-11", "a Sunday in Songkran"),
    ],
)
def test_a_rules_day_among_public_holidays(rule: str, due: str, day: str, why: str) -> None:
    assert fires_on(BY_KEY[rule], round_("2024-02-01", due)) == builders.day(day), why


def test_every_default_rule_has_a_day_or_an_event() -> None:
    assert len(BY_KEY) == len(RULES)
    for rule in RULES:
        if rule.is_of_round:
            assert PUBLIC.is_working_day(fires_on(rule, ROUND))


def test_a_year_of_holidays_lies_on_weekdays() -> None:
    weekend = [day for day in HOLIDAYS if day.weekday() >= 5]
    assert weekend == []
    assert {day.year for day in HOLIDAYS} == {2024, 2025, 2026, 2027}


@pytest.mark.parametrize(
    ("today", "missing"),
    [("2027-10-31", None), ("2027-11-01", 2028), ("2028-01-05", 2028), ("2026-12-31", None), ("2023-06-01", 2023)],
)
def test_a_year_without_holidays_is_noticed_in_time(today: str, missing: int | None) -> None:
    assert PUBLIC.missing_year(builders.day(today)) == missing


def test_an_office_adds_a_day_and_works_on_another() -> None:
    mine = PUBLIC.with_own(
        [OwnDay(day=date(2024, 3, 4), name="ไหว้ศาล"), OwnDay(day=date(2024, 4, 12), name="ทำงาน", works=True)]
    )
    assert not mine.is_working_day(date(2024, 3, 4))
    assert mine.is_working_day(date(2024, 4, 12))
    assert PUBLIC.is_working_day(date(2024, 3, 4))
    assert 2028 in PUBLIC.with_own([OwnDay(day=date(2028, 1, 3), name="ปีใหม่")]).years


# The moments of a round


@pytest.mark.parametrize(
    ("moment", "rule"),
    [
        ("2024-02-29T23:59", None),
        ("2024-03-01T00:00", None),
        ("2024-03-01T08:29", None),
        ("2024-03-01T08:30", "opening"),
        ("2024-03-01T16:30", "opening"),
        ("2024-03-01T16:31", None),
        ("2024-03-02T10:00", None),
        ("2024-03-08T16:30", "opening"),
        ("2024-03-11T08:30", "due-30"),
        ("2024-03-26T16:30", "due-30"),
        ("2024-03-27T08:30", "due-14"),
        ("2024-04-03T08:30", "due-7"),
        ("2024-04-04T16:30", "due-7"),
        ("2024-04-05T08:30", "due-3"),
        ("2024-04-09T08:30", "due-1"),
        ("2024-04-10T16:30", "due-0"),
        ("2024-04-11T08:30", "overdue-1"),
        ("2024-04-17T08:30", "overdue-7"),
        ("2024-04-29T16:00", "last-call"),
        ("2024-04-30T16:30", "last-call"),
        ("2024-05-01T10:00", None),
    ],
)
def test_the_moments_of_a_round(moment: str, rule: str | None) -> None:
    assert rules_said(moment) == ([rule] if rule else [])


def test_the_hour_is_bangkoks_whatever_zone_is_asked_in() -> None:
    assert rules_said("2024-03-01T08:30", now=at("2024-03-01T08:30").astimezone(tz=None)) == ["opening"]


@pytest.mark.parametrize(
    ("due", "rule"),
    [("2024-03-31", "opening"), ("2024-03-15", "opening"), ("2024-03-08", "due-7"), ("2024-03-01", "due-0")],
)
def test_of_several_rules_on_one_day_the_one_most_worth_saying_is_said(due: str, rule: str) -> None:
    assert rules_said("2024-03-01T09:00", rounds=[round_("2024-03-01", due)]) == [rule]


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        ("2024-04-03T09:00", "เหลือเวลา ๗ วันก่อนครบกำหนด"),
        ("2024-04-04T09:00", "เหลือเวลา ๖ วันก่อนครบกำหนด"),
        ("2024-04-05T09:00", "เหลือเวลา ๕ วันก่อนครบกำหนด"),  # due-3 falls on a Sunday and is said on Friday
        ("2024-04-09T09:00", "ครบกำหนดในวันพรุ่งนี้"),
        ("2024-04-10T09:00", "วันนี้ครบกำหนดส่งรายงาน"),
        ("2024-04-16T09:00", "เลยกำหนดส่งมา ๖ วัน ยังส่งได้จนกว่ารอบจะปิด"),
    ],
)
def test_the_reason_is_true_on_the_day_it_is_said(moment: str, why: str) -> None:
    ((reminder,),) = [digest.reminders for digest in said(moment)]
    assert reminder.why == why


def test_a_due_day_that_is_no_working_day_is_not_called_today() -> None:
    sunday = round_("2024-03-01", "2024-04-07")
    (digest,) = said("2024-04-05T09:00", rounds=[sunday])
    assert digest.reminders[0].rule == "due-0"
    assert digest.reminders[0].why == "เหลือเวลา ๒ วันก่อนครบกำหนด"


# Whom


def test_who_has_reported_everything_is_left_alone() -> None:
    done = builders.submitted(person_id=PersonId("p"), round_no=RoundNo.SIX, review=Review.ACCEPTED)
    assert said("2024-03-01T09:00", year=year(updates=[done])) == []


def test_one_digest_a_person_whatever_the_rounds_and_roles() -> None:
    other = replace(round_("2024-03-01", "2024-04-12"), no=RoundNo.TWELVE)
    both = officer(roles=frozenset({Role.OFFICER, Role.ADMIN}))
    (digest,) = said("2024-04-22T09:00", both, rounds=[ROUND, other], year=year(measures=3))
    assert [r.rule for r in digest.reminders] == ["overdue-7", "overdue-admin-7", "overdue-7", "overdue-admin-7"]
    assert len(set(digest.keys)) == len(digest.keys)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2024-04-11T09:00", {"o": "overdue-1"}),
        ("2024-04-15T08:30", {"o": "overdue-1", "h": "overdue-head-3"}),
        ("2024-04-17T09:00", {"o": "overdue-7", "h": "overdue-head-3", "a": "overdue-admin-7"}),
        (
            "2024-04-24T09:00",
            {"o": "overdue-7", "h": "overdue-head-3", "a": "overdue-admin-7", "x": "overdue-executive-14"},
        ),
    ],
)
def test_the_ladder_climbs(moment: str, told: dict[str, str]) -> None:
    people = [officer("o"), boss("h", Role.HEAD), boss("a", Role.ADMIN), boss("x", Role.APPROVER)]
    found = {d.person_id: d.reminders[0] for d in said(moment, *people, year=year("o", measures=4))}
    assert {str(person): r.rule for person, r in found.items()} == told
    if "x" in told:
        assert (len(found[PersonId("x")].measures), found[PersonId("x")].total) == (4, 4)


def test_the_ladder_stops_when_the_work_is_in() -> None:
    done = builders.submitted(person_id=PersonId("o"), round_no=RoundNo.SIX, review=Review.ACCEPTED)
    people = [officer("o"), boss("h", Role.HEAD), boss("x", Role.APPROVER)]
    assert said("2024-04-24T09:00", *people, year=year("o", updates=[done])) == []


def test_sent_back_work_is_asked_for_after_two_working_days() -> None:
    back = builders.submitted(
        person_id=PersonId("p"), round_no=RoundNo.SIX, review=Review.RETURNED, reviewed_at=at("2024-03-14T15:00")
    )
    heard = officer(heard=frozenset({"due-30-nongdee-2567-6-p"}))
    for moment, rules in [
        ("2024-03-15T16:00", []),
        ("2024-03-18T09:00", ["returned-2"]),
        ("2024-03-21T09:00", ["returned-5"]),
    ]:
        assert rules_said(moment, heard, year=year(updates=[back])) == rules, moment


def test_what_was_sent_back_today_is_not_asked_for_again_by_a_rule_of_last_week() -> None:
    back = builders.submitted(
        person_id=PersonId("p"), round_no=RoundNo.SIX, review=Review.RETURNED, reviewed_at=at("2024-03-14T15:00")
    )
    assert said("2024-03-14T16:00", year=year(updates=[back])) == []
    heard = officer(heard=frozenset({"returned-5-u-1-p"}))
    assert rules_said("2024-03-27T09:00", heard, year=year(updates=[back])) == []  # its own rules asked for it
    assert rules_said("2024-04-03T09:00", heard, year=year(updates=[back])) == ["due-7"]


def test_a_routine_message_does_not_follow_another_on_the_next_working_day() -> None:
    assert rules_said("2024-03-27T09:00", officer(told_on=date(2024, 3, 26))) == []
    assert rules_said("2024-03-28T09:00", officer(told_on=date(2024, 3, 26))) == ["due-14"]
    assert rules_said("2024-04-10T09:00", officer(told_on=date(2024, 4, 9))) == ["due-0"]


def test_reviews_that_wait_are_told_together_and_once_a_week() -> None:
    waiting = [
        builders.submitted(f"u-{no}", about=builders.measure(no), round_no=RoundNo.SIX, submitted_at=at(moment))
        for no, moment in [(1, "2024-03-12T10:00"), (2, "2024-03-13T10:00"), (3, "2024-03-18T10:00")]
    ]
    head = boss("h", Role.HEAD)
    (first,) = said("2024-03-15T09:00", head, year=year("o", measures=3, updates=waiting))
    assert [m.no for m in first.reminders[0].measures] == [1]
    heard = boss("h", Role.HEAD)
    heard = replace(heard, heard=frozenset(first.keys))
    (second,) = said("2024-03-18T09:00", heard, year=year("o", measures=3, updates=waiting))
    assert [m.no for m in second.reminders[0].measures] == [1, 2]
    heard = replace(heard, heard=heard.heard | frozenset(second.keys))
    assert said("2024-03-21T09:00", heard, year=year("o", measures=3, updates=waiting)) == []
    assert len(said("2024-03-25T09:00", heard, year=year("o", measures=3, updates=waiting))) == 1


def test_a_head_who_was_told_today_is_still_the_one_who_reviews() -> None:
    waiting = builders.submitted(round_no=RoundNo.SIX, submitted_at=at("2024-03-12T10:00"))
    told, admin = boss("h", Role.HEAD), boss("a", Role.ADMIN)
    told = replace(told, told_on=date(2024, 3, 18))
    assert said("2024-03-18T09:00", told, admin, year=year("o", updates=[waiting])) == []


def test_a_review_that_waits_is_told_to_the_head_else_to_the_admin() -> None:
    waiting = builders.submitted(person_id=PersonId("o"), round_no=RoundNo.SIX, submitted_at=at("2024-03-13T10:00"))
    head, admin = boss("h", Role.HEAD), boss("a", Role.ADMIN)
    about = year("o", updates=[waiting])
    assert said("2024-03-15T09:00", head, admin, year=about) == []
    assert [d.name for d in said("2024-03-18T09:00", head, admin, year=about)] == ["h"]
    assert [d.name for d in said("2024-03-18T09:00", admin, year=about)] == ["a"]


# Not now


def test_after_a_missed_week_there_is_one_message_that_settles_all() -> None:
    (digest,) = said("2024-04-10T09:00")
    settled = {key.removesuffix("-nongdee-2567-6-p") for key in digest.keys}
    assert settled == {"opening", "due-30", "due-14", "due-7", "due-3", "due-1", "due-0"}
    assert said("2024-04-10T09:01", officer(heard=frozenset(digest.keys))) == []


@pytest.mark.parametrize(
    ("changes", "heard_it"),
    [
        ({"told_on": date(2024, 4, 3)}, False),
        ({"told_on": date(2024, 4, 2)}, True),
        ({"away": (date(2024, 4, 3), date(2024, 4, 3))}, False),
        ({"away": (date(2024, 4, 4), date(2024, 4, 5))}, True),
        ({"away": (date(2024, 4, 1), date(2024, 4, 2))}, True),
        ({"snoozed_until": date(2024, 4, 4)}, False),
        ({"snoozed_until": date(2024, 4, 3)}, True),
        ({"quiet": (time(9, 0), time(10, 0))}, False),
        ({"quiet": (time(8, 30), time(9, 0))}, True),
        ({"joined_on": date(2024, 4, 3)}, True),
        ({"joined_on": date(2024, 4, 4)}, True),  # a date to come says nothing
    ],
)
def test_when_a_person_does_not_want_to_hear(changes: dict[str, Any], heard_it: bool) -> None:
    assert bool(said("2024-04-03T09:00", officer(**changes))) is heard_it


def test_who_joined_after_the_opening_was_greeted_with_it() -> None:
    assert rules_said("2024-03-06T09:00", officer(joined_on=date(2024, 3, 5))) == []
    assert rules_said("2024-03-01T09:00", officer(joined_on=date(2024, 3, 1))) == ["opening"]
    assert rules_said("2024-03-11T09:00", officer(joined_on=date(2024, 3, 5))) == ["due-30"]


def test_a_snooze_does_not_outlast_the_last_call() -> None:
    sleeper = officer(snoozed_until=date(2024, 4, 16))
    assert rules_said("2024-04-09T09:00", sleeper) == []
    assert rules_said("2024-04-10T09:00", sleeper) == ["due-0"]


@pytest.mark.parametrize(
    ("moment", "rule"),
    [
        ("2024-04-09T09:00", None),
        ("2024-04-10T09:00", "due-0"),
        ("2024-04-11T09:00", None),
        ("2024-04-30T09:00", "last-call"),
    ],
)
def test_only_last_calls_are_heard_on_leave(moment: str, rule: str | None) -> None:
    on_leave = officer(away=(date(2024, 4, 1), date(2024, 5, 31)), told_on=date(2024, 3, 1))
    assert rules_said(moment, on_leave) == ([rule] if rule else [])


def test_an_agency_that_works_elsewhen_hears_on_its_own_days() -> None:
    saturday = NO_HOLIDAYS.with_own([OwnDay(day=date(2024, 3, 1), name="งานประจำปี")])
    assert said("2024-03-01T09:00", calendar=lambda _: saturday) == []
    assert rules_said("2024-03-04T09:00", calendar=lambda _: saturday) == ["opening"]


def test_rules_are_moved_and_switched_off() -> None:
    moved = rules_of([RuleChange(rule="due-7", days=-10), RuleChange(rule="opening", on=False)])
    assert rules_said("2024-03-01T09:00", rules={AGENCY.id: moved}) == []
    assert rules_said("2024-04-01T09:00", rules={AGENCY.id: moved}) == ["due-7"]
    assert rules_of([RuleChange(rule="all", on=False)]) == ()


# Within the means


def crowd(count: int) -> list[Recipient]:
    return [officer(f"p{n}") for n in range(count)]


def held(moment: str, budget: Budget, count: int = 10) -> int:
    people = crowd(count)
    digests = said(moment, *people, year=year(*(p.name for p in people)), quota={"default": budget})
    assert len(digests) == count
    return sum(digest.held for digest in digests)


@pytest.mark.parametrize(
    ("moment", "limit", "used", "waiting"),
    [
        ("2024-03-11T09:00", 300, 0, 0),
        ("2024-03-11T09:00", 300, 240, 10),  # a routine message does not touch the reserve of 60
        ("2024-03-11T09:00", 300, 235, 5),
        ("2024-04-03T09:00", 300, 265, 5),  # a useful one touches half of it
        ("2024-04-10T09:00", 300, 295, 5),  # a last call all of it
        ("2024-04-10T09:00", 300, 300, 10),
        ("2024-04-10T09:00", 0, 0, 10),
        ("2024-04-10T09:00", 300, 999, 10),
    ],
)
def test_the_reserve_is_for_what_matters_most(moment: str, limit: int, used: int, waiting: int) -> None:
    assert held(moment, Budget(limit=limit, used=used)) == waiting


def test_without_a_limit_nothing_waits() -> None:
    assert held("2024-03-11T09:00", Budget(limit=None, used=10**6)) == 0


def test_the_weightiest_goes_first() -> None:
    back = builders.submitted(
        person_id=PersonId("p9"), round_no=RoundNo.SIX, review=Review.RETURNED, reviewed_at=at("2024-03-05T09:00")
    )
    people = crowd(10)
    digests = said(
        "2024-03-11T09:00",
        *people,
        year=year(*(p.name for p in people), updates=[back]),
        quota={"default": Budget(limit=10, used=9)},
    )
    assert [d.name for d in digests if not d.held] == ["p9"]


def test_the_forecast_says_when_the_messages_run_out() -> None:
    costs = {date(2024, 3, 1): 100, date(2024, 3, 11): 150, date(2024, 3, 27): 100, date(2024, 4, 3): 999}
    month = forecast(Budget(limit=300, used=0), costs, date(2024, 3, 1))
    assert (month.planned, month.runs_out_on, month.short_by) == (350, date(2024, 3, 27), 50)
    assert forecast(Budget(limit=None), costs, date(2024, 3, 1)).runs_out_on is None
    assert forecast(Budget(limit=300), costs, date(2024, 3, 12)).planned == 100


@pytest.mark.parametrize(
    ("limit", "used", "at_percent"),
    [(300, 209, 0), (300, 210, 70), (300, 269, 70), (300, 270, 90), (0, 0, 90), (None, 9, 0)],
)
def test_the_warnings_come_at_70_and_90(limit: int | None, used: int, at_percent: int) -> None:
    assert warning_at(Budget(limit=limit, used=used)) == at_percent
