"""The columns of the official progress table: heading and value side by side, so that they cannot drift apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.calendar import thai_date
from bot.domain.plans import Measure
from bot.domain.updates import Review, Status, Update
from bot.reporting.merge import Part, attributed

NOT_REPORTED = "ยังไม่ได้รายงาน"
PENDING_MARK = "(ฉบับร่าง – รอตรวจ)"
_NOT_DONE = {Status.NOT_STARTED: "ยังไม่เริ่มดำเนินการ", Status.CANCELLED: "ไม่ดำเนินการ"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What a row is made from: the plan's measure and the parts that this report takes."""

    measure: Measure
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its key, its heading, its share of the width, and how its text is found."""

    key: str
    title: str
    width: float
    value: Callable[[Reported], str | None]


def summary_text(reported: Reported) -> str | None:
    """What was done; for a measure not begun or given up, its reason; without an update, that it is missing."""
    if not reported.parts:
        return NOT_REPORTED
    return _each(reported, _summary_part)


def _summary_part(update: Update) -> str | None:
    lines: list[str | None] = []
    if update.review is Review.PENDING:
        lines.append(PENDING_MARK)
    if update.status in _NOT_DONE:
        lines += [_NOT_DONE[update.status], update.summary, update.obstacles]
        if update.expected_on and update.status is Status.NOT_STARTED:
            lines.append(f"คาดว่าจะเริ่ม {thai_date(update.expected_on)}")
    else:
        lines.append(update.summary)
    return "\n".join(line for line in lines if line) or None


def _each(reported: Reported, text: Callable[[Update], str | None]) -> str | None:
    several = len(reported.parts) > 1
    return attributed(((part.officer, text(part.update)) for part in reported.parts), several=several)


PROGRESS: tuple[Column, ...] = (
    Column(key="measure", title="มาตรการ/แนวทาง", width=17, value=lambda r: r.measure.title),
    Column(
        key="steps",
        title="ขั้นตอน/วิธีการปฏิบัติ",
        width=23,
        value=lambda r: r.measure.steps or r.measure.approach,
    ),
    Column(key="responsible", title="ผู้รับผิดชอบ", width=10, value=lambda r: r.measure.responsible),
    Column(key="period", title="ระยะเวลาดำเนินการ", width=10, value=lambda r: r.measure.period_text),
    Column(key="summary", title="สรุปผลการดำเนินการ", width=23, value=summary_text),
    Column(
        key="outcome",
        title="ผลลัพธ์/ความสำเร็จ",
        width=17,
        value=lambda r: _each(r, lambda update: update.outcome),
    ),
)
"""The six columns of the progress report; status is deliberately none of them."""


def note_text(reported: Reported, text: Callable[[Update], str | None]) -> str | None:
    """A further answer of the parts, for which the table has no column."""
    return _each(reported, text)


def obstacles_text(update: Update) -> str | None:
    """Obstacles that are not already printed as the reason in the table."""
    return None if update.status in _NOT_DONE else update.obstacles
