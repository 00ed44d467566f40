"""Addresses that did not open when somebody had them tried."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.links import LinkState
from bot.reporting.check.links import addresses
from bot.reporting.check.subject import Subject
from bot.reporting.model import Finding, Severity

_SEVERITY = {LinkState.GONE: Severity.ERROR, LinkState.CLOSED: Severity.ERROR, LinkState.AWAY: Severity.WARNING}


def find(subject: Subject) -> Iterator[Finding]:
    """Each address that was looked at and is of no use to an assessor; nothing is fetched here."""
    for passage in subject.passages:
        for words in addresses(passage.text):
            state = subject.links.get(words)
            severity = _SEVERITY.get(state) if state else None
            if state is None or severity is None:
                continue
            yield passage.finding(
                "dead_link",
                severity,
                f"ลิงก์ใช้ไม่ได้ ({state.thai})",
                words=words,
                why="ผู้ตรวจให้คะแนนจากสิ่งที่เปิดดูได้ ลิงก์ที่เปิดไม่ได้หรือต้องเข้าสู่ระบบได้ศูนย์",
                source=subject.items.plan if passage.of_plan else subject.items.report,
                action="เปิดลิงก์ดูเอง แล้วแก้ที่อยู่หรือนำเอกสารกลับขึ้นเว็บไซต์",
            )
