"""The check before publication, of a round as it is stored now."""

from __future__ import annotations

from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import NotFound
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
    if not year.measures:
        raise NotFound(f"agency {agency_id!r} has no plan of fiscal year {fiscal_year}")
    report = build_report(year, round_no, compiled_at=clock.now())
    return check_report(Subject(year=year, round_no=round_no, others=others), report.findings)


def other_agencies(uow: UnitOfWork, agency_id: AgencyId) -> tuple[Agency, ...]:
    """All agencies but that one."""
    return tuple(agency for agency in uow.agencies.all() if agency.id != agency_id)
