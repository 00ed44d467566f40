"""The round at a glance: how complete it is, who has reported, who is missing, and the reports made of it."""

from __future__ import annotations

from flask import Blueprint, render_template

from bot.domain.agencies import AgencyId
from bot.domain.calendar import bangkok_day
from bot.domain.people import Role
from bot.domain.rounds import Round
from bot.ports.records import ReportRun
from bot.ports.store import UnitOfWork
from bot.services.agency_rounds import agency_rounds
from bot.services.find import existing_agency
from bot.services.load_year import load_year
from handlers.admin.access import for_roles, may_read, may_run
from handlers.admin.by_division import by_division
from handlers.admin.desk import known_round
from handlers.admin.round_view import REVIEWS, round_view, shown_round, when
from handlers.admin.today import today_of
from handlers.admin.waits import waits_of
from handlers.runtime import runtime

pages = Blueprint("overview", __name__, url_prefix="/admin")

VIEWERS = (Role.ADMIN, Role.AUDITOR, Role.OVERSEER, Role.OPERATOR)
SHOWN_REPORTS = 20


@pages.get("/<agency_id>/")
@for_roles(*VIEWERS)
def current(agency_id: AgencyId) -> str:
    """The round that matters now."""
    rt = runtime()
    with rt.store.read() as uow:
        rounds = agency_rounds(uow, agency_id)
        round_ = shown_round(rounds, bangkok_day(rt.clock.now()))
        if round_ is None:
            return render_template("no_plan.html", agency=existing_agency(uow, agency_id), runs_it=may_run(agency_id))
        return _page(uow, round_, rounds)


@pages.get("/<agency_id>/<int:fiscal_year>/<int:number>/")
@for_roles(*VIEWERS)
def chosen(agency_id: AgencyId, fiscal_year: int, number: int) -> str:
    """Any round that the agency has."""
    with runtime().store.read() as uow:
        return _page(uow, known_round(uow, agency_id, fiscal_year, number), agency_rounds(uow, agency_id))


def _page(uow: UnitOfWork, round_: Round, rounds: list[Round]) -> str:
    rt = runtime()
    agency_id = round_.agency_id
    year = load_year(uow, agency_id, round_.fiscal_year)
    reads = may_read(agency_id)
    reports = _reports(uow, round_) if reads else []
    today = bangkok_day(rt.clock.now())
    return render_template(
        "overview.html",
        agency=year.agency,
        round=round_,
        rounds=list(reversed(rounds)),
        when=when(round_, today),
        view=round_view(year, round_.no),
        divisions=by_division(year, round_.no),
        work=today_of(year, round_, reports, today),
        waits=waits_of(uow, agency_id, rt.clock.now()) if reads else None,
        reads=reads,
        runs_it=may_run(agency_id),
        reviews=REVIEWS,
        reports=reports,
    )


def _reports(uow: UnitOfWork, round_: Round) -> list[ReportRun]:
    latest = uow.reports.latest(round_.agency_id, round_.fiscal_year, SHOWN_REPORTS)
    return [run for run in latest if run.round_no is round_.no]
