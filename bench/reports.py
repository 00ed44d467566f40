"""A report of ten measures, each told at length, without photos; a different one for every number."""

from __future__ import annotations

from bot.domain.rounds import RoundNo
from bot.reporting.build import build_report
from bot.reporting.model import Report
from tests.reporting.sample_year import LONG_SUMMARY, NOW, entry, measure, update, year_of

MEASURES = 10


def report(number: int) -> Report:
    """Words that differ from number to number in every row, so that no cache of Typst's can stand in for work."""
    entries = [
        entry(
            measure(no, f"{no}. มาตรการยกระดับการให้บริการประชาชนอย่างโปร่งใส ครั้งที่ {number}"),
            update(no, summary=f"{LONG_SUMMARY}\nสรุปครั้งที่ {number} ของมาตรการที่ {no}"),
        )
        for no in range(1, MEASURES + 1)
    ]
    return build_report(year_of(*entries), RoundNo.TWELVE, compiled_at=NOW)
