"""Gather what reminding needs to know and plan the reminders of a moment; changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.acting import PASSES_ON, StandIn
from bot.domain.agencies import AgencyId
from bot.domain.calendar import bangkok_day
from bot.domain.digests import Digest, Recipient
from bot.domain.message_budget import Budget
from bot.domain.people import PersonId, Role
from bot.domain.reminder_rules import Rule, rules_of
from bot.domain.reminders import Years, due_reminders
from bot.domain.rounds import Round, open_rounds
from bot.domain.waiting_signatures import WaitingStep
from bot.domain.workdays import PUBLIC, WorkCalendar
from bot.ports.records import KnownQuota, PersonTimes, Reachable, SaidReminder
from bot.ports.store import UnitOfWork
from bot.services.agency_rounds import agency_rounds, one_round
from bot.services.load_year import load_year
from bot.services.who_signs import waiting_signatures

MEMORY = timedelta(days=200)
"""How far back what was said matters: longer than any round is open."""

Calendars = Callable[[AgencyId], WorkCalendar]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that the pure plan is made from."""

    rules: Mapping[AgencyId, tuple[Rule, ...]]
    rounds: tuple[Round, ...]
    people: Mapping[AgencyId, list[Recipient]]
    years: Years
    calendar: Calendars
    quota: Mapping[str, Budget]
    stand_ins: tuple[StandIn, ...] = ()
    waiting: tuple[WaitingStep, ...] = ()

    def plan(self, now: datetime) -> list[Digest]:
        """Who would hear what at that moment."""
        return due_reminders(
            self.rules,
            self.rounds,
            self.people,
            self.years,
            self.calendar,
            self.quota,
            now,
            self.stand_ins,
            self.waiting,
        )


def plan_reminders(uow: UnitOfWork, now: datetime) -> list[Digest]:
    """Who would hear what at that moment, without what they heard already."""
    by_agency = calendars(uow)
    if not _anybody_works(by_agency, now):
        return []
    return gather(uow, now, by_agency).plan(now)


def gather(uow: UnitOfWork, now: datetime, by_agency: Mapping[AgencyId | None, WorkCalendar] | None = None) -> Inputs:
    """Everything that matters at that moment."""
    days = calendars(uow) if by_agency is None else by_agency
    today = bangkok_day(now)
    rounds: list[Round] = []
    for agency in uow.agencies.all():
        rounds += open_rounds(agency_rounds(uow, agency.id), today)
    waiting = waiting_steps(uow, today)
    return Inputs(
        rules={agency_id: rules_of(changes) for agency_id, changes in uow.reminders.changes().items()},
        rounds=tuple(rounds),
        people=recipients(uow, now) if rounds or waiting else {},
        years={(r.agency_id, r.fiscal_year): load_year(uow, r.agency_id, r.fiscal_year) for r in rounds},
        calendar=calendar_of(days),
        quota=budgets(uow, now),
        stand_ins=stand_ins(uow, today),
        waiting=waiting,
    )


def stand_ins(uow: UnitOfWork, today: date) -> tuple[StandIn, ...]:
    """Who acts for whom from today on, with the roles that come with it."""
    roles: dict[AgencyId, dict[PersonId, set[Role]]] = {}
    found = []
    for post in uow.acting.since(today):
        if post.agency_id not in roles:
            held = roles.setdefault(post.agency_id, defaultdict(set))
            for person, membership in uow.people.members(post.agency_id):
                held[person.id].add(membership.role)
        found.append(StandIn(post=post, roles=frozenset(roles[post.agency_id][post.holder_id] & PASSES_ON)))
    return tuple(found)


def calendars(uow: UnitOfWork) -> dict[AgencyId | None, WorkCalendar]:
    """The public calendar with everybody's added days (None), and those of agencies that added their own."""
    own = uow.reminders.own_days()
    everybody = PUBLIC.with_own(each for each in own if each.agency_id is None)
    found: dict[AgencyId | None, WorkCalendar] = {None: everybody}
    for agency_id in {each.agency_id for each in own if each.agency_id is not None}:
        found[AgencyId(agency_id)] = everybody.with_own(each for each in own if each.agency_id == agency_id)
    return found


def calendar_of(days: Mapping[AgencyId | None, WorkCalendar]) -> Calendars:
    """Look up an agency's calendar."""
    return lambda agency_id: days.get(agency_id, days[None])


def _anybody_works(days: Mapping[AgencyId | None, WorkCalendar], now: datetime) -> bool:
    return any(calendar.is_working_time(now) for calendar in days.values())


def waiting_steps(
    uow: UnitOfWork, today: date, agency_ids: Collection[AgencyId] | None = None
) -> tuple[WaitingStep, ...]:
    """Steps of sign-offs that wait, for everybody who can sign them."""
    found = []
    for each in waiting_signatures(uow, today, agency_ids):
        sign_off, agency = each.sign_off, uow.agencies.get(each.agency_id)
        if agency is not None:
            found.append(
                WaitingStep(
                    id=f"{sign_off.id}-{sign_off.place}",
                    person_id=each.person_id,
                    agency=agency,
                    round=one_round(uow, each.agency_id, sign_off.fiscal_year, sign_off.round_no),
                    document=sign_off.title,
                    since=each.since,
                )
            )
    return tuple(found)


def gather_for(
    uow: UnitOfWork, person_id: PersonId, rounds: Sequence[Round], agency_ids: Collection[AgencyId], now: datetime
) -> Inputs:
    """What matters to one person at that moment, in these rounds of these agencies; the quota does not."""
    return Inputs(
        rules={agency_id: rules_of(changes) for agency_id, changes in uow.reminders.changes().items()},
        rounds=tuple(rounds),
        people=recipients(uow, now, agency_ids, only=person_id),
        years={(r.agency_id, r.fiscal_year): load_year(uow, r.agency_id, r.fiscal_year) for r in rounds},
        calendar=calendar_of(calendars(uow)),
        quota={},
        stand_ins=stand_ins(uow, bangkok_day(now)),
        waiting=tuple(s for s in waiting_steps(uow, bangkok_day(now), agency_ids) if s.person_id == person_id),
    )


def recipients(
    uow: UnitOfWork, now: datetime, agency_ids: Collection[AgencyId] | None = None, *, only: PersonId | None = None
) -> dict[AgencyId, list[Recipient]]:
    """Whoever can be reached, by agency, with what they heard and chose.

    With `only`, the others are there but have nothing to hear today.
    """
    today = bangkok_day(now)
    roles: dict[tuple[AgencyId, PersonId], set[Role]] = defaultdict(set)
    rows: dict[tuple[AgencyId, PersonId], Reachable] = {}
    for row in uow.reminders.reachable(agency_ids):
        rows[row.agency_id, row.person_id] = row
        roles[row.agency_id, row.person_id].add(row.role)
    whose = None if agency_ids is None else {person for _, person in rows} if only is None else {only}
    keys: dict[PersonId, set[str]] = defaultdict(set)
    told: dict[PersonId, SaidReminder] = {}
    since = today - MEMORY
    for each in uow.reminders.said_since(since) if whose is None else uow.reminders.said_to(whose, since):
        keys[each.person_id].add(each.key)
        told[each.person_id] = each
    times, joined = uow.reminders.times(whose), uow.reminders.joined_on(only)
    found: dict[AgencyId, list[Recipient]] = defaultdict(list)
    for (agency_id, person_id), row in rows.items():
        moment = joined.get((person_id, agency_id))
        chose = times.get(person_id) or PersonTimes(person_id=person_id)
        found[agency_id].append(
            Recipient(
                person_id=person_id,
                name=row.name,
                roles=frozenset(roles[agency_id, person_id]),
                chat_id=row.chat_id,
                channel=row.channel_id,
                snoozed_until=chose.snoozed_until,
                away=(chose.away_from, chose.away_until) if chose.away_from and chose.away_until else None,
                quiet=(chose.quiet_from, chose.quiet_until) if chose.quiet_from and chose.quiet_until else None,
                told_on=_told_on(told.get(person_id), today, is_other=only not in {None, person_id}),
                heard=frozenset(keys[person_id]) if person_id in keys else frozenset(),
                joined_on=bangkok_day(moment) if moment else None,
            )
        )
    return dict(found)


def _told_on(last: SaidReminder | None, today: date, *, is_other: bool) -> date | None:
    if is_other:
        return today
    return last.day if last is not None else None


def budgets(uow: UnitOfWork, now: datetime, channels: Collection[str] | None = None) -> dict[str, Budget]:
    """What is left of the month's messages, by channel, as far as LINE told; what was pushed since counts.

    Of those channels, or of all.
    """
    return {
        known.channel_id: budget_of(known, now, uow.reminders.pushes_since(known.channel_id, _since(known, now)))
        for known in uow.reminders.quotas()
        if known.limit is not None and (channels is None or known.channel_id in channels)
    }


def budget_of(known: KnownQuota, now: datetime, pushed_since: int) -> Budget:
    """The budget of a channel; what LINE told in an earlier month says nothing about the use of this one."""
    same_month = _month(known.asked_at) == _month(now)
    return Budget(limit=known.limit, used=(known.used if same_month else 0) + pushed_since)


def _since(known: KnownQuota, now: datetime) -> datetime:
    first = bangkok_day(now).replace(day=1)
    month = now.replace(year=first.year, month=first.month, day=1, hour=0, minute=0, second=0, microsecond=0)
    return max(known.asked_at, month) if _month(known.asked_at) == _month(now) else month


def _month(moment: datetime) -> tuple[int, int]:
    day = bangkok_day(moment)
    return day.year, day.month
