"""Reports: ask for one, watch it being made, read its findings, download it."""

from __future__ import annotations

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import Role
from bot.domain.text import thai_digits
from bot.jobs import COMPILE_REPORT
from bot.ports.records import ReportId, ReportRun, ReportState
from bot.ports.store import UnitOfWork
from bot.services.compile_report import queue_report
from bot.services.find import existing_agency
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.desk import known_round
from handlers.files import send_stored
from handlers.runtime import runtime

pages = Blueprint("reports", __name__, url_prefix="/admin")

OPEN_STATES = (ReportState.QUEUED, ReportState.RUNNING)
FORMATS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "json": "JSON", "html": "HTML"}


@pages.post("/<agency_id>/reports")
@for_roles(Role.ADMIN)
def ask(agency_id: AgencyId) -> BaseResponse:
    """Queue a compile; a second press while one is under way leads to that one."""
    rt = runtime()
    fiscal_year, number = (request.form.get(name, type=int) for name in ("fiscal_year", "round"))
    if fiscal_year is None or number is None:
        raise BadInput("a report needs its fiscal year and round")
    draft = request.form.get("draft") == "yes"
    with rt.store.write() as uow:
        round_ = known_round(uow, agency_id, fiscal_year, number)
        if not uow.plans.measures(agency_id, round_.fiscal_year):
            flash("ยังไม่มีแผนมาตรการของปีงบประมาณนี้ จึงยังออกรายงานไม่ได้", "warning")
            return redirect(url_for("overview.current", agency_id=agency_id), 303)
        run = _under_way(uow, agency_id, round_.fiscal_year, number, draft=draft) or queue_report(
            uow, rt.ids, rt.clock, agency_id, round_.fiscal_year, round_.no, draft=draft, requested_by=who().person.id
        )
    rt.queue.enqueue(COMPILE_REPORT, run.id)
    return redirect(url_for(".show", agency_id=agency_id, report_id=run.id), 303)


@pages.get("/<agency_id>/reports/<report_id>")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId, report_id: ReportId) -> str:
    """Progress while it is being made; then findings and downloads."""
    with runtime().store.read() as uow:
        agency, run = existing_agency(uow, agency_id), _run(uow, agency_id, report_id)
    return render_template(
        "report.html",
        agency=agency,
        run=run,
        is_open=run.state in OPEN_STATES,
        failed=run.state is ReportState.FAILED,
        files=[(name, FORMATS.get(name, name), _file_name(agency, run, name)) for name in run.files],
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
        words=thai_digits(f"{run.stage or 'รอคิว'} {percent}%"),
        open=run.state in OPEN_STATES,
    )


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
    return send_stored(rt.media.open(key), key, _file_name(agency, run, format_name), download=True)


def _run(uow: UnitOfWork, agency_id: AgencyId, report_id: ReportId) -> ReportRun:
    run = uow.reports.get(report_id)
    if run is None or run.agency_id != agency_id:
        raise NotFound("there is no such report")
    return run


def _under_way(
    uow: UnitOfWork, agency_id: AgencyId, fiscal_year: FiscalYear, number: int, *, draft: bool
) -> ReportRun | None:
    for run in uow.reports.latest(agency_id, fiscal_year, 10):
        if run.state in OPEN_STATES and (run.round_no, run.draft) == (number, draft):
            return run
    return None


def _file_name(agency: Agency, run: ReportRun, format_name: str) -> str:
    draft = " (ร่าง)" if run.draft else ""
    round_text = f"รอบ {run.round_no.value} เดือน ปีงบประมาณ {run.fiscal_year}"
    return thai_digits(f"รายงานผลการดำเนินการ {round_text} {agency.name}{draft}") + f".{format_name}"
