"""Scores of the assessment that do not add up."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.results import mismatches
from bot.domain.text import thai_digits
from bot.reporting.check.subject import Subject
from bot.reporting.model import Finding, Severity


def find(subject: Subject) -> Iterator[Finding]:
    """Each printed score that the others do not give; the scores stay as they are printed."""
    for result in subject.results:
        for each in mismatches(result):
            printed, computed = thai_digits(f"{each.printed:.2f}"), thai_digits(f"{each.computed:.2f}")
            year = thai_digits(str(result.fiscal_year))
            yield Finding(
                code="scores_do_not_add_up",
                severity=Severity.WARNING,
                message=f"ผลการประเมินปี {year}: {thai_digits(each.what)} พิมพ์ไว้ {printed} แต่คำนวณได้ {computed}",
                field="results",
                words=printed,
                why="คะแนนที่ไม่ตรงกันแสดงว่าพิมพ์ผิดอย่างน้อยหนึ่งแห่ง",
                source="วิธีคิดคะแนน ITA: IIT ร้อยละ ๓๐ EIT ร้อยละ ๓๐ OIT ร้อยละ ๔๐",
                action="เทียบกับผลที่ประกาศในระบบ ITAS แล้วนำเข้าคะแนนอีกครั้ง",
            )
