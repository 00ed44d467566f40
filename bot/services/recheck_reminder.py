"""Look at a reminder again at the moment of sending: who has reported meanwhile hears nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.calendar import BANGKOK, bangkok_day
from bot.domain.digests import Reminder
from bot.domain.people import PersonId
from bot.domain.plans import Measure
from bot.domain.reminder_reasons import said_why
from bot.domain.reminder_rules import BY_KEY, Audience, From, Rule, Weight
from bot.domain.updates import Review
from bot.domain.workdays import DAY_BEGINS, WorkCalendar
from bot.domain.years import AgencyYear, MeasureYear, in_place_of
from bot.ports.records import Outgoing, OutgoingState, SaidReminder
from bot.ports.store import UnitOfWork
from bot.services.agency_rounds import one_round
from bot.services.load_year import load_year
from bot.services.notices import Notices
from bot.services.plan_reminders import calendar_of, calendars, waiting_steps
from bot.services.reminder_message import reminder_message
from bot.services.send_due_reminders import REMINDER, day_key

NOT_NEEDED = "no longer needed: the work is in"
TOO_LATE = "the working day ended before LINE took it"
GOOD_FOR_REST_OF_DAY = timedelta(hours=8)
LONGEST_HELD = timedelta(days=14)
"""A reminder that waits for a free reply says nothing useful after that."""


def recheck_reminder(uow: UnitOfWork, notices: Notices, message: Outgoing) -> Outgoing:
    """The message as it is to be sent now: as it was, with what is left, put off, or not at all.

    After a first attempt the words stay: a retry key stands for one body.
    """
    if message.kind != REMINDER or message.state not in {OutgoingState.QUEUED, OutgoingState.HELD}:
        return message
    said = [each for each in uow.reminders.of_message(message.id) if not each.covered]
    if not said:
        return message
    if message.state is OutgoingState.QUEUED:
        put_off = _outside_hours(uow, notices.clock.now(), said[0], message)
        if put_off is not None:
            return put_off
        if message.attempts:
            return message
    elif notices.clock.now() - message.created_at > LONGEST_HELD or _was_overtaken(uow, message, said):
        return replace(message, state=OutgoingState.EXPIRED, error=NOT_NEEDED)
    return _with_what_is_left(uow, notices, message, said)


def _with_what_is_left(uow: UnitOfWork, notices: Notices, message: Outgoing, said: list[SaidReminder]) -> Outgoing:
    today = bangkok_day(notices.clock.now())
    planned_on = bangkok_day(message.created_at)
    left = [(each, _still(uow, each, today)) for each in said]
    if today == planned_on and all(_is_whole(each, reminder) for each, reminder in left):
        return message
    reminders = [reminder for _, reminder in left if reminder.measures or reminder.documents]
    person = uow.people.get(said[0].person_id)
    if not reminders or person is None:
        return replace(message, state=OutgoingState.EXPIRED, error=NOT_NEEDED)
    reminders.sort(key=lambda r: (-r.weight, r.round.due_on, r.audience is not Audience.OFFICER))
    words = reminder_message(person.name, reminders, today, person.language)
    rendered = notices.renderer.render_all([words], person.language)
    return replace(message, messages=tuple(rendered))


def _was_overtaken(uow: UnitOfWork, message: Outgoing, said: list[SaidReminder]) -> bool:
    """Whether everything that waits was followed by a later reminder about the same round."""
    later = [
        each
        for each in uow.reminders.said_since(said[0].day, said[0].person_id)
        if each.message_id != message.id and each.at > said[0].at and not each.covered
    ]
    rounds = {(each.agency_id, each.fiscal_year, each.round_no) for each in later}
    return all((each.agency_id, each.fiscal_year, each.round_no) in rounds for each in said)


def _is_whole(said: SaidReminder, reminder: Reminder) -> bool:
    """Whether everything that was said is still open; documents are looked up anew."""
    if reminder.audience is Audience.SIGNER:
        return bool(reminder.documents)
    return len(reminder.measures) == len(said.measures)


def _outside_hours(uow: UnitOfWork, now: datetime, said: SaidReminder, message: Outgoing) -> Outgoing | None:
    """Put off what was to be said in working hours and is late; what an operator sends at night is sent at night."""
    days = calendar_of(calendars(uow))(said.agency_id)
    if days.is_working_time(now) or not days.is_working_time(message.created_at):
        return None
    if message.attempts:
        return replace(message, state=OutgoingState.EXPIRED, error=TOO_LATE)
    morning = _next_morning(days, now)
    _is_that_days(uow, said, bangkok_day(morning))
    return replace(message, next_try_at=morning, expires_at=morning + GOOD_FOR_REST_OF_DAY)


def _is_that_days(uow: UnitOfWork, said: SaidReminder, day: date) -> None:
    """The person's digest of that day: nothing else is planned for it."""
    uow.reminders.move_day(said.message_id, day)
    uow.reminders.record([replace(said, key=day_key(said.person_id, day), day=day, covered=True)])


def _next_morning(days: WorkCalendar, now: datetime) -> datetime:
    today = bangkok_day(now)
    morning = datetime.combine(days.on_or_after(today), DAY_BEGINS, BANGKOK)
    return morning if morning > now else datetime.combine(days.working_days_after(today, 1), DAY_BEGINS, BANGKOK)


def _still(uow: UnitOfWork, said: SaidReminder, today: date) -> Reminder:
    """The reminder with the measures that are still open, and the reason as it is true today."""
    year = load_year(uow, said.agency_id, said.fiscal_year)
    round_ = one_round(uow, said.agency_id, said.fiscal_year, said.round_no)
    rule = BY_KEY.get(said.rule)
    acted = [p.holder_id for p in uow.acting.on(said.day, agency_id=said.agency_id, acting_id=said.person_id)]
    open_measures = [each.measure for each in year.measures if each.measure.no in said.measures]
    if rule is not None:
        open_measures = _open(year, said, rule, {said.person_id, *acted})
    own_work = rule is None or rule.audience is Audience.OFFICER
    return Reminder(
        person_id=said.person_id,
        agency=year.agency,
        round=round_,
        measures=tuple(open_measures),
        rule=said.rule,
        key=said.key,
        why=said_why(rule, round_, today) if rule and rule.since is From.DUE else said.why,
        audience=rule.audience if rule else Audience.OFFICER,
        weight=rule.weight if rule else Weight.ROUTINE,
        total=len(year.measures),
        since=rule.since if rule else From.DUE,
        documents=_documents(uow, said) if rule and rule.audience is Audience.SIGNER else (),
        holders=in_place_of(year, said.round_no, said.person_id, acted) if own_work else {},
    )


def _documents(uow: UnitOfWork, said: SaidReminder) -> tuple[str, ...]:
    """What still waits for the person's signature."""
    waiting = waiting_steps(uow, said.day, [said.agency_id])
    return tuple(dict.fromkeys(step.document for step in waiting if step.person_id == said.person_id))


def _open(year: AgencyYear, said: SaidReminder, rule: Rule, desks: Collection[PersonId]) -> list[Measure]:
    named = [each for each in year.measures if each.measure.no in said.measures]
    return [each.measure for each in named if _is_open(each, said, rule, desks)]


def _is_open(each: MeasureYear, said: SaidReminder, rule: Rule, desks: Collection[PersonId]) -> bool:
    match rule.audience:
        case Audience.OFFICER:
            return any(o.person_id in desks for o in each.missing_officers(said.round_no))
        case Audience.REVIEWER:
            return any(u.review is Review.PENDING for u in each.updates.get(said.round_no, ()))
        case Audience.HEAD | Audience.ADMIN | Audience.EXECUTIVE:
            return not each.is_reported(said.round_no)
        case Audience.SIGNER | Audience.GROUP:
            return False
