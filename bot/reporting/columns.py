"""What the columns of a table of measures hold; a table style says which of them stand in it, and their headings."""

from __future__ import annotations

from collections.abc import Callable, Collection
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


Value = Callable[[Reported], str | None]

_PLAN: dict[str, Value] = {
    "measure": lambda r: r.measure.title,
    "section": lambda r: r.measure.section,
    "indicator": lambda r: r.measure.indicator,
    "approach": lambda r: r.measure.approach,
    "steps": lambda r: r.measure.steps,
    "responsible": lambda r: r.measure.responsible,
    "period": lambda r: r.measure.period_text,
    "monitoring": lambda r: r.measure.monitoring,
}
_ANSWERS: dict[str, Callable[[Update], str | None]] = {
    "summary": lambda update: update.summary,
    "output": lambda update: update.output,
    "outcome": lambda update: update.outcome,
    "obstacles": lambda update: None if update.status in _NOT_DONE else update.obstacles,
    "remark": lambda update: update.remark,
    "status": lambda update: update.status.thai if update.status else None,
}
KEYS = frozenset({*_PLAN, *_ANSWERS})
"""Every key that a column can have."""
ANSWER_KEYS = frozenset(_ANSWERS)
"""Those that hold what officers reported."""


def value_of(key: str, columns: Collection[str]) -> Value:
    """How a column's text is found.

    The first column of answers (สรุปผล, where there is one) also says that a measure is not reported on, waits for
    review, or was not carried out and why. Steps stand in for the approach where that has no column.

    Args:
        key: the column's.
        columns: the keys of all columns of its table, in their order.
    """
    if key == "steps" and "approach" not in columns:
        return lambda r: r.measure.steps or r.measure.approach
    if key in _PLAN:
        return _PLAN[key]
    answers = [each for each in columns if each in _ANSWERS and each != "status"]
    leading = "summary" if "summary" in answers else next(iter(answers), None)
    if key == leading:
        return lambda r: NOT_REPORTED if not r.parts else _each(r, lambda update: _leading_part(update, key))
    return lambda r: _each(r, _ANSWERS[key])


def note_text(reported: Reported, key: str) -> str | None:
    """An answer for which the table has no column; a reason that the table prints already is none."""
    return _each(reported, _ANSWERS[key])


def _leading_part(update: Update, key: str) -> str | None:
    lines: list[str | None] = []
    if update.review is Review.PENDING:
        lines.append(PENDING_MARK)
    if update.status in _NOT_DONE:
        lines += [_NOT_DONE[update.status], _ANSWERS[key](update), update.obstacles]
        if update.expected_on and update.status is Status.NOT_STARTED:
            lines.append(f"คาดว่าจะเริ่ม {thai_date(update.expected_on)}")
    else:
        lines.append(_ANSWERS[key](update))
    return "\n".join(line for line in lines if line) or None


def _each(reported: Reported, text: Callable[[Update], str | None]) -> str | None:
    several = len(reported.parts) > 1
    return attributed(((part.officer, text(part.update)) for part in reported.parts), several=several)
