"""The reminders of the days to come, as if nobody reported anything: what would be said when, and what it costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.domain.agencies import AgencyId
from bot.domain.calendar import BANGKOK, bangkok_day, last_day_of_month
from bot.domain.digests import Digest, Recipient
from bot.domain.group_digests import GroupChat, GroupDigest, group_digests, key_of
from bot.domain.message_budget import Forecast, forecast
from bot.domain.people import PersonId
from bot.domain.reminder_rules import Audience, Rule, rules_of
from bot.domain.rounds import Round
from bot.ports.store import UnitOfWork
from bot.services.agency_rounds import agency_rounds
from bot.services.find import existing_agency
from bot.services.load_year import load_year
from bot.services.plan_reminders import Inputs, budgets, calendar_of, calendars, recipients, stand_ins, waiting_steps

LOOKS_AT = (time(8, 30), time(12, 0), time(16, 30))
"""Moments of a day that are looked at: quiet hours may hide one of them."""

LONGEST = 400
"""Days that can be planned ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDay:
    """What would be said on a day."""

    day: date
    digests: tuple[Digest, ...]


def plan_ahead(
    uow: UnitOfWork,
    now: datetime,
    until: date,
    agency_id: AgencyId | None = None,
    *,
    rules: Sequence[Rule] | None = None,
) -> list[PlannedDay]:
    """Every day up to and with `until` on which somebody would hear something, if nobody reported anything more.

    With `rules` as if the agency had these.
    """
    first = bangkok_day(now)
    last = min(until, first + timedelta(days=LONGEST))
    inputs = _inputs(uow, now, first, last, agency_id)
    if agency_id is not None and rules is not None:
        inputs = replace(inputs, rules={**inputs.rules, agency_id: tuple(rules)})
    heard: dict[PersonId, set[str]] = defaultdict(set)
    found: list[PlannedDay] = []
    people = inputs.people
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        told: dict[PersonId, Digest] = {}
        for clock in LOOKS_AT:
            moment = datetime.combine(day, clock, BANGKOK)
            if moment < now and day == first and clock is not LOOKS_AT[-1]:
                continue
            fresh = [d for d in replace(inputs, people=people).plan(moment) if d.person_id not in told]
            told.update((d.person_id, d) for d in fresh)
        if told:
            for digest in told.values():
                heard[digest.person_id] |= set(digest.keys)
            people = {a: [_after(p, heard, told, day) for p in here] for a, here in people.items()}
            found.append(PlannedDay(day=day, digests=tuple(told.values())))
    return found


def _after(
    person: Recipient, heard: Mapping[PersonId, set[str]], told: Mapping[PersonId, Digest], day: date
) -> Recipient:
    if person.person_id not in told:
        return person
    return replace(person, heard=person.heard | heard[person.person_id], told_on=day)


def _inputs(uow: UnitOfWork, now: datetime, first: date, last: date, agency_id: AgencyId | None) -> Inputs:
    agencies = uow.agencies.all() if agency_id is None else [existing_agency(uow, agency_id)]
    rounds = [r for a in agencies for r in agency_rounds(uow, a.id) if r.opens_on <= last and r.locks_on >= first]
    everybody = recipients(uow, now, None if agency_id is None else [agency_id])
    return Inputs(
        rules={a: rules_of(changes) for a, changes in uow.reminders.changes().items()},
        rounds=tuple(rounds),
        people={a.id: everybody.get(a.id, []) for a in agencies},
        years={(r.agency_id, r.fiscal_year): load_year(uow, r.agency_id, r.fiscal_year) for r in rounds},
        calendar=calendar_of(calendars(uow)),
        quota={},
        stand_ins=stand_ins(uow, first),
        waiting=waiting_steps(uow, first, None if agency_id is None else [agency_id]),
    )


def month_forecast(uow: UnitOfWork, now: datetime) -> dict[str, Forecast]:
    """By channel that has a limit: what the rest of the month will cost at most, and when it runs out."""
    today = bangkok_day(now)
    known = budgets(uow, now)
    costs: dict[str, dict[date, int]] = {channel: defaultdict(int) for channel in known}
    if known:
        for planned in plan_ahead(uow, now, last_day_of_month(today.year, today.month)):
            for digest in planned.digests:
                if digest.channel in costs:
                    costs[digest.channel][planned.day] += 1
    return {channel: forecast(budget, costs[channel], today) for channel, budget in known.items()}


def agency_forecast(
    uow: UnitOfWork, now: datetime, agency_id: AgencyId, days: Sequence[PlannedDay]
) -> dict[str, Forecast]:
    """What an agency's own plan will cost this month, by the channels of its people; `days` is that plan."""
    today = bangkok_day(now)
    channels = {row.channel_id for row in uow.reminders.reachable([agency_id])}
    found = {}
    for channel, budget in budgets(uow, now).items():
        if channel in channels:
            costs = {day.day: sum(each.channel == channel for each in day.digests) for day in days}
            found[channel] = forecast(budget, costs, today)
    return found


def group_days_ahead(uow: UnitOfWork, now: datetime, until: date, agency_id: AgencyId) -> list[GroupDigest]:
    """What the agency's groups would hear up to and with `until`, if nobody reported anything more; by day.

    A digest's key names its week. What one costs is known only when LINE is asked for the group's members.
    """
    groups = [GroupChat(chat_id=group.chat_id, channel="") for group in uow.groups.of_agency(agency_id)]
    first = bangkok_day(now)
    last = min(until, first + timedelta(days=LONGEST))
    rules = rules_of(uow.reminders.changes().get(agency_id, ()))
    if not groups or not any(rule.audience is Audience.GROUP for rule in rules):
        return []
    rounds = [r for r in agency_rounds(uow, agency_id) if r.opens_on <= last and r.locks_on >= first]
    years = {r.fiscal_year: load_year(uow, agency_id, r.fiscal_year) for r in rounds}
    calendar = calendar_of(calendars(uow))(agency_id)
    told = uow.outbox.with_keys([key_of(group.chat_id, agency_id, first) for group in groups])
    found: dict[str, GroupDigest] = {}
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        moment = datetime.combine(day, LOOKS_AT[0], BANGKOK)
        for digest in group_digests(rules, rounds, years, groups, calendar, {}, max(moment, now)):
            if digest.key not in told:
                found.setdefault(digest.key, digest)
    return list(found.values())


def rounds_ahead(uow: UnitOfWork, agency_id: AgencyId, today: date) -> list[Round]:
    """The agency's rounds that are not over."""
    return [round_ for round_ in agency_rounds(uow, agency_id) if round_.locks_on >= today]
