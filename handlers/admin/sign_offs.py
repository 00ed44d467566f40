"""The sign-off of a report: begin it, see who said what of which version, stop it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.calendar import bangkok_day
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import Role
from bot.domain.sign_off import SignOff, SignOffId, SignOffState
from bot.jobs import DELIVER
from bot.ports.records import ReportId, ReportRun
from bot.ports.store import UnitOfWork
from bot.reporting.versions import short_code
from bot.services.find import existing_agency
from bot.services.sign_off import newer_version, start_sign_off, stop_sign_off, why_not
from bot.services.who_signs import signers_of
from handlers.admin.access import for_roles, may_run, who
from handlers.runtime import runtime

pages = Blueprint("sign_offs", __name__, url_prefix="/admin")

STATES = {
    SignOffState.RUNNING: lazy_gettext("กำลังลงนาม"),
    SignOffState.SIGNED: lazy_gettext("ลงนามครบแล้ว"),
    SignOffState.RETURNED: lazy_gettext("ส่งกลับ"),
    SignOffState.STOPPED: lazy_gettext("หยุดแล้ว"),
}
WHY_NOT = {
    "state": lazy_gettext("รายงานยังจัดทำไม่เสร็จ"),
    "draft": lazy_gettext("ฉบับร่างเสนอลงนามไม่ได้"),
    "kind": lazy_gettext("เสนอลงนามได้เฉพาะรายงานผลการดำเนินการของรอบ"),
    "skip": lazy_gettext("ฉบับที่ข้ามบางส่วนเสนอลงนามไม่ได้"),
    "version": lazy_gettext("รายงานนี้จัดทำก่อนมีรหัสฉบับ กรุณาออกรายงานใหม่"),
    "chain": lazy_gettext("ยังไม่ได้กำหนดสายการลงนามของหน่วยงาน"),
    "nobody": lazy_gettext("สายการลงนามไม่มีใครที่ลงนามในแชตได้"),
}


@pages.post("/<agency_id>/reports/<report_id>/sign-off")
@for_roles(Role.ADMIN)
def start(agency_id: AgencyId, report_id: ReportId) -> Response:
    """Ask the first signer; one that runs for the same version already goes on."""
    rt = runtime()
    try:
        with rt.store.write() as uow:
            run = uow.reports.get(report_id)
            if run is None or run.agency_id != agency_id:
                raise NotFound("there is no such report")
            sign_off, told = start_sign_off(uow, rt.notices, rt.links, run, who().person.id)
    except BadInput as problem:
        flash(WHY_NOT[str(problem.fields["why"])], "warning")
        return redirect(url_for("reports.show", agency_id=agency_id, report_id=report_id), 303)
    for chat in told:
        rt.queue.enqueue(DELIVER, chat)
    flash(_("เสนอลงนามแล้ว ผู้ลงนามขั้นแรกจะได้รับในแชต"), "success")
    return redirect(url_for(".show", agency_id=agency_id, sign_off_id=sign_off.id), 303)


@pages.get("/<agency_id>/sign-offs/<sign_off_id>")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId, sign_off_id: SignOffId) -> str:
    """Each step with what was said."""
    rt = runtime()
    with rt.store.read() as uow:
        agency, sign_off = existing_agency(uow, agency_id), _known(uow, agency_id, sign_off_id)
        signatures = {each.place: each for each in uow.sign_offs.signatures([sign_off.id])[sign_off.id]}
        today = bangkok_day(rt.clock.now())
        waits_for = signers_of(uow, agency_id, sign_off.step, today) if sign_off.step else []
        names = {person.id: person.name for person, _role in uow.people.members(agency_id)}
        newer = sign_off.state is SignOffState.RUNNING and newer_version(uow, sign_off)
    return render_template(
        "sign_off.html",
        agency=agency,
        sign_off=sign_off,
        code=short_code(sign_off.inputs_hash),
        state=STATES[sign_off.state],
        running=sign_off.state is SignOffState.RUNNING,
        signatures=signatures,
        waits_for=[signer.person.name for signer in waits_for],
        names=names,
        newer=newer,
        runs_it=may_run(agency_id),
    )


@pages.post("/<agency_id>/sign-offs/<sign_off_id>/stop")
@for_roles(Role.ADMIN)
def stop(agency_id: AgencyId, sign_off_id: SignOffId) -> Response:
    """Ask nobody any more; what was said stays."""
    rt = runtime()
    try:
        with rt.store.write() as uow:
            _known(uow, agency_id, sign_off_id)
            stop_sign_off(uow, rt.notices, sign_off_id, who().person.id)
        flash(_("หยุดการลงนามแล้ว ความเห็นที่ให้ไว้ยังอยู่"), "success")
    except NotFound as problem:
        if "ended" not in problem.detail:
            raise
        flash(_("การลงนามนี้จบไปก่อนแล้ว"), "warning")
    return redirect(url_for(".show", agency_id=agency_id, sign_off_id=sign_off_id), 303)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignsOf:
    """What a report's page says of its sign-off; `why_not` is set where none can begin."""

    sign_offs: tuple[SignOff, ...]
    running: bool
    why_not: str | None
    states: Mapping[SignOffState, str]


def sign_offs_of(uow: UnitOfWork, run: ReportRun, now: datetime) -> SignsOf | None:
    """The sign-offs of a compile's version; None for a document that is not signed."""
    why = why_not(uow, run, now)
    if why in {"state", "draft", "kind", "skip"}:
        return None
    of_year = uow.sign_offs.of_year(run.agency_id, run.fiscal_year)
    mine = tuple(each for each in of_year if run.inputs_hash and each.inputs_hash == run.inputs_hash)
    running = any(each.state is SignOffState.RUNNING for each in mine)
    return SignsOf(sign_offs=mine, running=running, why_not=str(WHY_NOT[why]) if why else None, states=STATES)


def _known(uow: UnitOfWork, agency_id: AgencyId, sign_off_id: SignOffId) -> SignOff:
    sign_off = uow.sign_offs.get(sign_off_id)
    if sign_off is None or sign_off.agency_id != agency_id:
        raise NotFound("there is no such sign-off")
    return sign_off
