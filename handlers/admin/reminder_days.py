"""Days off of the agency's own, and the addresses of calendar feeds: made, shown once, and revoked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.calendar import BE_OFFSET, bangkok_day
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import PersonId, Role
from bot.domain.workdays import OwnDay, WorkCalendar
from bot.ports.records import Feed
from bot.ports.store import UnitOfWork
from bot.services.find import existing_agency
from bot.services.plan_reminders import calendar_of, calendars
from bot.services.reminder_choices import LONGEST_NAME, add_day_off, remove_day_off
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.desk import day_of, text_of
from handlers.runtime import runtime

pages = Blueprint("reminder_days", __name__, url_prefix="/admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLine:
    """A living feed; `whose` is a person's name, None for the agency's own."""

    token_hash: str
    whose: str | None
    made_at: datetime


@pages.get("/<agency_id>/reminders/days")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId) -> str:
    """Days off and feeds."""
    return _page(agency_id)


@pages.post("/<agency_id>/reminders/days")
@for_roles(Role.ADMIN)
def add(agency_id: AgencyId) -> Response | tuple[str, int]:
    """Add a day off, or a holiday on which the office works."""
    rt = runtime()
    try:
        day = day_of("day")
        if day is None:
            raise BadInput("a day off needs a date", field="day")
        with rt.store.write() as uow:
            works = request.form.get("works") == "yes"
            by = who().person.id
            add_day_off(uow, rt.ids, rt.clock.now(), by, agency_id, day, text_of("name"), works=works)
    except BadInput:
        return _page(agency_id, wrong=_("กรุณาใส่วันที่และชื่อวัน ไม่เกิน %(most)s ตัวอักษร", most=LONGEST_NAME)), 422
    flash(_("บันทึกวันแล้ว การเตือนจะเลี่ยงหรือใช้วันนี้ตามที่ตั้ง"), "success")
    return _back(agency_id)


@pages.post("/<agency_id>/reminders/days/<day>/remove")
@for_roles(Role.ADMIN)
def remove(agency_id: AgencyId, day: str) -> Response:
    """Take back a day that the agency added."""
    rt = runtime()
    try:
        when = date.fromisoformat(day)
    except ValueError:
        raise NotFound(f"{day!r} is no day") from None
    with rt.store.write() as uow:
        remove_day_off(uow, rt.ids, rt.clock.now(), who().person.id, agency_id, when)
    flash(_("ลบวันแล้ว"), "success")
    return _back(agency_id)


@pages.post("/<agency_id>/reminders/feeds")
@for_roles(Role.ADMIN)
def make_feed(agency_id: AgencyId) -> str:
    """Make a feed of the agency or of one of its people; the address is shown on this answer and never again."""
    rt = runtime()
    wanted = request.form.get("person", "")
    with rt.store.read() as uow:
        members = {person.id for person, _role in uow.people.members(agency_id)}
    if wanted and wanted not in members:
        raise NotFound("nobody of this agency")
    by = who().person.id
    url = (
        rt.feeds.make(person_id=PersonId(wanted), noted=(by, agency_id))
        if wanted
        else rt.feeds.make(agency_id=agency_id, noted=(by, agency_id))
    )
    return _page(agency_id, made=url)


@pages.post("/<agency_id>/reminders/feeds/<token_hash>/revoke")
@for_roles(Role.ADMIN)
def revoke_feed(agency_id: AgencyId, token_hash: str) -> Response:
    """End one feed."""
    try:
        runtime().feeds.revoke_one(agency_id, token_hash, by=who().person.id)
    except NotFound:
        flash(_("ลิงก์นี้ถูกยกเลิกไปแล้ว"), "warning")
    else:
        flash(_("ยกเลิกลิงก์แล้ว ปฏิทินที่ใช้ลิงก์นี้จะไม่ปรับปรุงอีก"), "success")
    return _back(agency_id)


def _page(agency_id: AgencyId, *, wrong: str | None = None, made: str | None = None) -> str:
    rt = runtime()
    today = bangkok_day(rt.clock.now())
    with rt.store.read() as uow:
        agency = existing_agency(uow, agency_id)
        calendar = calendar_of(calendars(uow))(agency_id)
        own = [each for each in uow.reminders.own_days() if each.agency_id == agency_id]
        people = {person.id: person.name for person, _role in uow.people.members(agency_id)}
        feeds = _feeds(uow, agency_id, people)
    missing = calendar.missing_year(today)
    return render_template(
        "reminder_days.html",
        agency=agency,
        own=own,
        coming=_coming(calendar, own, today),
        people=people,
        feeds=feeds,
        made=made,
        wrong=wrong,
        missing_year=missing + BE_OFFSET if missing else None,
        today=today,
        runs_it=may_run(agency_id),
    )


def _coming(calendar: WorkCalendar, own: Sequence[OwnDay], today: date) -> list[tuple[date, str]]:
    """Public holidays that are to come."""
    mine = {each.day for each in own}
    return [(day, name) for day, name in sorted(calendar.holidays.items()) if day >= today and day not in mine]


def _feeds(uow: UnitOfWork, agency_id: AgencyId, people: dict[PersonId, str]) -> list[FeedLine]:
    def whose(feed: Feed) -> str | None:
        return people.get(feed.person_id, "") if feed.person_id else None

    living = uow.reminders.feeds(agency_id)
    return [FeedLine(token_hash=each.token_hash, whose=whose(each), made_at=each.made_at) for each in living]


def _back(agency_id: AgencyId) -> Response:
    return redirect(url_for(".show", agency_id=agency_id), 303)
