"""Give a document its version: unchanged inputs are the version that is there already, made when it was made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.domain.agencies import AgencyId
from bot.ports.records import ReportVersion
from bot.ports.store import Store
from bot.reporting.kinds import Kind
from bot.reporting.model import Report
from bot.reporting.versions import inputs_hash, with_code


def settle_version(
    store: Store, agency_id: AgencyId, kind: Kind, now: datetime, build: Callable[[datetime], Report]
) -> Report:
    """The document as its version has it.

    Args:
        store: where versions are kept.
        agency_id: whose document.
        kind: which document.
        now: when a new version is made.
        build: builds the document as of a moment.
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
    )
    with store.write() as uow:
        kept = uow.reports.settle_version(new)
    return with_code(report if kept.made_at == now else build(kept.made_at), digest)
