"""The fields that a template can print: one table gives their names, their meaning and their values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from bot.domain.text import thai_digits
from bot.reporting.model import EvidenceItem, MeasureRow, MeasureWords, Report

VERSION_CODE = "version code"
"""Stands for the QR code where the keys of photos stand."""


class FieldKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    LIST = "list"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field by its name in templates.

    Attributes:
        thai: what it holds, for the page.
        example: such a text.
        value: finds it; for a list, the things that each become one entry.
        fields: what each entry of a list has; a list without any holds plain texts.
    """

    name: str
    thai: str
    value: Callable[[Any], Any]
    kind: FieldKind = FieldKind.TEXT
    example: str = ""
    fields: tuple[Field, ...] = ()


def values_of(report: Report, fields: tuple[Field, ...] | None = None) -> dict[str, Any]:
    """The values of all fields by name: texts, lists of such, and for pictures their keys."""
    return _values(Subject(report), FIELDS if fields is None else fields)


class Subject:
    """A report as the fields see it: its measures by section and by page."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.sections = _sections(report.measures)
        self.pages = [_sections(page) for page in _pages(report)]

    def number(self, number: int) -> str:
        """A number in the report's digits."""
        return thai_digits(str(number)) if self.report.thai_digits else str(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Measures that stand under one heading; "" where they have none."""

    title: str
    measures: tuple[MeasureWords, ...]


def _values(of: Any, fields: tuple[Field, ...]) -> dict[str, Any]:
    return {field.name: _value(of, field) for field in fields}


def _value(of: Any, field: Field) -> Any:
    found = field.value(of)
    if field.kind is not FieldKind.LIST:
        return found or ""
    return [_values(each, field.fields) for each in found] if field.fields else list(found)


def _sections(measures: tuple[MeasureWords, ...]) -> list[Section]:
    runs = groupby(measures, key=lambda each: each.texts["section"])
    return [Section(title=title, measures=tuple(run)) for title, run in runs]


def _pages(report: Report) -> list[tuple[MeasureWords, ...]]:
    """The measures as they share pages in the agency's table; all of them where its rows flow."""
    by_no = {each.no: each for each in report.measures}
    table = report.tables[-1] if report.tables else None
    if table is None or not table.per_page:
        return [report.measures]
    pages = [[row.no for row in page if isinstance(row, MeasureRow)] for page in table.pages()]
    return [tuple(by_no[no] for no in page if no in by_no) for page in pages]


def _text(name: str, thai: str, example: str, value: Callable[[Any], Any]) -> Field:
    return Field(name=name, thai=thai, example=example, value=value)


def _list(name: str, thai: str, value: Callable[[Any], Any], *fields: Field) -> Field:
    return Field(name=name, thai=thai, kind=FieldKind.LIST, value=value, fields=fields)


def _column(key: str) -> Callable[[MeasureWords], str]:
    return lambda measure: measure.texts[key]


MEASURE_WORDS: Mapping[str, tuple[str, str]] = {
    "measure": ("ชื่อมาตรการ พร้อมเลขข้อตามแผน", "๑. จัดทำคู่มือการให้บริการ"),
    "section": ("กลุ่มหรือหัวข้อของมาตรการ", "มาตรการการปฏิบัติงานที่โปร่งใส"),
    "indicator": ("ตัวชี้วัด", "การปฏิบัติหน้าที่"),
    "approach": ("แนวทาง", "ปรับปรุงคู่มือให้เป็นปัจจุบัน"),
    "steps": ("ขั้นตอน/วิธีการปฏิบัติ", "๑. แต่งตั้งคณะทำงาน"),
    "responsible": ("ผู้รับผิดชอบ", "สำนักปลัด"),
    "period": ("ระยะเวลาดำเนินการ", "ตุลาคม ๒๕๖๖ - กันยายน ๒๕๖๗"),
    "monitoring": ("การกำกับติดตาม", "รายงานผลรอบ ๖ และ ๑๒ เดือน"),
    "summary": ("สรุปผลการดำเนินการ", "จัดทำคู่มือ ๑๒ งานบริการ"),
    "output": ("ผลผลิต", "คู่มือ ๑๒ เล่ม"),
    "outcome": ("ผลลัพธ์/ความสำเร็จ", "ประชาชนทราบขั้นตอนและเวลา"),
    "obstacles": ("ปัญหา อุปสรรค และข้อเสนอแนะ", "บุคลากรไม่เพียงพอ"),
    "remark": ("หมายเหตุ", "ดำเนินการต่อเนื่อง"),
    "status": ("สถานะ", "แล้วเสร็จ"),
}
"""What the columns hold, in the order of the page: the same keys as in table styles."""

_MEASURE = tuple(_text(key, thai, example, _column(key)) for key, (thai, example) in MEASURE_WORDS.items())
_SECTION = (
    _text("title", "ชื่อกลุ่ม ว่างเมื่อมาตรการไม่มีกลุ่ม", "มาตรการการปฏิบัติงานที่โปร่งใส", lambda s: s.title),
    _list("measures", "มาตรการในกลุ่ม", lambda s: s.measures, *_MEASURE),
)
_NOTE_ROW = (
    _text("measure", "ชื่อมาตรการ", "๑. จัดทำคู่มือการให้บริการ", lambda row: row.measure),
    _text("text", "คำตอบ", "บุคลากรไม่เพียงพอ", lambda row: row.text),
)


def _picture(item: EvidenceItem) -> str | None:
    return item.image_key


_EVIDENCE = (
    _text("heading", "ชนิดและลำดับ", "ภาพที่ ๑", lambda item: item.heading),
    _text("caption", "คำบรรยายภาพ", "ประชุมคณะทำงาน", lambda item: item.caption),
    _text("source", "ชื่อไฟล์หรือที่อยู่เว็บ", "https://www.example.go.th/o26", lambda item: item.source),
    _text("note", "หมายเหตุของโปรแกรม", "ไม่มีไฟล์นี้ในระบบ", lambda item: item.note),
    Field(name="picture", thai="ตัวภาพ ว่างเมื่อไม่ใช่ภาพ", kind=FieldKind.PICTURE, value=_picture, example="(ภาพ)"),
)


FIELDS: tuple[Field, ...] = (
    _text("agency", "ชื่อหน่วยงาน", "องค์การบริหารส่วนตำบลหนองตัวอย่าง", lambda s: s.report.agency),
    _text("place", "ตำบล อำเภอ จังหวัด", "อำเภอตัวอย่าง จังหวัดตัวอย่าง", lambda s: s.report.cover.place),
    _text("fiscal_year", "ปีงบประมาณ", "๒๕๖๙", lambda s: s.number(s.report.fiscal_year)),
    _text("round", "รอบ (เดือน)", "๑๒", lambda s: s.number(s.report.round_no.value)),
    _text("from_date", "วันแรกของช่วงที่รายงาน", "๑ ตุลาคม ๒๕๖๘", lambda s: s.report.cover.first_day),
    _text("to_date", "วันสุดท้ายของช่วงที่รายงาน", "๓๐ กันยายน ๒๕๖๙", lambda s: s.report.cover.last_day),
    _text("title", "ชื่อเอกสารทั้งบรรทัด", "รายงานผลการดำเนินการ … รอบ ๑๒ เดือน", lambda s: s.report.title),
    _text("running", "บรรทัดท้ายกระดาษ", "อบต.หนองตัวอย่าง · ปีงบประมาณ พ.ศ. ๒๕๖๙", lambda s: s.report.running),
    _text("as_of", "วันที่ของข้อมูล", "ข้อมูล ณ วันที่ ๓ ตุลาคม ๒๕๖๙", lambda s: s.report.cover.as_of),
    _text("version", "รหัสฉบับ", "รหัสฉบับ K7RM-3XQA", lambda s: s.report.cover.version),
    _text("version_link", "ที่อยู่สำหรับตรวจสอบฉบับ", "https://www.example.go.th/v/K7RM3XQA", lambda s: s.report.cover.link),
    Field(
        name="version_code", thai="คิวอาร์โค้ดสำหรับตรวจสอบฉบับ", kind=FieldKind.PICTURE, example="(ภาพ)",
        value=lambda s: VERSION_CODE if s.report.cover.link else None,
    ),
    _text("draft", "คำว่าฉบับร่าง ว่างเมื่อเป็นฉบับจริง", "ฉบับร่าง – ยังมีรายการรอตรวจ", lambda s: s.report.cover.draft),
    _list("measures", "มาตรการทุกข้อตามลำดับ", lambda s: s.report.measures, *_MEASURE),
    _list("sections", "กลุ่มของมาตรการ แต่ละกลุ่มมีมาตรการของกลุ่ม", lambda s: s.sections, *_SECTION),
    _list(
        "pages", "มาตรการแบ่งตามหน้า ตามรูปแบบตารางของหน่วยงาน", lambda s: s.pages,
        _list("sections", "กลุ่มของมาตรการในหน้านั้น", lambda page: page, *_SECTION),
    ),
    _list(
        "notes", "คำตอบที่ตารางไม่มีช่องให้", lambda s: s.report.notes,
        _text("title", "เรื่อง", "ปัญหา อุปสรรค และข้อเสนอแนะ", lambda note: note.title),
        _list("rows", "คำตอบของแต่ละมาตรการ", lambda note: note.rows, *_NOTE_ROW),
    ),
    _text("annex_title", "หัวข้อภาคผนวก", "ภาคผนวก หลักฐานประกอบการรายงานผล", lambda s: s.report.annex_title),
    _list(
        "annex", "หลักฐานแยกตามมาตรการ", lambda s: s.report.annex,
        _text("measure", "ชื่อมาตรการ", "๑. จัดทำคู่มือการให้บริการ", lambda group: group.measure),
        _list("evidence", "หลักฐานของมาตรการ", lambda group: group.items, *_EVIDENCE),
    ),
)  # fmt: skip

PICTURES = frozenset({"picture", "version_code"})
"""The names of fields that hold pictures."""
