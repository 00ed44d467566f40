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
from bot.reporting.style_json import styles_of
from bot.reporting.styles import NAMED
from bot.services.load_year import load_year
from bot.services.look_at_links import links_now


def check_round(store: Store, clock: Clock, agency_id: AgencyId, fiscal_year: FiscalYear, round_no: RoundNo) -> Checked:
    """The findings of a round's report.

    Raises:
        NotFound: no such agency, or no plan of that year.
    """
    with store.read() as uow:
        return checked(uow, clock, agency_id, fiscal_year, round_no)


def checked(uow: UnitOfWork, clock: Clock, agency_id: AgencyId, fiscal_year: FiscalYear, round_no: RoundNo) -> Checked:
    """The same within a transaction."""
    year = load_year(uow, agency_id, fiscal_year)
    if not year.measures:
        raise NotFound(f"agency {agency_id!r} has no plan of fiscal year {fiscal_year}")
    subject = Subject(
        year=year,
        round_no=round_no,
        others=other_agencies(uow, agency_id),
        results=results_of(uow, agency_id, fiscal_year),
        own_words=own_words(uow, agency_id, fiscal_year, round_no),
        links=links_now(uow, clock.now(), agency_id),
    )
    report = build_report(year, round_no, compiled_at=clock.now())
    return check_report(subject, report.findings)


def own_words(
    uow: UnitOfWork, agency_id: AgencyId, fiscal_year: FiscalYear, round_no: RoundNo
) -> tuple[tuple[str, str], ...]:
    """What the agency wrote for its documents besides plan and updates, by the field that it stands in."""
    styles = [
        style
        for style in styles_of(uow.agencies.settings(agency_id).table_styles).values()
        if NAMED.get(style.name) != style
    ]
    memo = uow.documents.memo(agency_id, fiscal_year, round_no)
    preface = uow.documents.choices(agency_id).preface
    tables = [pair for style in styles for pair in (("table_title", style.title), ("table_footer", style.footer))]
    texts = [("memo", text) for text in (memo.subject, memo.body, memo.closing) if text]
    return (*tables, *texts, *([("preface", preface)] if preface else []))


def results_of(uow: UnitOfWork, agency_id: AgencyId, fiscal_year: FiscalYear) -> tuple[AssessmentResult, ...]:
    """The results that a year's documents print: those of the year before, which the plan answers, and its own."""
    years = (FiscalYear(fiscal_year - 1), fiscal_year)
    return tuple(result for year in years if (result := uow.results.get(agency_id, year)))


def other_agencies(uow: UnitOfWork, agency_id: AgencyId) -> tuple[Agency, ...]:
    """All agencies but that one."""
    return tuple(agency for agency in uow.agencies.all() if agency.id != agency_id)
