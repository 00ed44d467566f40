"""Reminders as a pure function: who should hear what now, and why; one digest a person.

`due_reminders` looks at nothing but its arguments. Of the rules of one round that have fired, a later one takes the
place of the earlier ones, so that a clock which was down catches up with one sensible message. What a person has
heard already, by its keys, is not said again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import BANGKOK, FiscalYear, bangkok_day
from bot.domain.message_budget import Budget, share
from bot.domain.people import ChatId, PersonId, Role
from bot.domain.plans import Measure
from bot.domain.reminder_rules import RULES, Audience, From, Rule, Weight, fires_on, said_why
from bot.domain.rounds import Round
from bot.domain.updates import Review, Update
from bot.domain.workdays import WorkCalendar
from bot.domain.years import AgencyYear, MeasureYear

ROLE_OF = {Audience.HEAD: Role.HEAD, Audience.ADMIN: Role.ADMIN, Audience.EXECUTIVE: Role.APPROVER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A person of an agency as far as reminding goes.

    Attributes:
        channel: the LINE channel whose messages a push to them costs.
        snoozed_until: the first day on which they want to hear again.
        away: first and last day of leave.
        quiet: hours of their own in which nothing is said.
        told_on: the day of the last digest.
        heard: keys of what they heard.
        joined_on: the day on which they were greeted and told what is expected.
    """

    person_id: PersonId
    name: str
    roles: frozenset[Role]
    chat_id: ChatId
    channel: str = "default"
    snoozed_until: date | None = None
    away: tuple[date, date] | None = None
    quiet: tuple[time, time] | None = None
    told_on: date | None = None
    heard: frozenset[str] = frozenset()
    joined_on: date | None = None

    def can_be_told(self, now: datetime) -> bool:
        """Whether anything may be said to them now."""
        local = now.astimezone(BANGKOK)
        today, clock = local.date(), local.time()
        if self.told_on == today or (self.away is not None and self.away[0] <= today <= self.away[1]):
            return False
        return self.quiet is None or not self.quiet[0] <= clock < self.quiet[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One thing to say to one person; `key` is unique for rule, round and person, so twice is once.

    Attributes:
        covers: keys of earlier rules whose place it takes.
        total: how many measures the round has, for those who are told counts.
    """

    person_id: PersonId
    agency: Agency
    round: Round
    measures: tuple[Measure, ...]
    rule: str
    key: str
    why: str
    audience: Audience = Audience.OFFICER
    weight: Weight = Weight.ROUTINE
    covers: tuple[str, ...] = ()
    total: int = 0
    since: From = From.DUE


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """All that one person is to hear today, as one message; `held` means it waits for a free reply."""

    person_id: PersonId
    name: str
    chat_id: ChatId
    channel: str
    reminders: tuple[Reminder, ...]
    held: bool = False

    @property
    def key(self) -> str:
        """The key of the message: that of its weightiest reminder."""
        return self.reminders[0].key

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that is settled when it is said."""
        return tuple(dict.fromkeys(k for r in self.reminders for k in (r.key, *r.covers)))

    @property
    def weight(self) -> Weight:
        """How much it matters."""
        return max(reminder.weight for reminder in self.reminders)


Years = Mapping[tuple[AgencyId, FiscalYear], AgencyYear]


def due_reminders(
    rules: Mapping[AgencyId, Sequence[Rule]],
    rounds: Iterable[Round],
    people: Mapping[AgencyId, Sequence[Recipient]],
    updates: Years,
    calendar: Callable[[AgencyId], WorkCalendar],
    quota: Mapping[str, Budget],
    now: datetime,
) -> list[Digest]:
    """What is to be said now.

    Args:
        rules: of agencies that changed theirs; the others have the defaults.
        rounds: those to look at; closed ones are passed over.
        people: whoever can be reached, by agency.
        updates: the plan with its reporters and what was submitted, by agency and fiscal year.
        calendar: the working days of an agency.
        quota: what is left of a channel's messages; a channel that is not there has no limit.
        now: any aware moment; outside an agency's working hours nothing is said.
    """
    today = bangkok_day(now)
    found: dict[PersonId, list[Reminder]] = defaultdict(list)
    known: dict[PersonId, Recipient] = {}
    fired = _FiredRules(today)
    for round_ in rounds:
        days = calendar(round_.agency_id)
        year = updates.get((round_.agency_id, round_.fiscal_year))
        if year is None or not round_.is_open(today) or not days.is_working_time(now):
            continue
        listening = [p for p in people.get(round_.agency_id, ()) if p.can_be_told(now)]
        if listening:
            work = _Work(round=round_, year=year, calendar=days, today=today, rules=rules.get(round_.agency_id, RULES))
            known.update((p.person_id, p) for p in listening)
            for reminder in work.reminders(listening, fired):
                found[reminder.person_id].append(reminder)
    digests = [_digest(known[person_id], reminders) for person_id, reminders in found.items()]
    return share(digests, quota)


def _digest(person: Recipient, reminders: list[Reminder]) -> Digest:
    ordered = sorted(reminders, key=lambda r: (-r.weight, r.round.due_on, r.audience is not Audience.OFFICER))
    return Digest(
        person_id=person.person_id,
        name=person.name,
        chat_id=person.chat_id,
        channel=person.channel,
        reminders=tuple(ordered),
    )


def _precedence(rule: Rule) -> int:
    """Of rules that fire on one day: that a round has opened is more worth saying than that a month is left."""
    match rule.since:
        case From.DUE:
            return 0 if rule.days < -7 else 2
        case From.LOCK:
            return 3
        case _:
            return 1


class _FiredRules:
    """Which rules of a round have fired by today, latest first; rounds with the same dates share the answer."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._known: dict[object, dict[Audience, tuple[tuple[Rule, date], ...]]] = {}

    def of(
        self, rules: Sequence[Rule], round_: Round, calendar: WorkCalendar
    ) -> Mapping[Audience, tuple[tuple[Rule, date], ...]]:
        key = (id(rules), id(calendar), round_.opens_on, round_.due_on, round_.locks_on)
        if key not in self._known:
            self._known[key] = self._fired(rules, round_, calendar)
        return self._known[key]

    def _fired(
        self, rules: Sequence[Rule], round_: Round, calendar: WorkCalendar
    ) -> dict[Audience, tuple[tuple[Rule, date], ...]]:
        days = [(rule, fires_on(rule, round_, calendar)) for rule in rules if rule.is_of_round]
        fired = [each for each in days if each[1] <= self._today]
        fired.sort(key=lambda each: (each[1], _precedence(each[0]), each[0].days), reverse=True)
        by_audience: dict[Audience, list[tuple[Rule, date]]] = defaultdict(list)
        for rule, day in fired:
            by_audience[rule.audience].append((rule, day))
        return {audience: tuple(found) for audience, found in by_audience.items()}


@dataclass(slots=True, kw_only=True)
class _Work:
    """One round of one agency, being looked at."""

    round: Round
    year: AgencyYear
    calendar: WorkCalendar
    today: date
    rules: Sequence[Rule]

    def reminders(self, people: Sequence[Recipient], fired: _FiredRules) -> Iterator[Reminder]:
        by_audience = fired.of(self.rules, self.round, self.calendar)
        missing: dict[PersonId, list[Measure]] = defaultdict(list)
        for each in self.year.measures:
            for officer in each.missing_officers(self.round.no):
                missing[officer.person_id].append(each.measure)
        for person in people:
            mine = missing.get(person.person_id)
            if mine:
                yield from self._latest(person, by_audience.get(Audience.OFFICER, ()), tuple(mine))
        yield from self._to_superiors(people, by_audience)
        yield from self._returned(people)
        yield from self._waiting(people)

    def _to_superiors(
        self, people: Sequence[Recipient], fired: Mapping[Audience, tuple[tuple[Rule, date], ...]]
    ) -> Iterator[Reminder]:
        if not any(audience in fired for audience in ROLE_OF):
            return
        unreported = tuple(m.measure for m in self.year.measures if not m.is_reported(self.round.no))
        if not unreported:
            return
        for audience, role in ROLE_OF.items():
            for person in people:
                if role in person.roles:
                    yield from self._latest(person, fired.get(audience, ()), unreported)

    def _latest(
        self, person: Recipient, fired: Sequence[tuple[Rule, date]], measures: tuple[Measure, ...]
    ) -> Iterator[Reminder]:
        """The rule that fired last, if it is news to the person and they want to hear it now."""
        if not fired:
            return
        (rule, day), *earlier = fired
        key = self._key(rule, person)
        if key in person.heard or self._sleeps(person, rule) or self._was_greeted(person, rule, day):
            return
        covers = tuple(k for k in (self._key(old, person) for old, _ in earlier) if k not in person.heard)
        yield self._reminder(person, rule, key, measures, covers)

    def _sleeps(self, person: Recipient, rule: Rule) -> bool:
        return not rule.last_call and person.snoozed_until is not None and self.today < person.snoozed_until

    def _was_greeted(self, person: Recipient, rule: Rule, day: date) -> bool:
        """Whether the greeting, which says what is expected by when, came after the rule's day."""
        early = rule.since is From.OPENING or (rule.since is From.DUE and rule.days <= -7)
        return early and person.joined_on is not None and day < person.joined_on <= self.today

    def _returned(self, people: Sequence[Recipient]) -> Iterator[Reminder]:
        rules = [rule for rule in self.rules if rule.since is From.RETURN]
        if not rules:
            return
        sent_back = [
            (each, update)
            for each in self.year.measures
            for update in each.updates.get(self.round.no, ())
            if update.review is Review.RETURNED and update.reviewed_at is not None
        ]
        if sent_back:
            by_id = {person.person_id: person for person in people}
            yield from self._about_updates(
                rules, sent_back, lambda u: [by_id[u.person_id]] if u.person_id in by_id else []
            )

    def _waiting(self, people: Sequence[Recipient]) -> Iterator[Reminder]:
        rules = [rule for rule in self.rules if rule.since is From.SUBMISSION]
        if not rules:
            return
        pending = [
            (each, update)
            for each in self.year.measures
            for update in each.updates.get(self.round.no, ())
            if update.review is Review.PENDING and update.submitted_at is not None
        ]
        if pending:
            heads = [p for p in people if Role.HEAD in p.roles]
            reviewers = heads or [p for p in people if Role.ADMIN in p.roles]
            yield from self._about_updates(rules, pending, lambda _: reviewers)

    def _about_updates(
        self,
        rules: Sequence[Rule],
        updates: Sequence[tuple[MeasureYear, Update]],
        people_of: Callable[[Update], Sequence[Recipient]],
    ) -> Iterator[Reminder]:
        """One reminder a person about all updates that have waited long enough."""
        news: dict[PersonId, list[tuple[Rule, Measure, str]]] = defaultdict(list)
        covers: dict[PersonId, list[str]] = defaultdict(list)
        known: dict[PersonId, Recipient] = {}
        for each, update in updates:
            fired = self._fired_for(rules, update)
            for person in people_of(update) if fired else ():
                keys = [f"{rule.key}-{update.id}-{person.person_id}" for rule in fired]
                if keys[0] not in person.heard and not self._sleeps(person, fired[0]):
                    known[person.person_id] = person
                    news[person.person_id].append((fired[0], each.measure, keys[0]))
                    covers[person.person_id] += [key for key in keys[1:] if key not in person.heard]
        for person_id, found in news.items():
            rule, _, key = max(found, key=lambda f: f[0].days)
            measures = tuple(dict.fromkeys(measure for _, measure, _ in found))
            others = [k for _, _, k in found if k != key]
            yield self._reminder(known[person_id], rule, key, measures, (*others, *covers[person_id]))

    def _fired_for(self, rules: Sequence[Rule], update: Update) -> list[Rule]:
        """The rules that have fired for an update, latest first."""
        since = update.reviewed_at if rules[0].since is From.RETURN else update.submitted_at
        if since is None:
            return []
        day = bangkok_day(since)
        fired = [r for r in rules if self.calendar.working_days_after(day, r.days) <= self.today]
        return sorted(fired, key=lambda r: -r.days)

    def _key(self, rule: Rule, person: Recipient) -> str:
        round_ = self.round
        return f"{rule.key}-{round_.agency_id}-{round_.fiscal_year}-{round_.no.value}-{person.person_id}"

    def _reminder(
        self, person: Recipient, rule: Rule, key: str, measures: tuple[Measure, ...], covers: tuple[str, ...]
    ) -> Reminder:
        return Reminder(
            person_id=person.person_id,
            agency=self.year.agency,
            round=self.round,
            measures=measures,
            rule=rule.key,
            key=key,
            why=said_why(rule, self.round, self.today),
            audience=rule.audience,
            weight=rule.weight,
            covers=covers,
            total=len(self.year.measures),
            since=rule.since,
        )
