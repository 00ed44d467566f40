"""Reading: agencies, completeness without texts, a year with texts, and reports."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from bot.domain.agencies import Agency, AgencyId
from bot.domain.api_tokens import Scope
from bot.domain.calendar import bangkok_day
from bot.domain.errors import NotFound
from bot.domain.people import Role
from bot.domain.rounds import Round
from bot.ports.records import ReportId, ReportRun, ReportState
from bot.ports.store import UnitOfWork
from bot.reporting.year_json import year_json
from bot.services.agency_rounds import agency_rounds
from bot.services.find import existing_agency
from bot.services.load_year import load_year
from handlers.admin.access import bearer, for_programs
from handlers.admin.desk import known_round, known_year
from handlers.admin.round_view import round_view, shown_round
from handlers.files import send_stored
from handlers.runtime import runtime

pages = Blueprint("api_reading", __name__, url_prefix="/api/v1")

PAGE = 50
"""Agencies in one answer."""

MOST_REPORTS = 50


@pages.get("/agencies")
@for_programs(Scope.COMPLETENESS)
def agencies() -> Response:
    """The agencies of the token with the round that matters now; page by page."""
    rt = runtime()
    page = max(1, request.args.get("page", 1, type=int))
    today = bangkok_day(rt.clock.now())
    with rt.store.read() as uow:
        mine = _mine(uow)
        shown = mine[(page - 1) * PAGE : page * PAGE]
        found = [_agency(uow, agency, shown_round(agency_rounds(uow, agency.id), today)) for agency in shown]
    more = page * PAGE < len(mine)
    following = url_for(".agencies", page=page + 1) if more else None
    return jsonify(agencies=found, total=len(mine), next=following)


@pages.get("/agencies/<agency_id>/years")
@for_programs(Scope.COMPLETENESS)
def years(agency_id: AgencyId) -> Response:
    """The fiscal years that have a plan, with their rounds' dates."""
    with runtime().store.read() as uow:
        existing_agency(uow, agency_id)
        rounds = agency_rounds(uow, agency_id)
        planned = uow.plans.fiscal_years(agency_id)
    return jsonify(
        years=[
            {"fiscal_year": int(year), "rounds": [_dates(each) for each in rounds if each.fiscal_year == year]}
            for year in planned
        ]
    )


@pages.get("/agencies/<agency_id>/years/<int:fiscal_year>/rounds/<int:number>/completeness")
@for_programs(Scope.COMPLETENESS)
def completeness(agency_id: AgencyId, fiscal_year: int, number: int) -> Response:
    """How complete a round is: numbers and standings of measures, no texts and no names."""
    with runtime().store.read() as uow:
        round_ = known_round(uow, agency_id, fiscal_year, number)
        view = round_view(load_year(uow, agency_id, round_.fiscal_year), round_.no)
    return jsonify(
        agency=agency_id,
        fiscal_year=int(round_.fiscal_year),
        round=_dates(round_),
        measures=view.total,
        reported=view.reported,
        standings={standing.value: count for standing, count in view.counts.items()},
        by_measure=[{"no": row.no, "standing": row.standing.value} for row in view.rows],
    )


@pages.get("/agencies/<agency_id>/years/<int:fiscal_year>")
@for_programs(Scope.READ)
def year(agency_id: AgencyId, fiscal_year: int) -> Response:
    """The year whole, as `export` prints it."""
    with runtime().store.read() as uow:
        return jsonify(year_json(load_year(uow, agency_id, known_year(fiscal_year))))


@pages.get("/agencies/<agency_id>/years/<int:fiscal_year>/reports")
@for_programs(Scope.READ)
def reports(agency_id: AgencyId, fiscal_year: int) -> Response:
    """Finished reports, newest first, with where their files are."""
    with runtime().store.read() as uow:
        existing_agency(uow, agency_id)
        runs = uow.reports.latest(agency_id, known_year(fiscal_year), MOST_REPORTS)
    return jsonify(reports=[_report(run) for run in runs if run.state is ReportState.DONE])


@pages.get("/agencies/<agency_id>/reports/<report_id>/<format_name>")
@for_programs(Scope.READ)
def report_file(agency_id: AgencyId, report_id: ReportId, format_name: str) -> BaseResponse:
    """One file of a report."""
    rt = runtime()
    with rt.store.read() as uow:
        run = uow.reports.get(report_id)
    key = run.files.get(format_name) if run is not None and run.agency_id == agency_id else None
    if key is None:
        raise NotFound("there is no such file")
    return send_stored(rt.media.open(key), key, key.rsplit("/", 1)[-1], download=True)


def _mine(uow: UnitOfWork) -> list[Agency]:
    known = bearer()
    if known.token.agency_id is None and any(m.role is Role.OPERATOR for m in known.memberships):
        return uow.agencies.all()
    found = (uow.agencies.get(agency_id) for agency_id in known.agencies(Scope.COMPLETENESS))
    return [agency for agency in found if agency is not None]


def _agency(uow: UnitOfWork, agency: Agency, round_: Round | None) -> dict[str, Any]:
    view = round_view(load_year(uow, agency.id, round_.fiscal_year), round_.no) if round_ else None
    return {
        "id": agency.id,
        "name": agency.name,
        "kind": agency.kind,
        "subdistrict": agency.subdistrict,
        "district": agency.district,
        "province": agency.province,
        "fiscal_year": int(round_.fiscal_year) if round_ else None,
        "round": _dates(round_) if round_ else None,
        "measures": view.total if view else 0,
        "reported": view.reported if view else 0,
    }


def _dates(round_: Round) -> dict[str, Any]:
    return {
        "no": round_.no.value,
        "opens_on": round_.opens_on.isoformat(),
        "due_on": round_.due_on.isoformat(),
        "locks_on": round_.locks_on.isoformat(),
    }


def _report(run: ReportRun) -> dict[str, Any]:
    return {
        "id": run.id,
        "round": run.round_no.value,
        "draft": run.draft,
        "made_at": run.created_at.isoformat(),
        "findings": len(run.findings),
        "files": {
            name: url_for(".report_file", agency_id=run.agency_id, report_id=run.id, format_name=name)
            for name in sorted(run.files)
        },
    }
