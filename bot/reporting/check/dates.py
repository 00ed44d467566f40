"""Days of work that lie outside the year, and days that do not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.calendar import fiscal_year_range, thai_date
from bot.domain.rounds import default_round
from bot.reporting.check.subject import Passage, Subject
from bot.reporting.check.written_dates import WrittenDay, written_days
from bot.reporting.model import Finding, Severity

# Days of laws and decisions of others may well be older than the year; those of orders and letters want a look.
_LAW = re.compile(r"มติ|พระราช|พ\.ร\.|ระเบียบ|กฎ|รัฐธรรมนูญ|บังคับใช้|ยุทธศาสตร์|แผนพัฒนา")
_PAPER = re.compile("ลงวันที่|คำสั่ง|ประกาศ|หนังสือ|ตั้งแต่|ฉบับ")
_NEAR = 60
_AFTER = timedelta(days=62)
"""So long after the round's end results are still told of: an announcement, the committee's meeting."""


def find(subject: Subject) -> Iterator[Finding]:
    """Days in what officers wrote that the round does not cover, and impossible days anywhere."""
    for passage in subject.passages:
        for written in written_days(passage.text):
            if written.day is None:
                if written.year and len(written.year) in (2, 4):
                    yield _impossible(passage, written, subject)
            elif passage.measure_no is not None and not passage.of_plan and passage.field != "evidence":
                yield from _outside(passage, written, subject)


def _outside(passage: Passage, written: WrittenDay, subject: Subject) -> Iterator[Finding]:
    assert written.day is not None  # noqa: S101 - the caller looked
    before = passage.text[max(0, written.start - _NEAR) : written.start]
    severity = _severity(written.day, before, subject)
    if severity is None:
        return
    first, covered = _covered(subject)
    yield passage.finding(
        "date_outside_year",
        severity,
        f"วันที่ไม่อยู่ในช่วงที่รายงาน ({thai_date(first)} – {thai_date(covered)})",
        words=passage.text[written.start : written.end],
        why="งานที่ทำนอกช่วงนี้ไม่นับเป็นผลของรอบที่รายงาน และมักเป็นข้อความที่คัดลอกมาจากปีก่อน",
        source=subject.items.report,
        action="ตรวจวันที่กับหลักฐาน แล้วแก้ให้ถูกหรือตัดออก",
    )


def _severity(day: date, before: str, subject: Subject) -> Severity | None:
    """How much a day matters; None when it is in its place."""
    first, covered = _covered(subject)
    if first <= day <= covered + _AFTER:
        return None
    if day > covered and day <= fiscal_year_range(subject.year.fiscal_year)[1]:
        return Severity.WARNING
    if day < first and _LAW.search(before):
        return None
    return Severity.WARNING if day < first and _PAPER.search(before) else Severity.ERROR


def _covered(subject: Subject) -> tuple[date, date]:
    return default_round(subject.agency.id, subject.year.fiscal_year, subject.round_no).covers()


def _impossible(passage: Passage, written: WrittenDay, subject: Subject) -> Finding:
    return passage.finding(
        "date_impossible",
        Severity.ERROR,
        "ไม่มีวันที่นี้ในปฏิทิน",
        words=passage.text[written.start : written.end],
        why="วันที่ที่เป็นไปไม่ได้ทำให้หลักฐานไม่น่าเชื่อถือ",
        source=subject.items.report,
        action="แก้วันที่ให้ถูกต้อง",
    )
