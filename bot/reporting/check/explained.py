"""Why findings that compiling makes matter, and what mends them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.reporting.model import Finding

_REPORTED = "ข้อ OIT ให้คะแนนเต็มหรือศูนย์ มาตรการในแผนที่ไม่มีผลการดำเนินการทำให้รายงานไม่ครบ"
_SOURCE = "แผนมาตรการของหน่วยงาน และข้อ OIT รายงานผลการดำเนินการ"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reason:
    why: str
    source: str
    action: str


_REASONS = {
    "measure_not_reported": _Reason(why=_REPORTED, source=_SOURCE, action="ให้ผู้รายงานพิมพ์ รายงานผล แล้วส่งผลของมาตรการนี้"),
    "part_missing": _Reason(
        why="มาตรการนี้มีผู้รายงานหลายคน รายงานยังไม่ครบทุกส่วน", source=_SOURCE, action="ให้ผู้รายงานที่ขาดส่งส่วนของตน"
    ),
    "update_pending": _Reason(why=_REPORTED, source=_SOURCE, action="ให้หัวหน้าหรือผู้ดูแลตรวจแล้วกด เห็นชอบ หรือ ส่งกลับ"),
    "update_returned": _Reason(why=_REPORTED, source=_SOURCE, action="ให้ผู้รายงานแก้ไขแล้วส่งใหม่"),
    "evidence_missing": _Reason(
        why="ภาคผนวกอ้างถึงไฟล์ที่เปิดไม่ได้", source="ภาคผนวกหลักฐานของรายงาน", action="ให้ผู้รายงานส่งไฟล์นี้ใหม่"
    ),
}


def explained(finding: Finding) -> Finding:
    """The finding with its reason, where it has none of its own."""
    reason = _REASONS.get(finding.code)
    if reason is None or finding.why:
        return finding
    return replace(finding, why=reason.why, source=reason.source, action=reason.action)
