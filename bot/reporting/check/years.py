"""Years that cannot be: five digits, three, or a century from now."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.text import arabic_digits
from bot.reporting.check.subject import Subject
from bot.reporting.check.written_dates import MONTH
from bot.reporting.model import Finding, Severity

_COUNTED = r"(?![0-9,.]?[0-9]|\s*(?:คน|ราย|บาท|ครั้ง|ชุด|เรื่อง|ฉบับ|แห่ง|เล่ม|แผ่น|รายการ|ครัวเรือน|%))"
_YEAR = re.compile(
    rf"(?:{MONTH}\s*(?:พ\s*\.?\s*ศ\s*\.?)?|พ\s*\.\s*ศ\s*\.?|ปี\s*งบ\s*(?:ประมาณ|ฯ))\s*([0-9]{{3,7}}){_COUNTED}"
)
_BUDDHIST, _COMMON = range(2475, 2621), range(1932, 2078)


def find(subject: Subject) -> Iterator[Finding]:
    """Numbers that stand where a year stands and are none."""
    for passage in subject.passages:
        for found in _YEAR.finditer(arabic_digits(passage.text)):
            number = int(found[1])
            if number in _BUDDHIST or number in _COMMON:
                continue
            yield passage.finding(
                "year_impossible",
                Severity.ERROR,
                "ปีที่เป็นไปไม่ได้",
                words=passage.text[found.start() : found.end()],
                why="ผู้ตรวจดูว่าเอกสารเป็นของปีที่ถูกต้อง ปีที่พิมพ์ผิดทำให้ตัดสินไม่ได้",
                source=subject.items.plan if passage.of_plan else subject.items.report,
                action="แก้ปีให้เป็นตัวเลขสี่หลัก",
            )
