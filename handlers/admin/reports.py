"""One compile: watch it being made, cancel it, read its findings, download it, or have the rest made."""

from __future__ import annotations

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response as BaseResponse

from bot.domain.agencies import AgencyId
from bot.domain.errors import NotFound
from bot.domain.people import Role
from bot.jobs import COMPILE_REPORT
from bot.ports.records import ReportId, ReportRun, ReportState
from bot.ports.store import UnitOfWork
from bot.reporting.kinds import WORDS, Kind
from bot.services.cancel_report import cancel_report
from bot.services.compile_report import queue_report
from bot.services.find import existing_agency
from bot.services.report_names import alias_of, thai_name
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.report_desk import OPEN_STATES, kind_words, people_names
from handlers.admin.report_form import FORMATS
from handlers.admin.sign_offs import sign_offs_of
from handlers.files import send_stored
from handlers.runtime import runtime
from handlers.thai import digits, said

pages = Blueprint("reports", __name__, url_prefix="/admin")


@pages.get("/<agency_id>/reports/<report_id>")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId, report_id: ReportId) -> str:
    """Progress while it is being made; then findings and downloads."""
    with runtime().store.read() as uow:
        agency, run = existing_agency(uow, agency_id), _run(uow, agency_id, report_id)
        version = uow.versions.get(run.inputs_hash) if run.inputs_hash else None
        files = uow.versions.files([run.inputs_hash])[run.inputs_hash] if run.inputs_hash else []
        names = people_names(uow, agency_id, [run.requested_by])
        signs = sign_offs_of(uow, run, runtime().clock.now())
    return render_template(
        "report.html",
        agency=agency,
        run=run,
        kind=kind_words(run.kind),
        of_round=WORDS[Kind(run.kind)].of_round,
        is_open=run.state in OPEN_STATES,
        failed=run.state is ReportState.FAILED,
        cancelled=run.state is ReportState.CANCELLED,
        files=[(name, FORMATS.get(name, name), thai_name(run, agency.name, name)) for name in run.files],
        sizes={file.format: file.size for file in files},
        version=version,
        names=names,
        signs=signs,
        runs_it=may_run(agency_id),
    )


@pages.get("/<agency_id>/reports/<report_id>.json")
@for_roles(Role.ADMIN, Role.AUDITOR)
def progress(agency_id: AgencyId, report_id: ReportId) -> Response:
    """How far it is, for the page's script."""
    with runtime().store.read() as uow:
        run = _run(uow, agency_id, report_id)
    percent = round(run.progress * 100)
    return jsonify(
        state=run.state.value,
        stage=run.stage,
        progress=run.progress,
        words=f"{said(run.stage) or _('รอคิว')} {digits(percent)}%",
        open=run.state in OPEN_STATES,
    )


@pages.post("/<agency_id>/reports/<report_id>/cancel")
@for_roles(Role.ADMIN)
def cancel(agency_id: AgencyId, report_id: ReportId) -> BaseResponse:
    """Stop it; nothing of it is kept."""
    rt = runtime()
    if cancel_report(rt.store, rt.ids, rt.clock, who().person.id, agency_id, report_id):
        flash(_("ยกเลิกการจัดทำแล้ว"), "success")
    else:
        flash(_("การจัดทำจบไปก่อนแล้ว จึงไม่มีอะไรให้ยกเลิก"), "warning")
    return redirect(url_for(".show", agency_id=agency_id, report_id=report_id), 303)


@pages.post("/<agency_id>/reports/<report_id>/again")
@for_roles(Role.ADMIN)
def again(agency_id: AgencyId, report_id: ReportId) -> BaseResponse:
    """The same document once more."""
    return _queued(agency_id, report_id, rest=False)


@pages.post("/<agency_id>/reports/<report_id>/rest")
@for_roles(Role.ADMIN)
def rest(agency_id: AgencyId, report_id: ReportId) -> BaseResponse:
    """The same document without what it failed by."""
    return _queued(agency_id, report_id, rest=True)


@pages.get("/<agency_id>/reports/<report_id>/<format_name>")
@for_roles(Role.ADMIN, Role.AUDITOR)
def download(agency_id: AgencyId, report_id: ReportId, format_name: str) -> BaseResponse:
    """One of its files, with a Thai name."""
    rt = runtime()
    with rt.store.read() as uow:
        agency, run = existing_agency(uow, agency_id), _run(uow, agency_id, report_id)
    key = run.files.get(format_name)
    if key is None:
        raise NotFound(f"the report has no {format_name}")
    name = thai_name(run, agency.name, format_name)
    return send_stored(rt.media.open(key), key, name, download=True, alias=alias_of(run, format_name))


def _queued(agency_id: AgencyId, report_id: ReportId, *, rest: bool) -> BaseResponse:
    rt = runtime()
    with rt.store.write() as uow:
        old = _run(uow, agency_id, report_id)
        run = queue_report(
            uow,
            rt.ids,
            rt.clock,
            agency_id,
            old.fiscal_year,
            old.round_no,
            formats=old.formats,
            draft=old.draft,
            requested_by=who().person.id,
            kind=Kind(old.kind),
            parts=old.parts,
            styles=old.styles,
            skip=tuple(dict.fromkeys((*old.skip, *old.blamed))) if rest else (),
        )
    rt.queue.enqueue(COMPILE_REPORT, run.id)
    return redirect(url_for(".show", agency_id=agency_id, report_id=run.id), 303)


def _run(uow: UnitOfWork, agency_id: AgencyId, report_id: ReportId) -> ReportRun:
    run = uow.reports.get(report_id)
    if run is None or run.agency_id != agency_id:
        raise NotFound("there is no such report")
    return run
