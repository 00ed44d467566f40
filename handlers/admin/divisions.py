"""The divisions of an agency: add, rename, remove, and which measures belong to each."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.divisions import LONGEST_DIVISION, DivisionId
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import Role
from bot.domain.plans import MeasureId
from bot.services.edit_person import put_into_division, remove_division, save_division
from bot.services.find import existing_agency
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.desk import year_that_matters
from handlers.runtime import runtime

pages = Blueprint("divisions", __name__, url_prefix="/admin/<agency_id>/divisions")


@pages.get("/")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId) -> str:
    """All of them with their heads, people and measures."""
    with runtime().store.read() as uow:
        agency = existing_agency(uow, agency_id)
        year = year_that_matters(uow, agency_id)
        measures = uow.plans.measures(agency_id, year)
        book = uow.divisions.of_agency(agency_id)
        members = uow.people.members(agency_id)
    heads = {person.id for person, membership in members if membership.role is Role.HEAD}
    people = {person.id: person for person, _m in members}.values()
    return render_template(
        "divisions.html",
        agency=agency,
        year=year,
        measures=measures,
        book=book,
        people=list(people),
        heads=heads,
        longest=LONGEST_DIVISION,
        runs_it=may_run(agency_id),
    )


@pages.post("/add")
@for_roles(Role.ADMIN)
def add(agency_id: AgencyId) -> Response:
    """A new one."""
    return _save(agency_id, None)


@pages.post("/<division_id>/rename")
@for_roles(Role.ADMIN)
def rename(agency_id: AgencyId, division_id: DivisionId) -> Response:
    """Another name."""
    return _save(agency_id, division_id)


@pages.post("/<division_id>/remove")
@for_roles(Role.ADMIN)
def remove(agency_id: AgencyId, division_id: DivisionId) -> Response:
    """Take it away; people and measures stay."""
    rt = runtime()
    try:
        with rt.store.write() as uow:
            gone = remove_division(uow, rt.ids, rt.clock.now(), who().person.id, agency_id, division_id)
        flash(_("นำ %(name)s ออกแล้ว คนและมาตรการยังอยู่", name=gone.name), "success")
    except NotFound:
        flash(_("ส่วนราชการนี้ถูกนำออกไปก่อนแล้ว"), "warning")
    return redirect(url_for(".show", agency_id=agency_id), 303)


@pages.post("/<division_id>/measures")
@for_roles(Role.ADMIN)
def measures(agency_id: AgencyId, division_id: DivisionId) -> Response:
    """Which measures of the year belong to it."""
    rt = runtime()
    chosen = {MeasureId(each) for each in request.form.getlist("measure")}
    try:
        with rt.store.write() as uow:
            year = year_that_matters(uow, agency_id)
            known = [measure.id for measure in uow.plans.measures(agency_id, year)]
            by, now = who().person.id, rt.clock.now()
            division = put_into_division(uow, rt.ids, now, by, agency_id, division_id, chosen, known)
        flash(_("บันทึกมาตรการของ %(name)s แล้ว", name=division.name), "success")
    except NotFound:
        flash(_("ส่วนราชการนี้ถูกนำออกไปก่อนแล้ว"), "warning")
    return redirect(url_for(".show", agency_id=agency_id), 303)


def _save(agency_id: AgencyId, division_id: DivisionId | None) -> Response:
    rt = runtime()
    try:
        with rt.store.write() as uow:
            by, now, name = who().person.id, rt.clock.now(), request.form.get("name", "")
            division = save_division(uow, rt.ids, now, by, agency_id, name, division_id)
        flash(_("บันทึก %(name)s แล้ว", name=division.name), "success")
    except BadInput:
        flash(_("ยังบันทึกไม่ได้ ต้องมีชื่อที่ไม่ซ้ำกับส่วนราชการอื่น"), "warning")
    except NotFound:
        flash(_("ส่วนราชการนี้ถูกนำออกไปก่อนแล้ว"), "warning")
    return redirect(url_for(".show", agency_id=agency_id), 303)
