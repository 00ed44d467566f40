"""The sample year with every field that any table style prints."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.rounds import RoundNo
from bot.domain.years import AgencyYear
from tests.reporting.sample_year import full_year


def styled_year() -> AgencyYear:
    """Each measure with indicator, approach and monitoring; each update with output and remark."""
    year = full_year()
    entries = []
    for entry in year.measures:
        no = entry.measure.no
        plan = replace(
            entry.measure,
            indicator=f"ตัวชี้วัดที่ {no} การปฏิบัติหน้าที่",
            approach=f"แนวทางการปฏิบัติของมาตรการลำดับ {no}",
            monitoring=f"รายงานผลรอบ 6 เดือน และรอบ 12 เดือน ครั้งที่ {no}",
        )
        updates = tuple(
            replace(update, output=f"ผลผลิตชิ้นที่ {no}", remark=f"ข้อสังเกตที่ {no}")
            for update in entry.updates[RoundNo.TWELVE]
        )
        entries.append(replace(entry, measure=plan, updates={RoundNo.TWELVE: updates, RoundNo.SIX: ()}))
    return replace(year, measures=tuple(entries))
