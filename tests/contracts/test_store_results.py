"""Results of the assessment keep their promises on both databases."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.domain.calendar import FiscalYear
from bot.domain.results import AssessmentResult, Instrument
from bot.ports.store import Store
from tests.contracts.office import AGENCY, an_agency

RESULT = AssessmentResult(
    agency_id=AGENCY,
    fiscal_year=FiscalYear(2567),
    overall=Decimal("93.80"),
    level="ผ่านดี",
    instruments={Instrument.EIT_1: Decimal("99.82")},
    indicators={10: Decimal("95.00")},
    history={2566: Decimal("89.71")},
    analysis={1: "ควรทบทวน"},
)


def test_results_come_back_to_the_last_zero_and_are_renewed(store: Store) -> None:
    with store.write() as uow:
        uow.agencies.add(an_agency())
        assert uow.results.get(AGENCY, RESULT.fiscal_year) is None
        uow.results.save(RESULT)
    with store.read() as uow:
        found = uow.results.get(AGENCY, RESULT.fiscal_year)
        assert found == RESULT
        assert str(found.overall) == "93.80"
        assert uow.results.get(AGENCY, FiscalYear(2566)) is None
    renewed = replace(RESULT, overall=None, level=None)
    with store.write() as uow:
        uow.results.save(renewed)
    with store.read() as uow:
        assert uow.results.get(AGENCY, RESULT.fiscal_year) == renewed
