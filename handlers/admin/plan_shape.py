"""Which measures a plan has and in what order: add, move, remove, copy an earlier year's."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput, NotFound, StaleWrite
from bot.domain.people import Role
from bot.domain.plans import MeasureId
from bot.services.find import existing_agency
from bot.services.fingerprints import fingerprint
from bot.services.shape_plan import add_measure, copy_plan, move_measure, plan_copy, remove_measure
from handlers.admin.access import for_roles, who
from handlers.admin.desk import known_year, text_of
from handlers.runtime import runtime
from handlers.thai import digits

pages = Blueprint("plan_shape", __name__, url_prefix="/admin")


@pages.post("/<agency_id>/plan/<int:fiscal_year>/add")
@for_roles(Role.ADMIN)
def add(agency_id: AgencyId, fiscal_year: int) -> Response:
    """A new measure with a title; the rest is written on its page."""
    rt, year = runtime(), known_year(fiscal_year)
    try:
        with rt.store.write() as uow:
            new = add_measure(uow, rt.ids, rt.clock.now(), who().person.id, agency_id, year, text_of("title"))
    except BadInput:
        flash(_("กรุณาเขียนชื่อมาตรการ"), "warning")
        return _to_plan(agency_id, year)
    flash(_("เพิ่มเป็นมาตรการที่ %(no)s แล้ว เขียนรายละเอียดต่อได้เลย", no=digits(new.no)), "success")
    return redirect(url_for("plan_measure.show", agency_id=agency_id, fiscal_year=year, measure_no=new.no), 303)


@pages.post("/<agency_id>/plan/<int:fiscal_year>/move")
@for_roles(Role.ADMIN)
def move(agency_id: AgencyId, fiscal_year: int) -> Response:
    """Give a measure another number."""
    rt, year = runtime(), known_year(fiscal_year)
    to = request.form.get("to", 0, type=int)
    measure_id = MeasureId(request.form.get("measure", ""))
    with rt.store.write() as uow:
        moved = move_measure(uow, rt.ids, rt.clock.now(), who().person.id, agency_id, measure_id, to)
    flash(_("ย้ายเป็นมาตรการที่ %(no)s แล้ว", no=digits(moved.no)), "success")
    return _to_plan(agency_id, year)


@pages.get("/<agency_id>/plan/<int:fiscal_year>/<int:measure_no>/remove")
@for_roles(Role.ADMIN)
def ask_removal(agency_id: AgencyId, fiscal_year: int, measure_no: int) -> str:
    """What would be lost."""
    with runtime().store.read() as uow:
        agency = existing_agency(uow, agency_id)
        found = [m for m in uow.plans.measures(agency_id, known_year(fiscal_year)) if m.no == measure_no]
        if not found:
            raise NotFound(f"{agency_id} has no measure {measure_no} in {fiscal_year}")
        updates = uow.updates.in_force([found[0].id])
    return render_template(
        "plan_remove.html",
        agency=agency,
        measure=found[0],
        updates=len(updates),
        pieces=sum(len(update.evidence) for update in updates),
        seen=fingerprint(found[0], *updates),
    )


@pages.post("/<agency_id>/plan/<int:fiscal_year>/<int:measure_no>/remove")
@for_roles(Role.ADMIN)
def remove(agency_id: AgencyId, fiscal_year: int, measure_no: int) -> Response:
    """Remove the measure that the question was about."""
    rt, year = runtime(), known_year(fiscal_year)
    measure_id, seen = MeasureId(request.form.get("measure", "")), request.form.get("seen", "")
    try:
        with rt.store.write() as uow:
            gone = remove_measure(uow, rt.ids, rt.clock.now(), who().person.id, agency_id, measure_id, seen)
    except StaleWrite:
        flash(_("มาตรการนี้หรือรายงานเพิ่งเปลี่ยน ยังไม่ได้ลบ กรุณาดูอีกครั้ง"), "warning")
        return redirect(url_for(".ask_removal", agency_id=agency_id, fiscal_year=year, measure_no=measure_no), 303)
    flash(_("ลบ “%(title)s” แล้ว", title=gone.title), "success")
    return _to_plan(agency_id, year)


@pages.get("/<agency_id>/plan/<int:fiscal_year>/copy")
@for_roles(Role.ADMIN)
def ask_copy(agency_id: AgencyId, fiscal_year: int) -> str:
    """What an earlier year's plan would bring, with what wants a look."""
    rt, year = runtime(), known_year(fiscal_year)
    with rt.store.read() as uow:
        agency = existing_agency(uow, agency_id)
        years = [each for each in reversed(uow.plans.fiscal_years(agency_id)) if each < year]
        wanted = request.args.get("from", type=int)
        from_year = next((each for each in years if each == wanted), years[0] if years else None)
        copied = plan_copy(uow, rt.ids, agency_id, from_year, year) if from_year else None
    return render_template("plan_copy.html", agency=agency, year=year, years=years, from_year=from_year, copied=copied)


@pages.post("/<agency_id>/plan/<int:fiscal_year>/copy")
@for_roles(Role.ADMIN)
def copy(agency_id: AgencyId, fiscal_year: int) -> Response:
    """Copy."""
    rt, year = runtime(), known_year(fiscal_year)
    from_year = known_year(request.form.get("from", 0, type=int))
    officers = request.form.get("officers") == "yes"
    with rt.store.write() as uow:
        now, by = rt.clock.now(), who().person.id
        done = copy_plan(uow, rt.ids, now, by, agency_id, from_year, year, officers=officers)
    count, source = digits(len(done.measures)), digits(from_year)
    flash(_("คัดลอก %(count)s มาตรการจากแผนปี %(year)s แล้ว", count=count, year=source), "success")
    return _to_plan(agency_id, year)


def _to_plan(agency_id: AgencyId, year: FiscalYear) -> Response:
    return redirect(url_for("plan.chosen", agency_id=agency_id, fiscal_year=year), 303)
