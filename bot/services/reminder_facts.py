"""What a turn may need to know of reminders; loaded only when the person speaks of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from bot.conversation.events import ButtonTapped, Event, TextReceived
from bot.conversation.facts import ReminderSeen, Task
from bot.conversation.types import State
from bot.conversation.words import WHY_REMINDED, Word
from bot.domain.people import PersonId
from bot.domain.reminder_rules import next_last_call, rules_of
from bot.domain.updates import Review
from bot.ports.store import UnitOfWork
from bot.services.plan_reminders import MEMORY, calendar_of, calendars


class ReminderFacts(TypedDict, total=False):
    """Fields of Facts."""

    last_call_on: date | None
    snoozed_until: date | None
    last_reminder: tuple[ReminderSeen, ...]


def reminder_facts(
    uow: UnitOfWork, person_id: PersonId, event: Event, state: State, tasks: Sequence[Task], today: date
) -> ReminderFacts:
    """The fields that this event may ask for."""
    said = event.text if isinstance(event, TextReceived) else event.data if isinstance(event, ButtonTapped) else ""
    if Word.POSTPONE.value in said or state.question == "snooze":
        return {"last_call_on": last_call_on(uow, tasks, today)}
    if WHY_REMINDED in said:
        times = uow.reminders.times([person_id]).get(person_id)
        until = times.snoozed_until if times else None
        return {
            "last_reminder": last_reminder(uow, person_id, today),
            "snoozed_until": until if until and until > today else None,
        }
    return {}


def last_call_on(uow: UnitOfWork, tasks: Sequence[Task], today: date) -> date | None:
    """The earliest last call among the rounds in which something of the person is missing."""
    changes, calendar = uow.reminders.changes(), calendar_of(calendars(uow))
    missing = {task.round for task in tasks if task.update is None or task.update.review is Review.RETURNED}
    days = (next_last_call(rules_of(changes.get(r.agency_id, ())), r, today, calendar(r.agency_id)) for r in missing)
    return min((day for day in days if day is not None), default=None)


def last_reminder(uow: UnitOfWork, person_id: PersonId, today: date) -> tuple[ReminderSeen, ...]:
    """What the person's last reminder said and why."""
    said = [each for each in uow.reminders.said_since(today - MEMORY, person_id) if not each.covered]
    if not said:
        return ()
    return tuple(
        ReminderSeen(day=each.day, why=each.why, round_no=each.round_no.value, measures=each.measures)
        for each in said
        if each.message_id == said[-1].message_id
    )
