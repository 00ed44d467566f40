"""Put the reminders of a moment into the outbox: one message a person and day, never twice."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, datetime

from bot.domain.calendar import bangkok_day
from bot.domain.digests import Digest, Reminder
from bot.domain.people import PersonId
from bot.ports.records import Outgoing, OutgoingState, SaidReminder
from bot.ports.store import Store, UnitOfWork
from bot.services.notices import Notices
from bot.services.plan_reminders import plan_reminders
from bot.services.reminder_message import reminder_message

log = logging.getLogger(__name__)

REMINDER = "reminder"
"""The kind of the message."""

NO_MONEY = "the month's messages are kept for what matters more"

Planned = Digest
"""One message to one person; several reminders (rounds, agencies, rules) share it."""


def send_due_reminders(store: Store, notices: Notices, now: datetime) -> list[Planned]:
    """Store what is due, a transaction a person: one that fails never stops the others.

    Whether the work is still missing is looked at again at the moment of sending (recheck_reminder).
    """
    with store.read() as uow:
        digests = plan_reminders(uow, now)
    stored = []
    for digest in digests:
        with store.write() as uow:
            if _store(uow, notices, digest, now):
                stored.append(digest)
    return stored


def _store(uow: UnitOfWork, notices: Notices, digest: Planned, now: datetime) -> bool:
    chat, person = uow.chats.get(digest.chat_id), uow.people.get(digest.person_id)
    if chat is None or chat.blocked or person is None:
        return False
    rendered = notices.renderer.render_all(
        [reminder_message(digest.name, digest.reminders, bangkok_day(now), person.language)], person.language
    )
    message = notices.outgoing(digest.chat_id, REMINDER, rendered, key=digest.key)
    if digest.held:
        message = replace(message, state=OutgoingState.HELD, error=NO_MONEY)
    if not uow.reminders.record(records_of(digest, message, now)):
        return False  # another clock was faster
    if not uow.outbox.add(message):
        log.warning("reminder_key_used key=%s", digest.key)
        return False
    return True


def records_of(digest: Planned, message: Outgoing, now: datetime) -> list[SaidReminder]:
    """What is written down: first the day, which is unique for a person; then what is said and what it covers."""
    day = bangkok_day(now)
    rows = [_record(digest.reminders[0], message, now, day_key(digest.person_id, day), covered=True)]
    for reminder in digest.reminders:
        rows.append(_record(reminder, message, now, reminder.key))
        rows += [_record(reminder, message, now, key, covered=True) for key in reminder.covers]
    return rows


def day_key(person_id: PersonId, day: date) -> str:
    """What settles a person's day: one digest, whichever clock is first."""
    return f"day-{day}-{person_id}"


def _record(reminder: Reminder, message: Outgoing, now: datetime, key: str, *, covered: bool = False) -> SaidReminder:
    round_ = reminder.round
    return SaidReminder(
        key=key,
        message_id=message.id,
        person_id=reminder.person_id,
        agency_id=round_.agency_id,
        fiscal_year=round_.fiscal_year,
        round_no=round_.no,
        rule=reminder.rule,
        why=reminder.why,
        measures=tuple(measure.no for measure in reminder.measures),
        day=bangkok_day(now),
        at=now,
        covered=covered,
    )
