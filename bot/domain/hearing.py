"""Which rules of a round have fired, and whether what a rule has to say is news to a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.digests import Recipient
from bot.domain.people import PersonId
from bot.domain.reminder_rules import Audience, From, Rule, Weight, fires_on
from bot.domain.rounds import Round
from bot.domain.workdays import WorkCalendar


def _precedence(rule: Rule) -> int:
    """Of rules that fire on one day: that a round has opened is more worth saying than that a month is left."""
    match rule.since:
        case From.DUE:
            return 0 if rule.days < -7 else 2
        case From.LOCK:
            return 3
        case _:
            return 1


class FiredRules:
    """Which rules of a round have fired by today, latest first; rounds with the same dates share the answer."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._known: dict[object, dict[Audience, tuple[tuple[Rule, date], ...]]] = {}

    def of(
        self, rules: Sequence[Rule], round_: Round, calendar: WorkCalendar
    ) -> Mapping[Audience, tuple[tuple[Rule, date], ...]]:
        """By audience: the rules with the working days on which they fired."""
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
class Hearing:
    """One round on one day, as far as what was said before goes."""

    round: Round
    calendar: WorkCalendar
    today: date

    def key(self, rule: Rule, person_id: PersonId) -> str:
        """What settles the rule for the round and person: twice is once."""
        round_ = self.round
        return f"{rule.key}-{round_.agency_id}-{round_.fiscal_year}-{round_.no.value}-{person_id}"

    def is_news(self, person: Recipient, rule: Rule, day: date) -> bool:
        """Whether the rule, which fired on that day, has something to say that they did not hear and want to hear."""
        return not (
            self.key(rule, person.person_id) in person.heard
            or self.sleeps(person, rule)
            or self._was_greeted(person, rule, day)
            or self._was_told_just_now(person, rule)
        )

    def sleeps(self, person: Recipient, rule: Rule) -> bool:
        """Whether they do not want to hear it today; a last call is heard in spite of that."""
        return not rule.last_call and person.rests_on(self.today)

    def _was_told_just_now(self, person: Recipient, rule: Rule) -> bool:
        """Whether a routine message would come on the working day after another one; it waits a day then."""
        if rule.weight is not Weight.ROUTINE or person.told_on is None:
            return False
        return self.calendar.working_days_after(person.told_on, 1) >= self.today

    def _was_greeted(self, person: Recipient, rule: Rule, day: date) -> bool:
        """Whether the greeting, which says what is expected by when, came after the rule's day."""
        if person.joined_on is None or not day <= person.joined_on <= self.today:
            return False
        if rule.since is From.DUE and rule.days < -7:
            return True
        early = rule.since is From.OPENING or (rule.since is From.DUE and rule.days == -7)
        return early and day < person.joined_on
