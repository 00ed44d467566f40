"""Reminders as a pure function: who should hear what now, and why; one digest a person.

`due_reminders` looks at nothing but its arguments. Of the rules of one round that have fired, a later one takes the
place of the earlier ones, so that a clock which was down catches up with one sensible message. What a person has
heard already, by its keys, is not said again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from bot.domain.acting import StandIn
from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear, bangkok_day
from bot.domain.digests import Digest, Recipient, Reminder
from bot.domain.hearing import FiredRules
from bot.domain.message_budget import Budget, share
from bot.domain.people import PersonId
from bot.domain.reminder_rules import RULES, Audience, Rule
from bot.domain.round_work import RoundWork
from bot.domain.rounds import Round
from bot.domain.waiting_signatures import WaitingStep, signature_reminders
from bot.domain.workdays import WorkCalendar
from bot.domain.years import AgencyYear

Years = Mapping[tuple[AgencyId, FiscalYear], AgencyYear]


def due_reminders(
    rules: Mapping[AgencyId, Sequence[Rule]],
    rounds: Iterable[Round],
    people: Mapping[AgencyId, Sequence[Recipient]],
    updates: Years,
    calendar: Callable[[AgencyId], WorkCalendar],
    quota: Mapping[str, Budget],
    now: datetime,
    stand_ins: Sequence[StandIn] = (),
    waiting: Sequence[WaitingStep] = (),
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
        stand_ins: who acts for whom: what the one would hear goes to the other while it lasts.
        waiting: steps of sign-off chains, each for a person who can sign it; their rounds may be closed.
    """
    today = bangkok_day(now)
    found: dict[PersonId, list[Reminder]] = defaultdict(list)
    known: dict[PersonId, Recipient] = {}
    fired = FiredRules(today)
    for round_ in rounds:
        days = calendar(round_.agency_id)
        year = updates.get((round_.agency_id, round_.fiscal_year))
        if year is None or not round_.is_open(today) or not days.is_working_time(now):
            continue
        everybody = people.get(round_.agency_id, ())
        listening = [p for p in everybody if p.can_be_told(now)]
        if listening:
            work = RoundWork(
                round=round_,
                year=year,
                calendar=days,
                today=today,
                rules=rules.get(round_.agency_id, RULES),
                stand_ins=stand_ins,
            )
            known.update((p.person_id, p) for p in listening)
            for reminder in work.reminders(listening, everybody, fired):
                found[reminder.person_id].append(reminder)
    for agency_id in dict.fromkeys(step.agency.id for step in waiting):
        days = calendar(agency_id)
        if not days.is_working_time(now):
            continue
        here = {p.person_id: p for p in people.get(agency_id, ()) if p.can_be_told(now)}
        known.update(here)
        steps = [step for step in waiting if step.agency.id == agency_id]
        for reminder in signature_reminders(rules.get(agency_id, RULES), steps, here, days, today):
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
