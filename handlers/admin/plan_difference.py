"""What an import would change in measures that are there, field by field; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext  # type: ignore[import-untyped]

from bot.domain.plans import Measure
from handlers.thai import day

FIELDS = {
    "no": lazy_gettext("ลำดับ"),
    "title": lazy_gettext("มาตรการ"),
    "section": lazy_gettext("หัวข้อ/กลุ่ม"),
    "indicator": lazy_gettext("ตัวชี้วัด"),
    "approach": lazy_gettext("แนวทาง"),
    "steps": lazy_gettext("ขั้นตอน/วิธีการ"),
    "responsible": lazy_gettext("ผู้รับผิดชอบ"),
    "monitoring": lazy_gettext("การกำกับติดตาม"),
    "period_text": lazy_gettext("ระยะเวลา"),
    "period_start": lazy_gettext("วันเริ่ม"),
    "period_end": lazy_gettext("วันสิ้นสุด"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field before and after, as words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureChange:
    """One measure with the fields that would change."""

    measure: Measure
    fields: tuple[FieldChange, ...]


def changes_of(known: Iterable[Measure], changed: Iterable[Measure]) -> list[MeasureChange]:
    """Each changed measure against what is stored."""
    before = {measure.id: measure for measure in known}
    return [_change(before[new.id], new) for new in changed if new.id in before]


def _change(old: Measure, new: Measure) -> MeasureChange:
    return MeasureChange(
        measure=new,
        fields=tuple(
            FieldChange(label=str(label), before=_words(old, name), after=_words(new, name))
            for name, label in FIELDS.items()
            if getattr(old, name) != getattr(new, name)
        ),
    )


def _words(measure: Measure, name: str) -> str:
    value = getattr(measure, name)
    if value is None:
        return ""
    return day(value) if name in ("period_start", "period_end") else str(value)
