"""Writes the cells of a workbook: always text, in the official face, and never longer than a cell can hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from openpyxl.styles import Alignment, Font

from bot.reporting.model import Finding, Severity, of_measure

FONT = "TH Sarabun New"
MAX_CELL = 32_767
CUT_MARK = "… (ข้อความยาวเกินช่องของ Excel อ่านต่อในไฟล์ PDF)"
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
TEXT = Alignment(horizontal="left", vertical="top", wrap_text=True)


@dataclass(slots=True)
class Pen:
    """Writes cells as text, never as formulas, and remembers what did not fit."""

    findings: list[Finding] = field(default_factory=list)

    def write(
        self,
        cell: Any,
        text: str,
        *,
        look: Alignment = TEXT,
        bold: bool = False,
        size: float = 14,
        no: int | None = None,
    ) -> None:
        """Writes one text; what starts like a formula stays text, also when somebody edits it."""
        if len(text.encode("utf-16-le")) // 2 > MAX_CELL:
            self.findings.append(_too_long(no))
            text = _cut(text)
        cell.value = text
        cell.data_type = "s"
        cell.font = Font(name=FONT, size=size, bold=bold)
        cell.alignment = look
        cell.quotePrefix = text[:1] in tuple("=+-@") and bool(text)


def _cut(text: str) -> str:
    room = (MAX_CELL - len(CUT_MARK)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT_MARK


def height(lines: int) -> float:
    """A row's height in points; programs do not find it by themselves when they convert a file."""
    return 10 + 21.5 * lines


def _too_long(measure_no: int | None) -> Finding:
    return Finding(
        code="text_too_long",
        severity=Severity.WARNING,
        message=of_measure(measure_no, "ข้อความยาวเกินช่องของ Excel จึงตัดท้ายในไฟล์ Excel ไฟล์อื่นครบถ้วน"),
        measure_no=measure_no,
    )
