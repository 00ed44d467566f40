"""Reminders as a pure function: who should hear what now, and why.

A rule fires on a working day between 08:30 and 16:30 Bangkok time (design.md, "Time"): a day that is none moves to
the last working day before, for the opening rule to the first one after; the due date itself does not move.
A later rule of the same round takes the place of an earlier one that was missed, so that a clock which was down
catches up with one message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.agencies import Agency
from bot.domain.calendar import BANGKOK
from bot.domain.people import PersonId
from bot.domain.plans import Measure
from bot.domain.rounds import Round

DAY_BEGINS, DAY_ENDS = time(8, 30), time(16, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One occasion to remind: `day` of a round, moved `forward` or back when it is no working day."""

    key: str
    day: Callable[[Round], date]
    forward: bool
    why: str


RULES = (
    Rule(key="opening", day=lambda r: r.opens_on, forward=True, why="รอบรายงานเปิดแล้ว"),
    Rule(key="due-7", day=lambda r: r.due_on - timedelta(days=7), forward=False, why="เหลือเวลา ๗ วันก่อนครบกำหนด"),
)
"""In the order in which they fire."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """A person who can be reached, with the measures whose report is missing in a round."""

    person_id: PersonId
    agency: Agency
    round: Round
    missing: tuple[Measure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One thing to say to one person; `key` is unique for rule, round and person, so twice is once."""

    person_id: PersonId
    agency: Agency
    round: Round
    measures: tuple[Measure, ...]
    rule: str
    key: str
    why: str


def is_working_day(day: date, holidays: frozenset[date] = frozenset()) -> bool:
    """Monday to Friday and no public holiday."""
    return day.weekday() < 5 and day not in holidays


def fires_on(rule: Rule, round_: Round, holidays: frozenset[date] = frozenset()) -> date:
    """The working day on which the rule fires for the round."""
    day, step = rule.day(round_), timedelta(days=1 if rule.forward else -1)
    while not is_working_day(day, holidays):
        day += step
    return day


def due_reminders(
    reporters: Iterable[Reporter], now: datetime, *, holidays: frozenset[date] = frozenset()
) -> list[Reminder]:
    """What is to be said now: per reporter and round the latest rule that has fired, while the round is not yet due.

    Nothing outside working hours, and nothing to somebody whose measures are all in.
    """
    local = now.astimezone(BANGKOK)
    today = local.date()
    if not is_working_day(today, holidays) or not DAY_BEGINS <= local.time() <= DAY_ENDS:
        return []
    reminders = []
    for reporter in reporters:
        if not reporter.missing or not reporter.round.opens_on <= today <= reporter.round.due_on:
            continue
        fired = [rule for rule in RULES if fires_on(rule, reporter.round, holidays) <= today]
        if fired:
            reminders.append(_reminder(reporter, fired[-1]))
    return reminders


def _reminder(reporter: Reporter, rule: Rule) -> Reminder:
    round_ = reporter.round
    return Reminder(
        person_id=reporter.person_id,
        agency=reporter.agency,
        round=round_,
        measures=reporter.missing,
        rule=rule.key,
        key=f"{rule.key}-{round_.agency_id}-{round_.fiscal_year}-{round_.no.value}-{reporter.person_id}",
        why=rule.why,
    )
