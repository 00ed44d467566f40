"""The check before publication on a page: each finding with the one action that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.errors import NotFound
from bot.domain.people import Role
from bot.domain.rounds import Round
from bot.jobs import LOOK_AT_LINKS
from bot.reporting.check.subject import OWN_FIELDS, PLAN_FIELDS
from bot.reporting.model import Finding, Severity
from bot.services.check_round import checked
from bot.services.find import existing_agency
from bot.services.mend_name import MISSPELT, mend_name
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.desk import known_round
from handlers.runtime import runtime

pages = Blueprint("check", __name__, url_prefix="/admin")

_AT_MEASURE = frozenset({"measure_not_reported", "part_missing", "update_pending", "update_returned"})
"""Nothing that could be sent back, or something that waits for a decision: the measure's page has the ways on."""

_TO_SEND_BACK = frozenset({"summary", "output", "outcome", "obstacles", "remark", "evidence"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """The one action that mends a finding: where it leads and what stands on it; `replaces` is done at once."""

    words: str
    url: str
    replaces: bool = False


@pages.get("/<agency_id>/<int:fiscal_year>/<int:number>/check")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId, fiscal_year: int, number: int) -> str | Response:
    """Everything that the check finds now."""
    rt = runtime()
    with rt.store.read() as uow:
        round_ = known_round(uow, agency_id, fiscal_year, number)
        agency, settings = existing_agency(uow, agency_id), uow.agencies.settings(agency_id)
        try:
            found = checked(uow, rt.clock, agency_id, round_.fiscal_year, round_.no)
        except NotFound:
            flash(_("ยังไม่มีแผนมาตรการของปีงบประมาณนี้ จึงยังไม่มีอะไรให้ตรวจ"), "warning")
            return redirect(url_for("report_desk.of_year", agency_id=agency_id, fiscal_year=fiscal_year), 303)
        looked = uow.links.looked(agency_id)
    runs_it = may_run(agency_id)
    errors = sum(finding.severity is Severity.ERROR for finding in found.findings)
    return render_template(
        "check.html",
        agency=agency,
        round=round_,
        findings=[(finding, _mending(round_, finding) if runs_it else None) for finding in found.findings],
        errors=errors,
        warnings=len(found.findings) - errors,
        severe=Severity.ERROR,
        photos=found.photos,
        tries_links=settings.tries_links,
        looked=max((look.at for look in looked.values()), default=None),
        runs_it=runs_it,
    )


@pages.post("/<agency_id>/<int:fiscal_year>/<int:number>/check/name")
@for_roles(Role.ADMIN)
def name(agency_id: AgencyId, fiscal_year: int, number: int) -> Response:
    """Put the right name in place of a misspelling in the plan."""
    rt = runtime()
    back = redirect(url_for(".show", agency_id=agency_id, fiscal_year=fiscal_year, number=number), 303)
    form = request.form
    try:
        with rt.store.write() as uow:
            round_ = known_round(uow, agency_id, fiscal_year, number)
            place = (form.get("measure", 0, type=int), form.get("field", ""), form.get("words", ""))
            mend_name(uow, rt.ids, rt.clock, who().person.id, agency_id, round_.fiscal_year, round_.no, *place)
    except NotFound:
        flash(_("ไม่พบคำนั้นแล้ว อาจมีผู้แก้ไปก่อน"), "warning")
        return back
    flash(_("แก้ชื่อหน่วยงานในแผนแล้ว"), "success")
    return back


@pages.post("/<agency_id>/<int:fiscal_year>/<int:number>/check/links")
@for_roles(Role.ADMIN)
def links(agency_id: AgencyId, fiscal_year: int, number: int) -> Response:
    """Have the addresses opened, where the agency turned that on."""
    rt = runtime()
    with rt.store.read() as uow:
        known_round(uow, agency_id, fiscal_year, number)
        on = uow.agencies.settings(agency_id).tries_links
    if on:
        rt.queue.enqueue(LOOK_AT_LINKS, agency_id)
        flash(_("กำลังลองเปิดลิงก์ ใช้เวลาไม่เกินสองนาที แล้วโหลดหน้านี้ใหม่"), "success")
    else:
        flash(_("การลองเปิดลิงก์ปิดอยู่ เปิดได้ในหน้าตั้งค่า"), "warning")
    return redirect(url_for(".show", agency_id=agency_id, fiscal_year=fiscal_year, number=number), 303)


def _mending(round_: Round, finding: Finding) -> Mending:
    """Where the finding is mended: the plan, the measure with the reason already written, or a page of its own."""
    year: dict[str, Any] = {"agency_id": round_.agency_id, "fiscal_year": round_.fiscal_year}
    here = {**year, "number": round_.no.value}
    if finding.code == MISSPELT and finding.field in PLAN_FIELDS:
        return Mending(words=_("แก้คำนี้ในแผนให้ถูก"), url=url_for(".name", **here), replaces=True)
    if finding.field == "results":
        return Mending(words=_("ไปที่ผลประเมิน"), url=url_for("results.current", agency_id=round_.agency_id))
    if finding.measure_no is None:
        return _of_agency(round_.agency_id, finding)
    measure: dict[str, Any] = {"measure_no": finding.measure_no}
    if finding.code in _AT_MEASURE:
        return Mending(words=_("ไปที่มาตรการนี้"), url=url_for("measure.show", **here, **measure))
    if finding.field in PLAN_FIELDS:
        return Mending(words=_("แก้มาตรการนี้ในแผน"), url=url_for("plan_measure.show", **year, **measure))
    if finding.field in _TO_SEND_BACK:
        reason = f"{finding.message.partition(': ')[2]} – {finding.action}"
        address = url_for("measure.show", **here, **measure, reason=reason)
        return Mending(words=_("ส่งกลับพร้อมเหตุผลนี้"), url=f"{address}#part-1")
    return Mending(words=_("ไปที่มาตรการนี้"), url=url_for("measure.show", **here, **measure))


def _of_agency(agency_id: AgencyId, finding: Finding) -> Mending:
    if finding.field in OWN_FIELDS:
        return Mending(words=_("ไปที่รายงานและแบบ"), url=url_for("report_desk.current", agency_id=agency_id))
    return Mending(words=_("ไปที่ตั้งค่า"), url=url_for("settings.show", agency_id=agency_id))
