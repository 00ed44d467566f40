"""Elements that the year's items demand and that are missing or say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.rounds import RoundNo
from bot.domain.text import match_key
from bot.domain.updates import Status
from bot.reporting.check.subject import FIELD_WORDS, Passage, Subject, plan_finding
from bot.reporting.columns import Reported
from bot.reporting.merge import Part
from bot.reporting.model import Finding, Severity

_WHY = "ข้อ OIT ให้คะแนนเต็มหรือศูนย์ ขาดองค์ประกอบเดียวก็ได้ศูนย์"
_DONE = {Status.DONE, Status.IN_PROGRESS}
# Words that tell nothing by themselves, however they are joined.
_EMPTY_WORDS = re.compile(
    "ดำเนินการ|ดำเนินงาน|เรียบร้อย|แล้วเสร็จ|เสร็จสิ้น|เสร็จ|แล้ว|สำเร็จ|บรรลุ|ครบถ้วน|ครบ|ตามแผน|ตามมาตรการ|ตามเป้าหมาย|"
    "ตามที่กำหนด|ตามขั้นตอน|ปฏิบัติ|เป็นไป|เป็นอย่าง|เป็นที่|ได้ผล|ได้|ทำ|ดีมาก|ดี|ไม่มี|มี|ผล|ความ|การ|อยู่|ระหว่าง|ทุก|อย่าง|ทั้งหมด|ทั้งสิ้น|"
    "ปกติ|รับทราบ|ทราบ|นะ|ครับ|ค่ะ|คะ|จ้า|และ|ๆ|ok|done|ผ่าน|โดย|แต่|ยัง"
)
_SIGNS = re.compile(r"[\W_]+")
_LEAST = 4
"""Letters that must be left for a text to say something."""


def find(subject: Subject) -> Iterator[Finding]:
    """What the plan and the updates lack, and answers that say nothing."""
    for reported in subject.measures:
        yield from _plan(reported, subject)
        yield from _missing(reported, subject)
        for part in _told(reported):
            yield from _empty(reported, part, subject)
            yield from _repeats(reported, part, subject)


def says_nothing(text: str) -> bool:
    """Whether a text tells no fact: signs, or only words like ดำเนินการเรียบร้อยแล้ว."""
    if any(character.isdigit() for character in text):
        return False
    left = _EMPTY_WORDS.sub("", match_key(text))
    return len(_SIGNS.sub("", left)) < _LEAST


def _plan(reported: Reported, subject: Subject) -> Iterator[Finding]:
    for fields in subject.items.plan_elements:
        if any(getattr(reported.measure, field) for field in fields):
            continue
        named = " หรือ ".join(FIELD_WORDS[field] for field in fields)
        yield plan_finding(
            reported.measure,
            "plan_element_missing",
            Severity.ERROR,
            f"แผนไม่มี{named}",
            field=fields[0],
            why=_WHY,
            source=subject.items.plan,
            action=f"เติม{named}ในหน้าแผน",
        )


def _told(reported: Reported) -> list[Part]:
    """The parts that tell of work done, not of a measure that has not begun or was given up."""
    return [part for part in reported.parts if part.update.status in _DONE or part.update.status is None]


def _missing(reported: Reported, subject: Subject) -> Iterator[Finding]:
    """Elements that no officer's part has; halfway through the year an outcome may still be to come."""
    parts = _told(reported)
    going_on = subject.round_no is RoundNo.SIX and all(part.update.status is Status.IN_PROGRESS for part in parts)
    for fields in subject.items.report_elements if parts else ():
        given = any(getattr(part.update, field) for part in parts for field in fields)
        if given or (going_on and "outcome" in fields):
            continue
        yield plan_finding(
            reported.measure,
            f"{fields[0]}_missing",
            Severity.ERROR,
            "ไม่มีข้อความ",
            field=fields[0],
            why=_WHY,
            source=subject.items.report,
            action=f"ให้ผู้รายงานเติม {FIELD_WORDS[fields[0]]}",
        )


def _empty(reported: Reported, part: Part, subject: Subject) -> Iterator[Finding]:
    for field in (field for fields in subject.items.report_elements for field in fields):
        text = getattr(part.update, field)
        if text and says_nothing(text):
            yield _passage(reported, part, field, text).finding(
                f"{field}_says_nothing",
                Severity.ERROR,
                "ข้อความไม่บอกว่าทำอะไรหรือเกิดผลอะไร",
                words=text,
                why="ผู้ตรวจต้องเห็นว่ามาตรการถูกนำไปปฏิบัติจริงและเกิดผลอย่างไร",
                source=subject.items.report,
                action="ให้ผู้รายงานเขียนสิ่งที่ทำ จำนวน วันที่ และผลที่เกิดขึ้น",
            )


def _repeats(reported: Reported, part: Part, subject: Subject) -> Iterator[Finding]:
    outcome, summary = part.update.outcome, part.update.summary
    if outcome and summary and match_key(outcome) == match_key(summary) and not says_nothing(outcome):
        yield _passage(reported, part, "outcome", outcome).finding(
            "outcome_repeats_summary",
            Severity.WARNING,
            "ผลลัพธ์เป็นข้อความเดียวกับสรุปผล",
            words=outcome,
            why="ผลลัพธ์ต้องบอกสิ่งที่เปลี่ยนไปจากการดำเนินการ ไม่ใช่สิ่งที่ทำ",
            source=subject.items.report,
            action="ให้ผู้รายงานเขียนผลลัพธ์ให้ต่างจากสรุปผล",
        )


def _passage(reported: Reported, part: Part, field: str, text: str) -> Passage:
    officer = part.officer if len(reported.parts) > 1 else ""
    return Passage(measure_no=reported.measure.no, field=field, text=text, of_plan=False, officer=officer)
