"""The plan of a year: its measures with who reports on them, assigned several at once."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear, bangkok_day, fiscal_year_of
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import PersonId, Role
from bot.ports.store import UnitOfWork
from bot.services.assign_officers import Assigned, assign_officers, could_report
from bot.services.find import existing_agency
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.desk import known_year, year_that_matters
from handlers.runtime import runtime
from handlers.thai import digits

pages = Blueprint("plan", __name__, url_prefix="/admin")

MOST_NAMES = 5


@pages.get("/<agency_id>/plan/")
@for_roles(Role.ADMIN, Role.AUDITOR)
def current(agency_id: AgencyId) -> str:
    """The plan of the year that matters now."""
    with runtime().store.read() as uow:
        return _page(uow, agency_id, year_that_matters(uow, agency_id))


@pages.get("/<agency_id>/plan/<int:fiscal_year>/")
@for_roles(Role.ADMIN, Role.AUDITOR)
def chosen(agency_id: AgencyId, fiscal_year: int) -> str:
    """The plan of any year."""
    with runtime().store.read() as uow:
        return _page(uow, agency_id, known_year(fiscal_year))


@pages.post("/<agency_id>/plan/<int:fiscal_year>/officers")
@for_roles(Role.ADMIN)
def assign(agency_id: AgencyId, fiscal_year: int) -> Response:
    """Make the chosen people reporters of the chosen measures, or let them be it no longer."""
    rt = runtime()
    year = known_year(fiscal_year)
    back = redirect(url_for(".chosen", agency_id=agency_id, fiscal_year=year), 303)
    people = [PersonId(each) for each in request.form.getlist("person")]
    add = _is_adding(request.form.get("do"))
    try:
        with rt.store.write() as uow:
            numbers = _numbers(uow, agency_id, year)
            if not numbers or not people:
                flash(_("กรุณาเลือกมาตรการอย่างน้อยหนึ่งข้อ และเลือกผู้รายงานอย่างน้อยหนึ่งคน"), "warning")
                return back
            now, by = rt.clock.now(), who().person.id
            done = assign_officers(uow, rt.ids, now, by, agency_id, year, numbers, people, add=add)
    except NotFound:
        flash(_("แผนหรือรายชื่อถูกเปลี่ยนไปแล้ว ยังไม่ได้บันทึก กรุณาเลือกใหม่จากข้อมูลล่าสุด"), "warning")
        return back
    flash(_said(done, add=add), "success")
    return back


def _page(uow: UnitOfWork, agency_id: AgencyId, year: FiscalYear) -> str:
    agency = existing_agency(uow, agency_id)
    measures = uow.plans.measures(agency_id, year)
    reporters = uow.plans.reporters([measure.id for measure in measures])
    runs_it = may_run(agency_id)
    people = could_report(uow, agency_id) if runs_it else []
    this_year = fiscal_year_of(bangkok_day(runtime().clock.now()))
    known_years = uow.plans.fiscal_years(agency_id)
    return render_template(
        "plan.html",
        agency=agency,
        year=year,
        years=sorted({*known_years, year, this_year}, reverse=True),
        has_earlier=any(each < year for each in known_years),
        measures=measures,
        reporters=reporters,
        people=people,
        joined=uow.chats.joined([person.id for person in people]),
        runs_it=runs_it,
    )


def _numbers(uow: UnitOfWork, agency_id: AgencyId, year: FiscalYear) -> list[int]:
    if request.form.get("all") == "yes":
        return [measure.no for measure in uow.plans.measures(agency_id, year)]
    return [int(each) for each in request.form.getlist("measure") if each.isdecimal()]


def _is_adding(wish: str | None) -> bool:
    match wish:
        case "add":
            return True
        case "remove":
            return False
    raise BadInput("people are added or removed")


def _said(done: Assigned, *, add: bool) -> str:
    names = ", ".join(person.name for person in done.people[:MOST_NAMES])
    if len(done.people) > MOST_NAMES:
        names = _("%(names)s และอีก %(count)s คน", names=names, count=len(done.people) - MOST_NAMES)
    said = {"names": digits(names), "count": digits(len(done.measures))}
    if add:
        return str(_("ให้ %(names)s รายงาน %(count)s มาตรการแล้ว", **said))
    return str(_("%(names)s ไม่ต้องรายงาน %(count)s มาตรการนี้แล้ว ผลที่รายงานไว้ยังอยู่", **said))
