"""The coming year of reminding on a calendar, what it costs, what waits, and who is out of reach."""

from __future__ import annotations

import calendar as months
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, render_template

from bot.domain.agencies import AgencyId
from bot.domain.calendar import BE_OFFSET, bangkok_day
from bot.domain.digests import Reminder
from bot.domain.message_budget import warning_at
from bot.domain.people import Role
from bot.domain.reminder_reasons import in_language
from bot.domain.workdays import WorkCalendar
from bot.ports.store import UnitOfWork
from bot.services.delivery_desk import held_list
from bot.services.find import existing_agency
from bot.services.plan_ahead import PlannedDay, agency_forecast, group_days_ahead, plan_ahead
from bot.services.plan_reminders import calendar_of, calendars
from handlers.admin.access import for_roles
from handlers.language import language
from handlers.runtime import runtime
from handlers.thai import month as month_name

pages = Blueprint("reminders", __name__, url_prefix="/admin")

SHOWN_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month of the calendar; each week has seven days, None for those of other months."""

    name: str
    weeks: Sequence[Sequence[date | None]]
    messages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """Somebody of the agency to whom nothing can be said in LINE; `blocked` once joined."""

    name: str
    blocked: bool


@pages.get("/<agency_id>/reminders")
@for_roles(Role.ADMIN, Role.AUDITOR)
def ahead(agency_id: AgencyId) -> str:
    """The year ahead, if nobody reported anything more: the most that reminding can say and cost."""
    now = runtime().clock.now()
    today = bangkok_day(now)
    with runtime().store.read() as uow:
        agency = existing_agency(uow, agency_id)
        days = plan_ahead(uow, now, today + timedelta(days=364), agency_id)
        forecasts = agency_forecast(uow, now, agency_id, days)
        to_groups = group_days_ahead(uow, now, today + timedelta(days=364), agency_id)
        waiting = held_list(uow, agency_id)
        calendar = calendar_of(calendars(uow))(agency_id)
        away = _away(uow, agency_id)
    missing = calendar.missing_year(today)
    return render_template(
        "reminders.html",
        agency=agency,
        today=today,
        months=_months(days, today),
        planned={planned.day: planned for planned in days},
        days_off=_days_off(calendar, today),
        to_groups=to_groups,
        total=sum(len(planned.digests) for planned in days),
        forecasts=[(each, warning_at(each.budget)) for each in forecasts.values()],
        waiting=waiting,
        away=away,
        why=why,
        missing_year=missing + BE_OFFSET if missing else None,
    )


def why(reminder: Reminder, day: date) -> str:
    """The reason of a reminder in the language of the page."""
    return in_language(reminder, day, language())


def _months(days: Sequence[PlannedDay], today: date) -> list[Month]:
    """Twelve months from this one."""
    counts = Counter[tuple[int, int]]()
    for planned in days:
        counts[planned.day.year, planned.day.month] += len(planned.digests)
    found = []
    for number in range(SHOWN_MONTHS):
        year, month = divmod(today.year * 12 + today.month - 1 + number, 12)
        weeks = months.Calendar(firstweekday=6).monthdatescalendar(year, month + 1)
        found.append(
            Month(
                name=month_name(year, month + 1),
                weeks=[[day if day.month == month + 1 else None for day in week] for week in weeks],
                messages=counts[year, month + 1],
            )
        )
    return found


def _days_off(calendar: WorkCalendar, today: date) -> dict[date, str]:
    last = today + timedelta(days=400)
    return {day: name for day, name in calendar.holidays.items() if today.replace(day=1) <= day <= last}


def _away(uow: UnitOfWork, agency_id: AgencyId) -> list[Away]:
    """Who blocked the bot, or never joined."""
    names = {person.id: person.name for person, _ in uow.people.members(agency_id)}
    contacts = uow.chats.contacts(list(names))
    return [
        Away(name=name, blocked=key in contacts)
        for key, name in names.items()
        if key not in contacts or contacts[key].blocked
    ]
