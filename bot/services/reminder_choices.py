"""What people and agencies choose about reminding: snooze, leave, quiet hours, rules, days of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from bot.domain.agencies import AgencyId
from bot.domain.errors import BadInput
from bot.domain.people import PersonId
from bot.domain.reminder_rules import BY_KEY, EVERY_RULE, From, Rule, RuleChange, rules_of
from bot.domain.workdays import DAY_BEGINS, DAY_ENDS, OwnDay, leaves_time
from bot.ports.records import PersonTimes
from bot.ports.store import UnitOfWork
from bot.services.find import existing_agency

FURTHEST = 120
"""Days from its date that a rule may be moved."""


def times_of(uow: UnitOfWork, person_id: PersonId) -> PersonTimes:
    """What the person chose, or nothing."""
    return uow.reminders.times([person_id]).get(person_id) or PersonTimes(person_id=person_id)


def snooze(uow: UnitOfWork, person_id: PersonId, until: date | None) -> None:
    """Say nothing before that day; None takes it back."""
    uow.reminders.save_times(replace(times_of(uow, person_id), snoozed_until=until))


def go_on_leave(uow: UnitOfWork, person_id: PersonId, first: date | None, last: date | None) -> None:
    """Say nothing on these days; None ends the leave.

    Raises:
        BadInput: the days are not in order.
    """
    if (first is None) != (last is None) or (first and last and last < first):
        raise BadInput("a leave needs its first and its last day, in this order")
    uow.reminders.save_times(replace(times_of(uow, person_id), away_from=first, away_until=last))


def keep_quiet(uow: UnitOfWork, person_id: PersonId, begins: time | None, ends: time | None) -> None:
    """Say nothing within these hours of any day; None takes them back.

    Raises:
        BadInput: they are not in order, or leave no time to say anything.
    """
    if (begins is None) != (ends is None) or (begins and ends and ends <= begins):
        raise BadInput("quiet hours need a beginning and an end, in this order")
    if begins and ends and not leaves_time(begins, ends):
        raise BadInput(f"quiet hours must leave an hour between {DAY_BEGINS:%H:%M} and {DAY_ENDS:%H:%M}")
    uow.reminders.save_times(replace(times_of(uow, person_id), quiet_from=begins, quiet_until=ends))


def change_rule(
    uow: UnitOfWork, agency_id: AgencyId, rule: str, *, on: bool | None = None, days: int | None = None
) -> tuple[Rule, ...]:
    """Switch a rule (or "all") on or off, or move it; returns the agency's rules as they now are.

    Raises:
        NotFound: no such agency.
        BadInput: no such rule, or a day that makes no sense for it.
    """
    existing_agency(uow, agency_id)
    if rule != EVERY_RULE and rule not in BY_KEY:
        raise BadInput(f"there is no rule {rule!r} (rules: {', '.join(BY_KEY)}, all)")
    if days is not None:
        _check_days(rule, days)
    old = {change.rule: change for change in uow.reminders.changes().get(agency_id, [])}.get(
        rule, RuleChange(rule=rule)
    )
    new = replace(old, on=old.on if on is None else on, days=old.days if days is None else days)
    if new.on and new.days in {None, BY_KEY[rule].days if rule in BY_KEY else None}:
        uow.reminders.forget_change(agency_id, rule)
    else:
        uow.reminders.save_change(agency_id, new)
    return rules_of(uow.reminders.changes().get(agency_id, []))


def _check_days(rule: str, days: int) -> None:
    if rule == EVERY_RULE or rule == "due-0":
        raise BadInput(f"the rule {rule!r} has no days to move")
    default = BY_KEY[rule]
    before = default.since in {From.DUE, From.LOCK} and default.days < 0
    if abs(days) > FURTHEST or (before and days > 0) or (not before and days < 0):
        side = "negative (before)" if before else "positive (after)"
        raise BadInput(f"the rule {rule!r} takes {side} days, at most {FURTHEST}")


def add_own_day(uow: UnitOfWork, day: date, name: str, *, works: bool, agency_id: AgencyId | None) -> None:
    """Add a day off, or (`works`) a public holiday on which the office works; no agency means everybody.

    Raises:
        NotFound: no such agency.
    """
    if agency_id is not None:
        existing_agency(uow, agency_id)
    uow.reminders.save_own_day(OwnDay(day=day, name=name, works=works, agency_id=agency_id))
