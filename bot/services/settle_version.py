"""Give a document its version: unchanged inputs are the version that is there already, made when it was made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId
from bot.ports.records import ReportVersion, VersionFile
from bot.ports.store import Store
from bot.reporting.kinds import Kind
from bot.reporting.model import Report
from bot.reporting.versions import code_of, inputs_hash, with_code


def settle_version(
    store: Store,
    agency_id: AgencyId,
    kind: Kind,
    now: datetime,
    build: Callable[[datetime], Report],
    *,
    made_by: PersonId | None = None,
    made_with: Mapping[str, Any] | None = None,
) -> Report:
    """The document as its version has it.

    Args:
        store: where versions are kept.
        agency_id: whose document.
        kind: which document.
        now: when a new version is made.
        build: builds the document as of a moment.
        made_by: who asked for it, should it be new.
        made_with: what shapes it, to be shown with it.
    """
    report = build(now)
    digest = inputs_hash(report)
    new = ReportVersion(
        inputs_hash=digest,
        agency_id=agency_id,
        fiscal_year=report.fiscal_year,
        round_no=report.round_no,
        kind=kind.value,
        draft=report.draft,
        made_at=now,
        content=report.year,
        findings=tuple(finding.message for finding in report.findings),
        code=code_of(digest),
        made_by=made_by,
        made_with=made_with or {},
    )
    with store.write() as uow:
        kept = uow.versions.settle(new)
    return with_code(report if kept.made_at == now else build(kept.made_at), digest)


def keep_hashes(store: Store, report: Report, contents: Mapping[str, bytes], now: datetime) -> None:
    """Write down the hashes of the files that were made of a version, so that anybody can tell theirs."""
    if not report.inputs_hash:
        return
    files = [
        VersionFile(
            inputs_hash=report.inputs_hash,
            format=name,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            made_at=now,
        )
        for name, content in contents.items()
    ]
    with store.write() as uow:
        uow.versions.add_files(files)
