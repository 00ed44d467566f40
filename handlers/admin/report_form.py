"""The form that asks for a document: what can be chosen, and what was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask_babel import gettext as _  # type: ignore[import-untyped]
from flask_babel import lazy_gettext

from bot.domain.errors import BadInput
from bot.domain.rounds import RoundNo
from bot.ports.records import ReportRun
from bot.reporting.kinds import PARTS, Kind, tables_of
from bot.reporting.styles import NAMED
from bot.services.compile_report import PROGRESS_FORMATS

FORMATS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "html": "HTML", "json": "JSON"}
FORMAT_HINTS = {
    "pdf": lazy_gettext("สำหรับพิมพ์และเผยแพร่"),
    "docx": lazy_gettext("แก้ไขต่อได้"),
    "xlsx": lazy_gettext("ตาราง"),
    "html": lazy_gettext("หน้าเว็บในไฟล์เดียว"),
    "json": lazy_gettext("ข้อมูลสำหรับโปรแกรมอื่น"),
}
KIND_HINTS = {
    Kind.PROGRESS: lazy_gettext("ตารางผลของรอบ พร้อมภาคผนวก"),
    Kind.PLAN: lazy_gettext("มาตรการ ขั้นตอน ผู้รับผิดชอบ ระยะเวลา"),
    Kind.ANALYSIS: lazy_gettext("คะแนน แผนภูมิ และบทวิเคราะห์ปีก่อน"),
    Kind.OUTCOME: lazy_gettext("ผลผลิตและผลลัพธ์ของแต่ละมาตรการ"),
    Kind.MEMO: lazy_gettext("หนังสือนำเสนอผู้บริหาร พร้อมความเห็น"),
    Kind.ANNEX: lazy_gettext("หลักฐานและภาพถ่ายอย่างเดียว"),
    Kind.SET: lazy_gettext("หลายส่วนใต้ปกเดียว เลือกส่วนได้"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants compiled.

    Attributes:
        parts: of a set; none for what the agency usually takes.
        styles: by kind of table; none for the agency's own.
    """

    kind: Kind
    round_no: RoundNo
    draft: bool
    formats: tuple[str, ...]
    parts: tuple[str, ...] = ()
    styles: Mapping[str, Any] = field(default_factory=dict)

    def is_of(self, run: ReportRun) -> bool:
        """Whether a compile is for the very same."""
        asked = (self.kind.value, self.round_no, self.draft, self.formats, self.parts, dict(self.styles))
        return asked == (run.kind, run.round_no, run.draft, run.formats, run.parts, dict(run.styles))


def wish_of_form() -> Wish:
    """What the form says.

    Raises:
        BadInput: its detail is the sentence for the person.
    """
    form = request.form
    try:
        kind, round_no = Kind(form.get("kind", Kind.PROGRESS.value)), RoundNo(form.get("round", 0, type=int))
    except ValueError:
        raise BadInput("a report needs its kind, fiscal year and round") from None
    given = form.getlist("formats") if "formats" in form or "chosen" in form else list(PROGRESS_FORMATS)
    formats = tuple(name for name in PROGRESS_FORMATS if name in given)
    if not formats:
        raise BadInput(_("กรุณาเลือกชนิดไฟล์อย่างน้อยหนึ่งอย่าง"), shown=True)
    parts = tuple(part for part in PARTS if part in form.getlist("parts")) if kind is Kind.SET else ()
    return Wish(
        kind=kind,
        round_no=round_no,
        draft=form.get("draft") == "yes",
        formats=formats,
        parts=parts,
        styles=_styles(kind, parts, form.get("style", "")),
    )


def _styles(kind: Kind, parts: tuple[str, ...], name: str) -> dict[str, Any]:
    """The style chosen for this once, for the table that it is made for."""
    if not name:
        return {}
    style = NAMED.get(name)
    if style is None or style.kind not in tables_of(kind, parts):
        raise BadInput(_("แบบตาราง %(name)s ใช้กับเอกสารนี้ไม่ได้ กรุณาเลือกแบบอื่น", name=name), shown=True)
    return {style.kind.value: name}
