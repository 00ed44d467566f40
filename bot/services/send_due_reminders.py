"""Plan the reminders of a moment and put them into the outbox: one message a person, never twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.types import Choice, Message
from bot.domain.calendar import bangkok_day, thai_date
from bot.domain.people import ChatId, PersonId
from bot.domain.reminder_rules import Reminder, Reporter, due_reminders
from bot.domain.rounds import open_rounds
from bot.domain.text import thai_digits
from bot.ports.records import OutgoingState
from bot.ports.store import Store, UnitOfWork
from bot.services.agency_rounds import agency_rounds
from bot.services.load_year import load_year
from bot.services.notices import Notices


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One message to one person; several reminders (rounds, agencies) share it."""

    person_id: PersonId
    name: str
    chat_id: ChatId
    reminders: tuple[Reminder, ...]

    @property
    def key(self) -> str:
        """The key of the message: that of its first reminder."""
        return self.reminders[0].key


def plan_reminders(uow: UnitOfWork, now: datetime) -> list[Planned]:
    """Who would hear what at that moment, without those who heard it already; changes nothing."""
    due = due_reminders(_reporters(uow, now), now)
    sent = uow.outbox.with_keys([reminder.key for reminder in due])
    by_person: dict[PersonId, list[Reminder]] = defaultdict(list)
    for reminder in due:
        if reminder.key not in sent:
            by_person[reminder.person_id].append(reminder)
    planned = []
    for person_id, reminders in by_person.items():
        chat, person = uow.chats.of_person(person_id), uow.people.get(person_id)
        if chat is not None and person is not None and not chat.blocked:
            planned.append(Planned(person_id=person_id, name=person.name, chat_id=chat.id, reminders=tuple(reminders)))
    return planned


def send_due_reminders(store: Store, notices: Notices, now: datetime) -> list[Planned]:
    """Store what is due; the plan is made in the transaction that stores it, so who has just reported hears nothing."""
    with store.write() as uow:
        return [planned for planned in plan_reminders(uow, now) if _store(uow, notices, planned)]


def _store(uow: UnitOfWork, notices: Notices, planned: Planned) -> bool:
    message = reminder_message(planned)
    if notices.tell_person(uow, planned.person_id, "reminder", message, key=planned.key) is None:
        return False
    for covered in planned.reminders[1:]:
        row = notices.outgoing(planned.chat_id, "reminder", (), key=covered.key)
        uow.outbox.add(replace(row, state=OutgoingState.SENT, sent_at=row.created_at))
    return True


def _reporters(uow: UnitOfWork, now: datetime) -> Iterable[Reporter]:
    today = bangkok_day(now)
    for agency in uow.agencies.all():
        for round_ in open_rounds(agency_rounds(uow, agency.id), today):
            year = load_year(uow, agency.id, round_.fiscal_year)
            missing = defaultdict(list)
            for each in year.measures:
                for officer in each.missing_officers(round_.no):
                    missing[officer.person_id].append(each.measure)
            for person_id, measures in missing.items():
                yield Reporter(person_id=person_id, agency=agency, round=round_, missing=tuple(measures))


def reminder_message(planned: Planned) -> Message:
    """The words' values: what is missing, until when, and why this is being said."""
    first = planned.reminders[0]
    items: Sequence[dict[str, object]] = [
        {
            "no": measure.no,
            "title": measure.title,
            "round": thai_digits(f"รอบ {reminder.round.no.value} เดือน"),
            "due_text": thai_date(reminder.round.due_on),
        }
        for reminder in planned.reminders
        for measure in reminder.measures
    ]
    values = {
        "person": planned.name,
        "agency": first.agency.name,
        "items": items,
        "due_text": thai_date(min(r.round.due_on for r in planned.reminders)),
        "round_text": thai_digits(f"รอบ {first.round.no.value} เดือน ปีงบประมาณ พ.ศ. {first.round.fiscal_year}"),
        "why": first.why,
    }
    return Message(name="reminder", values=values, choices=(Choice(label="รายงานผล", word="รายงานผล"),))
