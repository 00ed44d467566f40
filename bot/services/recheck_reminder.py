"""Look at a reminder again at the moment of sending: who has reported meanwhile hears nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.calendar import BANGKOK, bangkok_day
from bot.domain.digests import Reminder
from bot.domain.people import PersonId
from bot.domain.plans import Measure
from bot.domain.reminder_rules import BY_KEY, Audience, From, Rule, Weight
from bot.domain.updates import Review
from bot.domain.workdays import DAY_BEGINS, WorkCalendar
from bot.domain.years import AgencyYear, MeasureYear
from bot.ports.records import Outgoing, OutgoingState, SaidReminder
from bot.ports.store import UnitOfWork
from bot.services.agency_rounds import one_round
from bot.services.load_year import load_year
from bot.services.notices import Notices
from bot.services.plan_reminders import calendar_of, calendars
from bot.services.reminder_message import reminder_message
from bot.services.send_due_reminders import REMINDER

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
    elif notices.clock.now() - message.created_at > LONGEST_HELD:
        return replace(message, state=OutgoingState.EXPIRED, error=NOT_NEEDED)
    return _with_what_is_left(uow, notices, message, said)


def _with_what_is_left(uow: UnitOfWork, notices: Notices, message: Outgoing, said: list[SaidReminder]) -> Outgoing:
    left = [(each, _still(uow, each)) for each in said]
    if all(len(reminder.measures) == len(each.measures) for each, reminder in left):
        return message
    reminders = [reminder for _, reminder in left if reminder.measures]
    person = uow.people.get(said[0].person_id)
    if not reminders or person is None:
        return replace(message, state=OutgoingState.EXPIRED, error=NOT_NEEDED)
    reminders.sort(key=lambda r: (-r.weight, r.round.due_on, r.audience is not Audience.OFFICER))
    words = reminder_message(person.name, reminders, said[0].day, person.language)
    rendered = notices.renderer.render_all([words], person.language)
    return replace(message, messages=tuple(rendered))


def _outside_hours(uow: UnitOfWork, now: datetime, said: SaidReminder, message: Outgoing) -> Outgoing | None:
    """Put off what was to be said in working hours and is late; what an operator sends at night is sent at night."""
    days = calendar_of(calendars(uow))(said.agency_id)
    if days.is_working_time(now) or not days.is_working_time(message.created_at):
        return None
    if message.attempts:
        return replace(message, state=OutgoingState.EXPIRED, error=TOO_LATE)
    morning = _next_morning(days, now)
    return replace(message, next_try_at=morning, expires_at=morning + GOOD_FOR_REST_OF_DAY)


def _next_morning(days: WorkCalendar, now: datetime) -> datetime:
    today = bangkok_day(now)
    morning = datetime.combine(days.on_or_after(today), DAY_BEGINS, BANGKOK)
    return morning if morning > now else datetime.combine(days.working_days_after(today, 1), DAY_BEGINS, BANGKOK)


def _still(uow: UnitOfWork, said: SaidReminder) -> Reminder:
    """The reminder with the measures that are still open."""
    year = load_year(uow, said.agency_id, said.fiscal_year)
    rule = BY_KEY.get(said.rule)
    open_measures = [each.measure for each in year.measures if each.measure.no in said.measures]
    if rule is not None:
        open_measures = _open(uow, year, said, rule)
    return Reminder(
        person_id=said.person_id,
        agency=year.agency,
        round=one_round(uow, said.agency_id, said.fiscal_year, said.round_no),
        measures=tuple(open_measures),
        rule=said.rule,
        key=said.key,
        why=said.why,
        audience=rule.audience if rule else Audience.OFFICER,
        weight=rule.weight if rule else Weight.ROUTINE,
        total=len(year.measures),
        since=rule.since if rule else From.DUE,
    )


def _open(uow: UnitOfWork, year: AgencyYear, said: SaidReminder, rule: Rule) -> list[Measure]:
    named = [each for each in year.measures if each.measure.no in said.measures]
    posts = uow.acting.on(said.day, agency_id=said.agency_id, acting_id=said.person_id)
    desks = {said.person_id, *(post.holder_id for post in posts)}
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
