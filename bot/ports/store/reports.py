"""Compiles, and results of the assessment."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.results import AssessmentResult
from bot.ports.records import ReportId, ReportRun


class Reports(Protocol):
    """Compiles."""

    def add(self, run: ReportRun) -> None: ...
    def get(self, report_id: ReportId) -> ReportRun | None: ...
    def save(self, run: ReportRun) -> None: ...
    def go_on(self, run: ReportRun) -> bool:
        """Overwrite a run unless it was cancelled meanwhile; False when it was."""
        ...

    def cancel(self, report_id: ReportId, at: datetime) -> bool:
        """Cancel a run that is queued or running; False when there is no such run any more."""
        ...

    def claim(self, report_id: ReportId, now: datetime, until: datetime) -> ReportRun | None:
        """Take a queued run, or a running one whose claim has passed, counting the attempt; None otherwise."""
        ...

    def extend(self, report_id: ReportId, until: datetime) -> None:
        """Keep a claimed run for its worker until then; nothing when it is not running any more."""
        ...

    def waiting(self, now: datetime, limit: int) -> list[ReportId]:
        """Runs that can be claimed."""
        ...

    def failed(self, since: datetime, limit: int) -> list[ReportRun]:
        """Runs of all agencies that failed and were asked for after that moment, newest first."""
        ...

    def latest(self, agency_id: AgencyId, fiscal_year: FiscalYear, limit: int) -> list[ReportRun]:
        """Newest first."""
        ...


class Results(Protocol):
    """Results of the assessment."""

    def get(self, agency_id: AgencyId, fiscal_year: FiscalYear) -> AssessmentResult | None: ...
    def of_agency(self, agency_id: AgencyId) -> list[AssessmentResult]:
        """Newest year first."""
        ...

    def save(self, result: AssessmentResult) -> None:
        """Insert or overwrite."""
        ...
