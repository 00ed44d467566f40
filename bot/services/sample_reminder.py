"""A reminder as it would be said, about an agency's own measures, to be looked at before it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.conversation.types import Message
from bot.domain.agencies import Agency
from bot.domain.calendar import fiscal_year_of
from bot.domain.digests import Reminder
from bot.domain.people import PersonId
from bot.domain.reminder_reasons import said_why
from bot.domain.reminder_rules import Audience, Rule, fires_on
from bot.domain.rounds import Round, RoundNo, default_round
from bot.domain.workdays import WorkCalendar
from bot.ports.store import UnitOfWork
from bot.services.load_year import load_year
from bot.services.plan_ahead import rounds_ahead
from bot.services.reminder_message import reminder_message

SHOWN = 3
"""Measures in a sample."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A reminder that was never said, and the day on which it would be."""

    reminder: Reminder
    day: date

    def message(self, name: str, language: str) -> Message:
        """Its words to somebody of that name."""
        return reminder_message(name, [self.reminder], self.day, language)


def sample_reminder(uow: UnitOfWork, agency: Agency, rule: Rule, calendar: WorkCalendar, today: date) -> Sample:
    """What the rule would say in the agency's round that comes next, in this year's before there is a plan."""
    round_ = _round(uow, agency, today)
    year = load_year(uow, agency.id, round_.fiscal_year)
    day = fires_on(rule, round_, calendar) if rule.is_of_round else calendar.on_or_after(round_.opens_on)
    measures = tuple(each.measure for each in year.measures)
    shown = measures[:SHOWN] if rule.audience in {Audience.OFFICER, Audience.REVIEWER} else measures
    return Sample(
        reminder=Reminder(
            person_id=PersonId("sample"),
            agency=agency,
            round=round_,
            measures=shown,
            rule=rule.key,
            key=rule.key,
            why=said_why(rule, round_, day),
            audience=rule.audience,
            weight=rule.weight,
            total=len(measures),
            since=rule.since,
        ),
        day=day,
    )


def _round(uow: UnitOfWork, agency: Agency, today: date) -> Round:
    coming = sorted(rounds_ahead(uow, agency.id, today), key=lambda each: each.due_on)
    return coming[0] if coming else default_round(agency.id, fiscal_year_of(today), RoundNo.SIX)
