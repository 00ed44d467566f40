"""The check before publication, of a round as it is stored now."""

from __future__ import annotations

from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import NotFound
from bot.domain.results import AssessmentResult
from bot.domain.rounds import RoundNo
from bot.ports.outside import Clock
from bot.ports.store import Store, UnitOfWork
from bot.reporting.build import build_report
from bot.reporting.check.run import Checked, check_report
from bot.reporting.check.subject import Subject
from bot.services.load_year import load_year


def check_round(store: Store, clock: Clock, agency_id: AgencyId, fiscal_year: FiscalYear, round_no: RoundNo) -> Checked:
    """The findings of a round's report.

    Raises:
        NotFound: no such agency, or no plan of that year.
    """
    with store.read() as uow:
        year = load_year(uow, agency_id, fiscal_year)
        others = other_agencies(uow, agency_id)
        results = results_of(uow, agency_id, fiscal_year)
    if not year.measures:
        raise NotFound(f"agency {agency_id!r} has no plan of fiscal year {fiscal_year}")
    report = build_report(year, round_no, compiled_at=clock.now())
    return check_report(Subject(year=year, round_no=round_no, others=others, results=results), report.findings)


def results_of(uow: UnitOfWork, agency_id: AgencyId, fiscal_year: FiscalYear) -> tuple[AssessmentResult, ...]:
    """The results that a year's documents print: those of the year before, which the plan answers, and its own."""
    years = (FiscalYear(fiscal_year - 1), fiscal_year)
    return tuple(result for year in years if (result := uow.results.get(agency_id, year)))


def other_agencies(uow: UnitOfWork, agency_id: AgencyId) -> tuple[Agency, ...]:
    """All agencies but that one."""
    return tuple(agency for agency in uow.agencies.all() if agency.id != agency_id)
