"""One round of one agency, looked at for reminders: which rules have fired, and what they have to say to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.domain.acting import PASSES_ON, StandIn
from bot.domain.calendar import bangkok_day
from bot.domain.digests import Recipient, Reminder
from bot.domain.hearing import FiredRules, Hearing
from bot.domain.people import PersonId, Role
from bot.domain.plans import Measure, MeasureId
from bot.domain.reminder_reasons import said_why, waiting_why
from bot.domain.reminder_rules import Audience, From, Rule, Weight
from bot.domain.updates import Review, Update
from bot.domain.years import AgencyYear, MeasureYear, in_place_of

ROLE_OF = {Audience.HEAD: Role.HEAD, Audience.ADMIN: Role.ADMIN, Audience.EXECUTIVE: Role.APPROVER}


@dataclass(slots=True, kw_only=True)
class RoundWork(Hearing):
    """One round of one agency, being looked at."""

    year: AgencyYear
    rules: Sequence[Rule]
    stand_ins: Sequence[StandIn] = ()
    _acting: dict[PersonId, StandIn] = field(default_factory=dict)

    def reminders(
        self, people: Sequence[Recipient], everybody: Sequence[Recipient], fired: FiredRules
    ) -> Iterator[Reminder]:
        """What the round has to say to those of `people` who can be told something now.

        Args:
            people: who can be told now.
            everybody: whoever can be reached at all.
            fired: shared by the rounds of one plan.
        """
        by_audience = fired.of(self.rules, self.round, self.calendar)
        self._settle_who_acts(everybody)
        missing: dict[PersonId, list[Measure]] = defaultdict(list)
        for each in self.year.measures:
            told_of_it = (self._who_acts_for(o.person_id) for o in each.missing_officers(self.round.no))
            for person_id in dict.fromkeys(told_of_it):
                missing[person_id].append(each.measure)
        for person in people:
            mine = missing.get(person.person_id)
            if mine:
                yield from self._latest(person, self._since_the_return(person, mine, by_audience), tuple(mine))
        yield from self._to_superiors(people, by_audience)
        yield from self._returned(people)
        has_head = any(self._holds(person, Role.HEAD) for person in everybody)
        yield from self._waiting(
            [p for p in people if self._holds(p, Role.HEAD if has_head else Role.ADMIN)], everybody
        )

    def _settle_who_acts(self, everybody: Sequence[Recipient]) -> None:
        """Of those who act today, the ones who can be reached: where nobody can, the holder hears it after all."""
        there = {person.person_id for person in everybody}
        self._acting = {
            each.post.holder_id: each
            for each in self.stand_ins
            if each.post.agency_id == self.round.agency_id
            and each.post.holds_on(self.today)
            and each.post.acting_id in there
        }

    def _who_acts_for(self, person_id: PersonId) -> PersonId:
        found = self._acting.get(person_id)
        return found.post.acting_id if found else person_id

    def _holds(self, person: Recipient, role: Role) -> bool:
        """Whether somebody does a role's work today: their own, unless another acts for them, or that of another."""
        if role in person.roles and not (role in PASSES_ON and person.person_id in self._acting):
            return True
        return any(role in each.roles for each in self._acting.values() if each.post.acting_id == person.person_id)

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
                if self._holds(person, role):
                    yield from self._latest(person, fired.get(audience, ()), unreported)

    def _latest(
        self, person: Recipient, fired: Sequence[tuple[Rule, date]], measures: tuple[Measure, ...]
    ) -> Iterator[Reminder]:
        """The rule that fired last, if it is news to the person and they want to hear it now."""
        if not fired:
            return
        (rule, day), *earlier = fired
        key = self.key(rule, person.person_id)
        if not self.is_news(person, rule, day):
            return
        covers = tuple(k for k in (self.key(old, person.person_id) for old, _ in earlier) if k not in person.heard)
        yield self._reminder(person, rule, key, measures, covers)

    def _since_the_return(
        self,
        person: Recipient,
        mine: Sequence[Measure],
        fired: Mapping[Audience, tuple[tuple[Rule, date], ...]],
    ) -> Sequence[tuple[Rule, date]]:
        """The officers' rules; of who has only sent-back work, which its own rules ask for, those that matter more."""
        own = fired.get(Audience.OFFICER, ())
        told = self._told_with_the_return(person, mine)
        return own if told is None else [e for e in own if e[1] > told and e[0].weight is not Weight.ROUTINE]

    def _told_with_the_return(self, person: Recipient, mine: Sequence[Measure]) -> date | None:
        """The day on which all that is missing was sent back, which was said then; None when more is missing."""
        days = {
            each.measure.id: bangkok_day(update.reviewed_at)
            for each, update in self._with_review(Review.RETURNED)
            if self._who_acts_for(update.person_id) == person.person_id and update.reviewed_at is not None
        }
        return max(days.values()) if days and all(measure.id in days for measure in mine) else None

    def _returned(self, people: Sequence[Recipient]) -> Iterator[Reminder]:
        """Sent-back work, one reminder a person whatever the number of updates."""
        rules = [rule for rule in self.rules if rule.since is From.RETURN]
        by_id = {person.person_id: person for person in people}
        news: dict[PersonId, list[tuple[Rule, Measure, str]]] = defaultdict(list)
        covers: dict[PersonId, list[str]] = defaultdict(list)
        for each, update in self._with_review(Review.RETURNED) if rules else ():
            person = by_id.get(self._who_acts_for(update.person_id))
            fired = self._fired_for(rules, update.reviewed_at)
            if person is None or not fired or self.sleeps(person, fired[0]):
                continue
            keys = [f"{rule.key}-{update.id}-{person.person_id}" for rule in fired]
            if keys[0] not in person.heard:
                news[person.person_id].append((fired[0], each.measure, keys[0]))
                covers[person.person_id] += [key for key in keys[1:] if key not in person.heard]
        for person_id, found in news.items():
            rule, _, key = max(found, key=lambda f: f[0].days)
            others = [k for _, _, k in found if k != key]
            measures = tuple(dict.fromkeys(measure for _, measure, _ in found))
            yield self._reminder(by_id[person_id], rule, key, measures, (*others, *covers[person_id]))

    def _waiting(self, reviewers: Sequence[Recipient], everybody: Sequence[Recipient]) -> Iterator[Reminder]:
        """Updates that wait for a review: all of them at once, when there is a new one, and at most once a week."""
        rules = [rule for rule in self.rules if rule.since is From.SUBMISSION]
        if not rules or not reviewers:
            return
        rule = rules[0]
        long = [(m, u) for m, u in self._with_review(Review.PENDING) if self._fired_for(rules, u.submitted_at)]
        heads = self._heads(everybody)
        week = self.today.isocalendar()
        for person in reviewers:
            key = f"{self.key(rule, person.person_id)}-{week.year}w{week.week}"
            mine = [(each, update) for each, update in long if self._reviews(person, heads, each, update)]
            measures = tuple(dict.fromkeys(each.measure for each, _ in mine))
            about = [f"{rule.key}-{update.id}-{person.person_id}" for _, update in mine]
            fresh = tuple(k for k in about if k not in person.heard)
            if fresh and key not in person.heard and not self.sleeps(person, rule):
                since = [update.submitted_at for _, update in mine if update.submitted_at is not None]
                why = waiting_why("มีรายงานรอความเห็นชอบ", since, self.calendar, self.today)
                yield replace(self._reminder(person, rule, key, measures, fresh), why=why)

    def _heads(self, everybody: Sequence[Recipient]) -> list[PersonId]:
        """The heads who can be reached, themselves or by whoever acts for them."""
        acted = [holder for holder, each in self._acting.items() if Role.HEAD in each.roles]
        return [*acted, *(p.person_id for p in everybody if Role.HEAD in p.roles and p.person_id not in acted)]

    def _reviews(self, person: Recipient, heads: Sequence[PersonId], each: MeasureYear, update: Update) -> bool:
        """Whether an update waits for this person: for an admin where there is no head, else for its heads."""
        meant = self.year.divisions.reviewers(heads, update.person_id, each.measure.id)
        return not heads or person.person_id in {self._who_acts_for(head) for head in meant}

    def _with_review(self, review: Review) -> list[tuple[MeasureYear, Update]]:
        return [
            (each, update)
            for each in self.year.measures
            for update in each.updates.get(self.round.no, ())
            if update.review is review
        ]

    def _fired_for(self, rules: Sequence[Rule], since: datetime | None) -> list[Rule]:
        """The rules that have fired for what happened then, latest first."""
        if since is None:
            return []
        day = bangkok_day(since)
        fired = [r for r in rules if self.calendar.working_days_after(day, r.days) <= self.today]
        return sorted(fired, key=lambda r: -r.days)

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
            holders=self._holders(person.person_id) if rule.audience is Audience.OFFICER else {},
        )

    def _holders(self, person_id: PersonId) -> Mapping[MeasureId, str]:
        acted = [holder for holder, each in self._acting.items() if each.post.acting_id == person_id]
        return in_place_of(self.year, self.round.no, person_id, acted)
