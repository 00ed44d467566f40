"""Results of the assessment; scores are kept as the decimals that were printed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from bot.adapters.sql.rows import Repository
from bot.adapters.sql.tables import assessment_results
from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.results import AssessmentResult, Instrument


class SqlResults(Repository):
    """Keeps bot.ports.store.Results."""

    def get(self, agency_id: AgencyId, fiscal_year: FiscalYear) -> AssessmentResult | None:
        """By agency and year."""
        row = self._rows.first(
            select(assessment_results.c.scores).where(
                assessment_results.c.agency_id == agency_id, assessment_results.c.fiscal_year == fiscal_year
            )
        )
        return _loaded(agency_id, fiscal_year, row["scores"]) if row else None

    def of_agency(self, agency_id: AgencyId) -> list[AssessmentResult]:
        """Newest year first."""
        kept = assessment_results.c
        rows = self._rows.all(
            select(kept.fiscal_year, kept.scores).where(kept.agency_id == agency_id).order_by(kept.fiscal_year.desc())
        )
        return [_loaded(agency_id, FiscalYear(row["fiscal_year"]), row["scores"]) for row in rows]

    def save(self, result: AssessmentResult) -> None:
        """Insert or overwrite."""
        scores = {
            "overall": None if result.overall is None else str(result.overall),
            "level": result.level,
            "instruments": _texts(result.instruments),
            "indicators": _texts(result.indicators),
            "history": _texts(result.history),
            "analysis": {str(number): text for number, text in result.analysis.items()},
        }
        self._rows.change(
            self._rows.insert(assessment_results)
            .values(agency_id=result.agency_id, fiscal_year=result.fiscal_year, scores=scores)
            .on_conflict_do_update(index_elements=["agency_id", "fiscal_year"], set_={"scores": scores})
        )


def _texts(scores: Mapping[Any, Decimal]) -> dict[str, str]:
    return {str(key): str(score) for key, score in scores.items()}


def _loaded(agency_id: AgencyId, fiscal_year: FiscalYear, scores: Mapping[str, Any]) -> AssessmentResult:
    return AssessmentResult(
        agency_id=agency_id,
        fiscal_year=fiscal_year,
        overall=None if scores["overall"] is None else Decimal(scores["overall"]),
        level=scores["level"],
        instruments={Instrument(key): Decimal(score) for key, score in scores["instruments"].items()},
        indicators={int(key): Decimal(score) for key, score in scores["indicators"].items()},
        history={int(key): Decimal(score) for key, score in scores["history"].items()},
        analysis={int(key): text for key, text in scores["analysis"].items()},
    )
