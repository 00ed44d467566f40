"""One measure of the plan: its texts and period, changed in place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput, NotFound, StaleWrite
from bot.domain.people import Role
from bot.domain.plans import Measure, MeasureId
from bot.ports.store import UnitOfWork
from bot.services.edit_measure import LONGEST, TEXTS, edit_measure
from bot.services.find import existing_agency
from bot.services.fingerprints import fingerprint
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.desk import day_of, known_year, text_of
from handlers.runtime import runtime
from handlers.thai import day

pages = Blueprint("plan_measure", __name__, url_prefix="/admin")

LABELS = {
    "title": lazy_gettext("มาตรการ"),
    "section": lazy_gettext("หัวข้อ/กลุ่ม"),
    "indicator": lazy_gettext("ตัวชี้วัด"),
    "approach": lazy_gettext("แนวทาง"),
    "steps": lazy_gettext("ขั้นตอน/วิธีการ"),
    "responsible": lazy_gettext("ผู้รับผิดชอบ"),
    "monitoring": lazy_gettext("การกำกับติดตาม"),
    "period_text": lazy_gettext("ระยะเวลา (ตามที่พิมพ์ในแผน)"),
    "period_start": lazy_gettext("วันเริ่ม"),
    "period_end": lazy_gettext("วันสิ้นสุด"),
}
WRONG = {
    "title": lazy_gettext("กรุณาเขียนชื่อมาตรการ"),
    "period_end": lazy_gettext("วันสิ้นสุดต้องไม่มาก่อนวันเริ่ม"),
}
TOO_LONG = lazy_gettext("ข้อความยาวเกิน %(most)s ตัวอักษร กรุณาย่อ", most=f"{LONGEST:,}")


@pages.get("/<agency_id>/plan/<int:fiscal_year>/<int:measure_no>")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId, fiscal_year: int, measure_no: int) -> str:
    """The measure; a form for those who run the agency."""
    with runtime().store.read() as uow:
        agency = existing_agency(uow, agency_id)
        measure = _measure(uow, agency_id, known_year(fiscal_year), measure_no)
    return _page(agency, measure, _values(measure))


@pages.post("/<agency_id>/plan/<int:fiscal_year>/<int:measure_no>")
@for_roles(Role.ADMIN)
def save(agency_id: AgencyId, fiscal_year: int, measure_no: int) -> Response | tuple[str, int]:
    """Store the change, or show what somebody else wrote meanwhile."""
    rt = runtime()
    given = {name: text_of(name) for name in TEXTS}
    start, end = day_of("period_start"), day_of("period_end")
    measure_id, seen = MeasureId(request.form.get("measure", "")), request.form.get("seen", "")
    typed = {**given, "period_start": _iso(start), "period_end": _iso(end)}
    try:
        with rt.store.write() as uow:
            now, by = rt.clock.now(), who().person.id
            new = edit_measure(uow, rt.ids, now, by, agency_id, measure_id, seen, given, start, end)
    except (StaleWrite, BadInput) as problem:
        with rt.store.read() as uow:
            agency = existing_agency(uow, agency_id)
            stored = uow.plans.measure(measure_id)
        if stored is None or stored.agency_id != agency_id:
            raise NotFound("the measure is gone") from None
        if isinstance(problem, StaleWrite):
            return _page(agency, stored, typed, theirs=_differing(stored, typed)), 409
        return _page(agency, stored, typed, wrong=str(problem.fields["field"])), 422
    flash(f"{_('บันทึกแล้ว')} {_period_said(new)}", "success")
    return redirect(url_for("plan.chosen", agency_id=agency_id, fiscal_year=new.fiscal_year), 303)


def _page(
    agency: Agency,
    measure: Measure,
    values: Mapping[str, str],
    *,
    theirs: Mapping[str, str] | None = None,
    wrong: str | None = None,
) -> str:
    return render_template(
        "plan_measure.html",
        agency=agency,
        measure=measure,
        values=values,
        labels=LABELS,
        texts=TEXTS,
        seen=fingerprint(measure),
        theirs=theirs,
        wrong=wrong,
        said=(WRONG.get(wrong, TOO_LONG) if wrong else None),
        runs_it=may_run(agency.id),
    )


def _measure(uow: UnitOfWork, agency_id: AgencyId, year: FiscalYear, number: int) -> Measure:
    found = next((m for m in uow.plans.measures(agency_id, year) if m.no == number), None)
    if found is None:
        raise NotFound(f"{agency_id} has no measure {number} in {year}")
    return found


def _values(measure: Measure) -> dict[str, str]:
    texts = {name: getattr(measure, name) or "" for name in TEXTS}
    return {**texts, "period_start": _iso(measure.period_start), "period_end": _iso(measure.period_end)}


def _differing(stored: Measure, typed: Mapping[str, str]) -> dict[str, str]:
    """What is stored now, of the fields in which it is not what was typed."""
    return {name: now for name, now in _values(stored).items() if now.strip() != typed[name].strip()}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _period_said(measure: Measure) -> str:
    if measure.period_start and measure.period_end:
        return str(_("ระยะเวลา %(start)s ถึง %(end)s", start=day(measure.period_start), end=day(measure.period_end)))
    return str(_("ระยะเวลานี้ยังอ่านเป็นวันที่ไม่ได้ กำหนดวันเองได้")) if measure.period_text else ""
