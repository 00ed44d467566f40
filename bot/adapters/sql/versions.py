"""Versions of compiled documents, and the hashes of their files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, select

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import report_versions, version_files
from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.ports.records import ReportVersion, VersionFile

_LONG = ("content", "findings")


class SqlVersions(Repository):
    """Keeps bot.ports.store.Versions."""

    def settle(self, version: ReportVersion) -> ReportVersion:
        """Insert unless it is there; of two writers the first one's stays."""
        self._rows.change(
            self._rows.insert(report_versions)
            .values(values(version))
            .on_conflict_do_nothing(index_elements=["inputs_hash"])
        )
        return self.get(version.inputs_hash) or version

    def get(self, inputs_hash: str) -> ReportVersion | None:
        """By hash, whole."""
        row = self._rows.first(
            select(*columns(ReportVersion, report_versions)).where(report_versions.c.inputs_hash == inputs_hash)
        )
        return load(ReportVersion, row) if row else None

    def of_code(self, code: str) -> list[ReportVersion]:
        """By the code on the cover."""
        return self._newest_first(report_versions.c.code == code)

    def of_year(self, agency_id: AgencyId, fiscal_year: FiscalYear) -> list[ReportVersion]:
        """Every kind and round."""
        return self._newest_first(
            report_versions.c.agency_id == agency_id, report_versions.c.fiscal_year == fiscal_year
        )

    def newest_like(self, version: ReportVersion) -> ReportVersion:
        """The last made that is no draft."""
        table = report_versions.c
        found = self._newest_first(
            table.agency_id == version.agency_id,
            table.fiscal_year == version.fiscal_year,
            table.round_no == version.round_no,
            table.kind == version.kind,
            table.draft.is_(False),
            table.made_at > version.made_at,
            limit=1,
        )
        return found[0] if found else version

    def add_files(self, files: Iterable[VersionFile]) -> None:
        """One row for each different content."""
        for file in files:
            self._rows.change(
                self._rows.insert(version_files)
                .values(values(file))
                .on_conflict_do_nothing(index_elements=["inputs_hash", "format", "sha256"])
            )

    def files(self, hashes: Iterable[str]) -> dict[str, list[VersionFile]]:
        """One query for all of them."""
        wanted = list(hashes)
        found: dict[str, list[VersionFile]] = {each: [] for each in wanted}
        query = (
            select(*columns(VersionFile, version_files))
            .where(version_files.c.inputs_hash.in_(wanted))
            .order_by(version_files.c.made_at, version_files.c.format, version_files.c.sha256)
        )
        for row in self._rows.all(query):
            found[row["inputs_hash"]].append(load(VersionFile, row))
        return found

    def _newest_first(self, *which: ColumnElement[bool], limit: int | None = None) -> list[ReportVersion]:
        shown = [column for column in columns(ReportVersion, report_versions) if column.key not in _LONG]
        order = (report_versions.c.made_at.desc(), report_versions.c.inputs_hash)
        query = select(*shown).where(*which).order_by(*order).limit(limit)
        nothing: dict[str, Any] = {"content": {}, "findings": ()}
        return [load(ReportVersion, row, **nothing) for row in self._rows.all(query)]
