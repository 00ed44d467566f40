"""Words of a template that were meant for the writer and not for the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.reporting.check.subject import Subject
from bot.reporting.model import Finding, Severity

_GUIDANCE = re.compile(
    r"หมายเหตุ\s*:?\s*(?:ให้|ต้อง|โปรด|กรุณา)[^\n]{0,60}|ต้องรายงาน(?:ข้อมูล|ผล)?ให้ครบ[^\n]{0,40}|"
    r"(?:โปรด|กรุณา|ให้)\s*(?:ระบุ|กรอก|ใส่|แนบ)(?:รายละเอียด|ข้อมูล|ข้อความ|ภาพ|วันที่|ชื่อ|จำนวน|ผล|หลักฐาน|ที่นี่)[^\n]{0,30}|"
    r"\((?:โปรด|กรุณา)?(?:ระบุ|กรอก|ใส่|แนบ)[^)\n]{0,60}\)|\[(?:ชื่อ|ระบุ|ใส่|วันที่|จำนวน|ปี)[^\]\n]{0,40}\]|<(?:ชื่อ|ระบุ|ใส่)[^>\n]{0,40}>|"
    r"\{\{[^}\n]{0,60}\}\}|(?<![A-Za-z])[Xx]{3,}(?![A-Za-z])|[.…]{6,}|_{4,}|ตัวอย่าง(?:การ(?:เขียน|กรอก)|ข้อความ)[^\n]{0,30}|"
    r"คำอธิบาย(?:การกรอก|แบบฟอร์ม)[^\n]{0,30}|(?:เขียน|กรอก|พิมพ์)ที่นี่"
)


def find(subject: Subject) -> Iterator[Finding]:
    """What looks like guidance, or like a blank that nobody filled."""
    for passage in subject.passages:
        for found in _GUIDANCE.finditer(passage.text):
            yield passage.finding(
                "template_guidance",
                Severity.WARNING,
                "คำแนะนำของแบบฟอร์มหรือช่องว่างที่ยังไม่ได้เติม",
                words=found.group().strip(),
                why="เอกสารที่เผยแพร่ยังเป็นแบบฟอร์ม ผู้ตรวจอาจเห็นว่าไม่ใช่รายงานจริง",
                source=subject.items.plan if passage.of_plan else subject.items.report,
                action="ลบคำแนะนำออก หรือเติมข้อความจริงแทน",
            )
