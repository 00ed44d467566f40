"""Another fiscal year than the report's, named as if it were this one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.calendar import FiscalYear, fiscal_year_range
from bot.domain.text import arabic_digits, thai_digits
from bot.reporting.check.subject import Passage, Subject
from bot.reporting.model import Finding, Severity

_ERA = r"\s*(?:พ\s*\.?\s*ศ\s*\.?)?\s*"
_NAMED = re.compile(
    rf"(?:ปี\s*งบ\s*(?:ประมาณ|ฯ)|ประจำ\s*ปี(?:\s*งบประมาณ)?){_ERA}(25[0-9]{{2}}|[456][0-9](?![0-9]))(?![0-9])"
)
_RANGE_AFTER = re.compile(r"\s*(?:-|–|—|ถึง)\s*(?:พ\.ศ\.)?\s*25[0-9]{2}")
# Where another year is meant on purpose: a comparison, the result that the plan answers, next year's preparations.
_ON_PURPOSE = re.compile(
    "เทียบ|เปรียบ|ปีก่อน|ปีที่ผ่านมา|ที่ผ่านมา|เดิม|ผลการประเมิน|คะแนน|ITA|เพิ่มขึ้น|ลดลง|ปีถัดไป|ปีต่อไป|ปีหน้า|เตรียม|จัดทำแผน|"
    "ร่าง|คำขอ|เสนอ|จัดทำงบ|แผนพัฒนา|ข้อบัญญัติ|เทศบัญญัติ|ทบทวน",
    re.IGNORECASE,
)
_NEAR = 70
_WHY = "เอกสารต้องเป็นของปีงบประมาณที่รายงาน ปีที่ผิดทำให้ผู้ตรวจเห็นว่าเป็นเอกสารของปีอื่น"


def find(subject: Subject) -> Iterator[Finding]:
    """Fiscal years in the text that are not the report's, and periods of the plan that lie outside it."""
    for passage in subject.passages:
        yield from _named(passage, subject)
    first, last = fiscal_year_range(subject.year.fiscal_year)
    for reported in subject.measures:
        measure = reported.measure
        days = [day for day in (measure.period_start, measure.period_end) if day]
        if days and measure.period_text and not any(first <= day <= last for day in days):
            if days[0] < first and days[-1] > last:
                continue
            yield Passage(measure_no=measure.no, field="period_text", text=measure.period_text, of_plan=True).finding(
                "period_outside_year",
                Severity.ERROR,
                f"ระยะเวลาไม่อยู่ในปีงบประมาณ {_thai(subject.year.fiscal_year)}",
                words=measure.period_text,
                why=_WHY,
                source=subject.items.plan,
                action=f"แก้ระยะเวลาในแผนให้อยู่ในปีงบประมาณ {_thai(subject.year.fiscal_year)}",
            )


def _named(passage: Passage, subject: Subject) -> Iterator[Finding]:
    text = arabic_digits(passage.text)
    for found in _NAMED.finditer(text):
        year = int(found[1]) if len(found[1]) == 4 else 2500 + int(found[1])
        if year == subject.year.fiscal_year or _RANGE_AFTER.match(text, found.end()):
            continue
        around = text[max(0, found.start() - _NEAR) : found.end() + _NEAR // 2]
        if abs(year - subject.year.fiscal_year) == 1 and _ON_PURPOSE.search(around):
            continue
        yield passage.finding(
            "wrong_fiscal_year",
            Severity.ERROR,
            f"ปีไม่ตรงกับปีงบประมาณ {_thai(subject.year.fiscal_year)} ของรายงาน",
            words=passage.text[found.start() : found.end()],
            why=_WHY,
            source=subject.items.report,
            action=f"แก้เป็นปีงบประมาณ {_thai(subject.year.fiscal_year)} หรือเขียนให้ชัดว่าเป็นการเปรียบเทียบกับปีอื่น",
        )


def _thai(year: FiscalYear) -> str:
    return thai_digits(f"พ.ศ. {year}")
