"""Compiles and who has them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, insert, literal_column, or_, select, update

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import reports
from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import StaleWrite
from bot.ports.records import ReportId, ReportRun, ReportState


class SqlReports(Repository):
    """Keeps bot.ports.store.Reports."""

    def add(self, run: ReportRun) -> None:
        """Insert."""
        self._rows.change(insert(reports).values(values(run)))

    def get(self, report_id: ReportId) -> ReportRun | None:
        """By id."""
        query = select(*columns(ReportRun, reports)).where(reports.c.id == report_id)
        row = self._rows.first(self._rows.locked(query))
        return load(ReportRun, row) if row else None

    def save(self, run: ReportRun) -> None:
        """Overwrite."""
        if self._rows.change(update(reports).where(reports.c.id == run.id).values(values(run, "id"))) == 0:
            raise StaleWrite(f"report {run.id} is gone")

    def go_on(self, run: ReportRun) -> bool:
        """One conditional UPDATE: what was cancelled stays so."""
        still = and_(reports.c.id == run.id, reports.c.state != ReportState.CANCELLED)
        return self._rows.change(update(reports).where(still).values(values(run, "id"))) > 0

    def cancel(self, report_id: ReportId, at: datetime) -> bool:
        """One conditional UPDATE: what is finished stays so."""
        query = update(reports).where(reports.c.id == report_id, is_open())
        changed = self._rows.change(
            query.values(state=ReportState.CANCELLED, finished_at=at, claimed_until=None, stage="ยกเลิกแล้ว")
        )
        return changed > 0

    def claim(self, report_id: ReportId, now: datetime, until: datetime) -> ReportRun | None:
        """One conditional UPDATE: of two claimants the database lets one through."""
        row = self._rows.changed(
            update(reports)
            .where(reports.c.id == report_id, _claimable(now))
            .values(state=ReportState.RUNNING, claimed_until=until, attempts=reports.c.attempts + 1)
            .returning(*columns(ReportRun, reports))
        )
        return load(ReportRun, row) if row else None

    def extend(self, report_id: ReportId, until: datetime) -> None:
        """Move the claim's end."""
        running = and_(reports.c.id == report_id, reports.c.state == ReportState.RUNNING)
        self._rows.change(update(reports).where(running).values(claimed_until=until))

    def waiting(self, now: datetime, limit: int) -> list[ReportId]:
        """Longest waiting first."""
        query = select(reports.c.id).where(_claimable(now)).order_by(reports.c.created_at, reports.c.seq).limit(limit)
        return list(self._rows.scalars(query))

    def failed(self, since: datetime, limit: int) -> list[ReportRun]:
        """A literal state, so that the planner sees that the partial index serves."""
        query = (
            select(*columns(ReportRun, reports))
            .where(reports.c.state == literal_column("'failed'"), reports.c.created_at > since)
            .order_by(reports.c.created_at.desc(), reports.c.seq.desc())
            .limit(limit)
        )
        return [load(ReportRun, row) for row in self._rows.all(query)]

    def latest(self, agency_id: AgencyId, fiscal_year: FiscalYear, limit: int) -> list[ReportRun]:
        """Newest first."""
        query = (
            select(*columns(ReportRun, reports))
            .where(reports.c.agency_id == agency_id, reports.c.fiscal_year == fiscal_year)
            .order_by(reports.c.created_at.desc(), reports.c.seq.desc())
            .limit(limit)
        )
        return [load(ReportRun, row) for row in self._rows.all(query)]


def is_open() -> ColumnElement[bool]:
    """Not finished. A literal, so that the planner sees that the partial index serves."""
    return reports.c.state.in_([literal_column("'queued'"), literal_column("'running'")])


def _claimable(now: datetime) -> ColumnElement[bool]:
    abandoned = or_(reports.c.claimed_until.is_(None), reports.c.claimed_until <= now)
    return and_(is_open(), or_(reports.c.state == ReportState.QUEUED, abandoned))
