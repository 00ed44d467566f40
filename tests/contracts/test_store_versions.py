"""Versions of documents keep their promises on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.calendar import BANGKOK, FiscalYear
from bot.domain.rounds import RoundNo
from bot.ports.records import ReportVersion
from bot.ports.store import Store
from tests.contracts.office import AGENCY, an_agency

AT = datetime(2024, 10, 1, 9, tzinfo=BANGKOK)
VERSION = ReportVersion(
    inputs_hash="a" * 64,
    agency_id=AGENCY,
    fiscal_year=FiscalYear(2567),
    round_no=RoundNo.TWELVE,
    kind="progress",
    draft=False,
    made_at=AT,
    content={"measures": []},
    findings=("มาตรการลำดับที่ ๑: ยังไม่ได้รายงาน",),
)


def test_a_version_is_kept_once_and_never_overwritten(store: Store) -> None:
    later = replace(VERSION, made_at=AT + timedelta(days=1), findings=())
    other = replace(later, inputs_hash="b" * 64)
    with store.write() as uow:
        uow.agencies.add(an_agency())
        assert uow.reports.settle_version(VERSION) == VERSION
    with store.write() as uow:
        assert uow.reports.settle_version(later) == VERSION
        assert uow.reports.settle_version(other) == other
    with store.read() as uow:
        assert uow.reports.versions(AGENCY, VERSION.fiscal_year) == [other, VERSION]
        assert uow.reports.versions(AGENCY, FiscalYear(2566)) == []
