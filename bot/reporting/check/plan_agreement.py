"""Where the report does not follow the plan: measures not carried out, printed twice, or not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.rounds import RoundNo, default_round
from bot.domain.text import arabic_digits, match_key, thai_digits
from bot.domain.updates import Status
from bot.reporting.check.subject import Passage, Subject, plan_finding
from bot.reporting.columns import Reported
from bot.reporting.model import Finding, Severity

_POINTS_TO = re.compile(r"มาตรการ\s*(?:ลำดับ)?\s*(?:ที่|ข้อที่|ข้อ)\s*([0-9]{1,3})(?![0-9./])")
_FORMER = re.compile(r"(?:ปี|พ\.ศ\.|แผน)[^\n]{0,30}$")
_WHY = "ผู้ตรวจเทียบรายงานกับแผน มาตรการที่ไม่ตรงกันทำให้ทั้งข้อได้ศูนย์"


def find(subject: Subject) -> Iterator[Finding]:
    """Every disagreement between plan and report."""
    seen: dict[tuple[str, str], int] = {}
    for reported in subject.measures:
        yield from _not_carried_out(reported, subject)
        key = (match_key(reported.measure.indicator or ""), match_key(reported.measure.title))
        if key in seen:
            yield _twice(reported, seen[key], subject)
        seen.setdefault(key, reported.measure.no)
    numbers = {measure.measure.no for measure in subject.measures}
    for passage in subject.passages:
        yield from _pointers(passage, numbers, subject)


def _not_carried_out(reported: Reported, subject: Subject) -> Iterator[Finding]:
    last = default_round(subject.agency.id, subject.year.fiscal_year, subject.round_no).covers()[1]
    end = reported.measure.period_end
    whole_year = subject.round_no is RoundNo.TWELVE
    for part in reported.parts:
        match part.update.status:
            case Status.CANCELLED if whole_year:
                what = "แผนมีมาตรการนี้ แต่รายงานว่าไม่ดำเนินการ"
            case Status.NOT_STARTED if whole_year or (end is not None and end <= last):
                what = "แผนกำหนดให้ทำในช่วงนี้ แต่รายงานว่ายังไม่เริ่ม"
            case _:
                continue
        yield plan_finding(
            reported.measure,
            "plan_not_followed",
            Severity.ERROR if whole_year else Severity.WARNING,
            what,
            field="summary",
            why=_WHY,
            source=subject.items.report,
            action="ปรับแผนให้ตรงกับที่ทำจริง หรือให้ผู้รายงานส่งผลที่ทำแล้ว",
        )


def _twice(reported: Reported, before: int, subject: Subject) -> Finding:
    return plan_finding(
        reported.measure,
        "measure_twice",
        Severity.WARNING,
        f"เป็นมาตรการเดียวกับลำดับที่ {thai_digits(str(before))}",
        field="title",
        why="มาตรการซ้ำในแผนทำให้ผลต้องรายงานสองครั้งและไม่ตรงกันได้ง่าย",
        source=subject.items.plan,
        action="ลบมาตรการที่ซ้ำออกในหน้าแผน",
    )


def _pointers(passage: Passage, numbers: set[int], subject: Subject) -> Iterator[Finding]:
    if passage.of_plan or passage.field == "evidence":
        return
    text = arabic_digits(passage.text)
    for found in _POINTS_TO.finditer(text):
        if int(found[1]) in numbers or _FORMER.search(text[: found.start()]):
            continue
        yield passage.finding(
            "measure_unknown",
            Severity.ERROR,
            "อ้างถึงมาตรการที่ไม่มีในแผน",
            words=passage.text[found.start() : found.end()],
            why=_WHY,
            source=subject.items.report,
            action="แก้เลขมาตรการให้ตรงกับแผน",
        )
