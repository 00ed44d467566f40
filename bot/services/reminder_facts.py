"""What a turn may need to know of reminders; loaded only when the person speaks of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import TypedDict

from bot.conversation import english, nearly, words
from bot.conversation.events import ButtonTapped, Event, TextReceived
from bot.conversation.facts import ReminderSeen, Task
from bot.conversation.types import State
from bot.conversation.words import LONGEST_WORD, Word
from bot.domain.people import PersonId
from bot.domain.reminder_rules import next_last_call, rules_of
from bot.domain.updates import Review
from bot.ports.store import UnitOfWork
from bot.services.plan_reminders import MEMORY, calendar_of, calendars
from bot.services.reminder_choices import times_of

_OF_REMINDING = frozenset({Word.POSTPONE, Word.LEAVE, Word.QUIET, Word.WHY})
_QUESTIONS = frozenset({"snooze", "leave", "quiet"})
_OF_TIMES = ("ลา", "รบกวน", "เงียบ", "leave", "quiet", "day off", "disturb", "back", "any time")
"""What a message has in it that sets or ends leave or quiet hours in one go."""


class ReminderFacts(TypedDict, total=False):
    """Fields of Facts."""

    last_call_on: date | None
    leave: tuple[date, date] | None
    quiet: tuple[time, time] | None
    snoozed_until: date | None
    last_reminder: tuple[ReminderSeen, ...]


def reminder_facts(
    uow: UnitOfWork, person_id: PersonId, event: Event, state: State, tasks: Sequence[Task], today: date
) -> ReminderFacts:
    """The fields that this event may ask for."""
    said = event.text if isinstance(event, TextReceived) else event.data if isinstance(event, ButtonTapped) else ""
    if len(said) > LONGEST_WORD:
        return {}
    word = words.command(said) or english.command(said) or nearly.command(said)
    asks = {word, *(meant for meant in _OF_REMINDING if meant in said)} & _OF_REMINDING
    is_times = state.question in _QUESTIONS or any(each in said.casefold() for each in _OF_TIMES)
    if not asks and not is_times:
        return {}
    found = _chosen(uow, person_id, today)
    if Word.WHY in asks:
        found["last_reminder"] = last_reminder(uow, person_id, today)
    else:
        found["last_call_on"] = last_call_on(uow, tasks, today)
    return found


def _chosen(uow: UnitOfWork, person_id: PersonId, today: date) -> ReminderFacts:
    """What the person chose and is not over."""
    times = times_of(uow, person_id)
    until, first, last = times.snoozed_until, times.away_from, times.away_until
    return {
        "snoozed_until": until if until and until > today else None,
        "leave": (first, last) if first and last and last >= today else None,
        "quiet": (times.quiet_from, times.quiet_until) if times.quiet_from and times.quiet_until else None,
    }


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
