"""Versions of compiled documents: written once, looked up by hash or by the code on the cover."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.ports.records import ReportVersion, VersionFile


class Versions(Protocol):
    """Versions and the files that were made of them."""

    def settle(self, version: ReportVersion) -> ReportVersion:
        """Keep a version unless there is one of its inputs' hash already; the one that is then there."""
        ...

    def get(self, inputs_hash: str) -> ReportVersion | None: ...
    def of_code(self, code: str) -> list[ReportVersion]:
        """Those with that code, newest first, without content: one, but for a coincidence of hashes."""
        ...

    def of_year(self, agency_id: AgencyId, fiscal_year: FiscalYear) -> list[ReportVersion]:
        """Newest first, without content and findings."""
        ...

    def newest_like(self, version: ReportVersion) -> ReportVersion:
        """The newest one for publication of the same document, without content; itself when there is no newer."""
        ...

    def add_files(self, files: Iterable[VersionFile]) -> None:
        """Keep what was made of a version; the same bytes of a format count once, as when they were first made."""
        ...

    def files(self, hashes: Iterable[str]) -> dict[str, list[VersionFile]]:
        """The files of each of those versions, in the order in which they were made."""
        ...
