"""Import the assessment's results; a further file fills what is missing and renews what it has."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.results import AssessmentResult
from bot.importing.scores import ScoresReading, doubts_of, read_scores
from bot.ports.store import Store
from bot.services.find import existing_agency


def import_results(
    store: Store, agency_id: AgencyId, fiscal_year: FiscalYear, name: str, data: bytes, *, dry_run: bool = False
) -> ScoresReading:
    """Read the file and keep its scores, in one transaction or not at all.

    Raises:
        NotFound: no such agency.
        BadInput: the file cannot be read or has no scores.
    """
    with store.read() as uow:
        existing_agency(uow, agency_id)
    reading = read_scores(name, data, agency_id, fiscal_year)
    with store.read() if dry_run else store.write() as uow:
        whole = _joined(uow.results.get(agency_id, fiscal_year), reading.result)
        if not dry_run:
            uow.results.save(whole)
    return replace(reading, result=whole, doubts=tuple(doubts_of(whole)))


def _joined(known: AssessmentResult | None, new: AssessmentResult) -> AssessmentResult:
    if known is None:
        return new
    return replace(
        new,
        overall=known.overall if new.overall is None else new.overall,
        level=new.level or known.level,
        instruments={**known.instruments, **new.instruments},
        indicators={**known.indicators, **new.indicators},
        history={**known.history, **new.history},
        analysis={**known.analysis, **new.analysis},
    )
