"""Texts of an import that a PDF or an old font broke: found, offered put right, and put right when asked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.conversation.mending import mended
from bot.importing.plan import PlanReading, ReadMeasure

_FIELDS = {
    "title": "ชื่อมาตรการ", "section": "กลุ่ม", "indicator": "ตัวชี้วัด", "approach": "แนวทาง", "steps": "ขั้นตอน",
    "responsible": "ผู้รับผิดชอบ", "monitoring": "การกำกับติดตาม", "summary": "สรุปผล", "output": "ผลผลิต",
    "outcome": "ผลลัพธ์", "obstacles": "ปัญหาอุปสรรค", "remark": "หมายเหตุ",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """One line of a text as it is, and as it would be."""

    measure_no: int
    field: str
    before: str
    after: str


def mendings(reading: PlanReading) -> tuple[Mending, ...]:
    """Every line that looks broken, with what it would become."""
    return tuple(
        Mending(measure_no=measure.no, field=thai, before=line, after=mended(line))
        for measure in reading.measures
        for name, thai in _FIELDS.items()
        for line in (getattr(measure, name) or "").split("\n")
        if mended(line) != line
    )


def mended_reading(reading: PlanReading) -> PlanReading:
    """The reading with those lines put right."""
    return replace(reading, measures=tuple(_mended(measure) for measure in reading.measures))


def _mended(measure: ReadMeasure) -> ReadMeasure:
    texts = {name: getattr(measure, name) for name in _FIELDS}
    whole = {name: "\n".join(mended(line) for line in text.split("\n")) for name, text in texts.items() if text}
    period = replace(measure.period, text=mended(measure.period.text))
    return replace(measure, period=period, **whole)  # type: ignore[arg-type]
