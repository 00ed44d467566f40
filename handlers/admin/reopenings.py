"""Requests to change what a locked round holds: who asks, why, and the admin's answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.calendar import bangkok_day
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import Role
from bot.domain.plans import Measure
from bot.domain.reopenings import MOST_DAYS, USUAL_DAYS, Reopening, ReopeningId
from bot.jobs import DELIVER
from bot.services.find import existing_agency
from bot.services.reopen import answer_reopening
from handlers.admin.access import for_roles, may_run, who
from handlers.runtime import runtime

pages = Blueprint("reopenings", __name__, url_prefix="/admin/<agency_id>/reopenings")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A request as it is listed."""

    request: Reopening
    measure: Measure
    officer: str


@pages.get("/")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId) -> str:
    """Everything that waits for an answer."""
    rt = runtime()
    today = bangkok_day(rt.clock.now())
    with rt.store.read() as uow:
        agency = existing_agency(uow, agency_id)
        waiting = uow.reopenings.waiting([agency_id])
        names = {person.id: person.name for person, _member in uow.people.members(agency_id)}
        measures = {m.id: m for m in (uow.plans.measure(key) for key in {r.measure_id for r in waiting}) if m}
    lines = [
        Line(request=each, measure=measures[each.measure_id], officer=names.get(each.person_id, ""))
        for each in waiting
        if each.measure_id in measures
    ]
    return render_template(
        "reopenings.html",
        agency=agency,
        lines=lines,
        runs_it=may_run(agency_id),
        usual=today + timedelta(days=USUAL_DAYS),
        first=today,
        last=today + timedelta(days=MOST_DAYS),
    )


@pages.post("/<reopening_id>")
@for_roles(Role.ADMIN)
def decide(agency_id: AgencyId, reopening_id: ReopeningId) -> Response:
    """Open it again until the chosen day, or not."""
    rt, form = runtime(), request.form
    allow = form.get("decision") == "allow"
    back = redirect(url_for(".show", agency_id=agency_id), 303)
    try:
        until = _day(form.get("until", "")) if allow else None
        with rt.store.write() as uow:
            asked = uow.reopenings.get(reopening_id)
            if asked is None or asked.agency_id != agency_id:
                raise NotFound("there is no such request here")
            now, by = rt.clock.now(), who().person.id
            _request, chats = answer_reopening(uow, rt.notices, now, by, reopening_id, allow=allow, until=until)
    except BadInput:
        flash(_("กรุณาเลือกวันสุดท้ายภายใน %(days)s วันนับจากวันนี้", days=MOST_DAYS), "warning")
        return back
    except NotFound:
        flash(_("คำขอนี้มีผู้ตอบไปแล้ว"), "warning")
        return back
    for chat_id in chats:
        rt.queue.enqueue(DELIVER, chat_id)
    flash(_("เปิดให้แก้ไขแล้ว และแจ้งผู้รายงานในแชตแล้ว") if allow else _("ไม่เปิดให้แก้ไข และแจ้งผู้รายงานแล้ว"), "success")
    return back


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput("no day", field="until") from None
