"""Whom reminding speaks to and what it says: recipients, reminders, and one digest a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from bot.domain.agencies import Agency
from bot.domain.calendar import BANGKOK
from bot.domain.people import ChatId, PersonId, Role
from bot.domain.plans import Measure, MeasureId
from bot.domain.reminder_rules import Audience, From, Weight
from bot.domain.rounds import Round


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
        """Whether anything may be said to them at this moment."""
        local = now.astimezone(BANGKOK)
        if self.told_on == local.date():
            return False
        return self.quiet is None or not self.quiet[0] <= local.time() < self.quiet[1]

    def rests_on(self, day: date) -> bool:
        """Whether they are on leave or put reminders off: only a last call is heard on that day."""
        if self.snoozed_until is not None and day < self.snoozed_until:
            return True
        return self.away is not None and self.away[0] <= day <= self.away[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One thing to say to one person; `key` is unique for rule, round and person, so twice is once.

    Attributes:
        covers: keys of earlier rules whose place it takes.
        total: how many measures the round has, for those who are told counts.
        documents: titles of what waits for the person's signature.
        holders: whose part it is, by measure, where the person acts for somebody and has no part of their own in it.
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
    documents: tuple[str, ...] = ()
    holders: Mapping[MeasureId, str] = field(default_factory=dict)


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
