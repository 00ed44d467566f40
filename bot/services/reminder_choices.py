"""What people and agencies choose about reminding: snooze, leave, quiet hours, rules, days of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time

from bot.domain.agencies import AgencyId
from bot.domain.errors import BadInput, StaleWrite
from bot.domain.people import PersonId
from bot.domain.reminder_rules import BY_KEY, EVERY_RULE, From, Rule, RuleChange, rules_of
from bot.domain.text import clean
from bot.domain.workdays import DAY_BEGINS, DAY_ENDS, OwnDay, leaves_time
from bot.ports.outside import Ids
from bot.ports.records import PersonTimes
from bot.ports.store import UnitOfWork
from bot.services.find import existing_agency
from bot.services.fingerprints import fingerprint
from bot.services.logbook import Action, note

FIXED = frozenset({EVERY_RULE, "due-0", "group-week"})
"""Rules whose day cannot be moved."""
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
    known = {change.rule: change for change in uow.reminders.changes().get(agency_id, [])}
    old = known.get(rule, RuleChange(rule=rule, on=rule == EVERY_RULE or BY_KEY[rule].on))
    new = replace(old, on=old.on if on is None else on, days=old.days if days is None else days)
    _keep(uow, agency_id, new)
    return rules_of(uow.reminders.changes().get(agency_id, []))


def save_rules(
    uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, agency_id: AgencyId, seen: str, given: Sequence[RuleChange]
) -> None:
    """Store what holds for every rule, unless somebody else changed one meanwhile.

    Raises:
        NotFound: no such agency.
        StaleWrite: the rules are no longer as they were seen.
        BadInput: a day that makes no sense for a rule; `rule` names it.
    """
    uow.agencies.hold(agency_id)
    existing_agency(uow, agency_id)
    old = uow.reminders.changes().get(agency_id, [])
    if fingerprint(*old) != seen:
        raise StaleWrite("the rules were changed meanwhile")
    check_rules(given)
    for change in given:
        _keep(uow, agency_id, change)
    new = uow.reminders.changes().get(agency_id, [])
    changed = sorted({each.rule for each in {*old} ^ {*new}})
    if changed:
        off = [each.rule for each in given if not each.on and each.rule in changed]
        note(uow, ids, at, by, Action.RULES_CHANGED, agency_id, rules=changed, off=off)


def check_rules(given: Sequence[RuleChange]) -> None:
    """Raise BadInput for a day that makes no sense for its rule; `rule` names it."""
    for change in given:
        if change.days is not None and not (change.rule in BY_KEY and change.days == BY_KEY[change.rule].days):
            _check_days(change.rule, change.days)


def _keep(uow: UnitOfWork, agency_id: AgencyId, change: RuleChange) -> None:
    """Store a change; what says the same as the default is none."""
    rule = BY_KEY.get(change.rule)
    days = None if rule is not None and change.days == rule.days else change.days
    if days is None and change.on == (rule is None or rule.on):
        uow.reminders.forget_change(agency_id, change.rule)
    else:
        uow.reminders.save_change(agency_id, replace(change, days=days))


def _check_days(rule: str, days: int) -> None:
    if rule in FIXED:
        raise BadInput(f"the rule {rule!r} has no days to move", rule=rule)
    default = BY_KEY[rule]
    before = default.since in {From.DUE, From.LOCK} and default.days < 0
    if abs(days) > FURTHEST or (before and days > 0) or (not before and days < 0):
        side = "negative (before)" if before else "positive (after)"
        raise BadInput(f"the rule {rule!r} takes {side} days, at most {FURTHEST}", rule=rule)


def add_own_day(uow: UnitOfWork, day: date, name: str, *, works: bool, agency_id: AgencyId | None) -> None:
    """Add a day off, or (`works`) a public holiday on which the office works; no agency means everybody.

    Raises:
        NotFound: no such agency.
    """
    if agency_id is not None:
        existing_agency(uow, agency_id)
    uow.reminders.save_own_day(OwnDay(day=day, name=name, works=works, agency_id=agency_id))


LONGEST_NAME = 100
"""Letters of a day's name."""


def add_day_off(
    uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, agency_id: AgencyId, day: date, name: str, *, works: bool
) -> None:
    """Add a day of the agency's own, with that written down.

    Raises:
        NotFound: no such agency.
        BadInput: no name, or one that is too long; `field` names it.
    """
    words = " ".join(clean(name).split())
    if not 1 <= len(words) <= LONGEST_NAME:
        raise BadInput(f"a day needs a name of at most {LONGEST_NAME} letters", field="name")
    add_own_day(uow, day, words, works=works, agency_id=agency_id)
    note(uow, ids, at, by, Action.DAY_OFF_ADDED, agency_id, day=day.isoformat(), name=words, works=works)


def remove_day_off(uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, agency_id: AgencyId, day: date) -> None:
    """Take back a day that the agency added; nothing there is nothing to do."""
    mine = next((each for each in uow.reminders.own_days() if (each.agency_id, each.day) == (agency_id, day)), None)
    if mine is not None:
        uow.reminders.remove_own_day(day, agency_id)
        note(uow, ids, at, by, Action.DAY_OFF_REMOVED, agency_id, day=day.isoformat(), name=mine.name)
