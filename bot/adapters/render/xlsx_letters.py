"""The pages of running text as sheets: the memo as labels and values with a table of opinions, and the preface."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.styles import Alignment, Border, PatternFill, Side
from openpyxl.utils import get_column_letter

from bot.adapters.render.rows import lines_needed
from bot.adapters.render.xlsx_pen import CENTRE, Pen, height
from bot.reporting.letters import MEMO_TITLE, PREFACE_TITLE, Memo, Preface, SignBlock

OPINION_HEADS = ("ขั้น", "ความเห็น", "ลงชื่อ", "ตำแหน่ง", "วันที่")
_WIDTHS = (32, 50, 28, 42, 20)
_WHOLE = sum(_WIDTHS)
_FILL = 0.74
_LINE = Side(style="thin", color="8A94A3")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD_FILL = PatternFill("solid", fgColor="E4EAF2")
_TALLEST = 409.0


def memo_sheet(sheet: Any, memo: Memo, pen: Pen) -> None:
    """Title, head, paragraphs, and a row for each step of the chain; what is empty is to be filled by hand."""
    for number, width in enumerate(_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    row = _line(sheet, 1, MEMO_TITLE, pen, size=29, look=CENTRE)
    for label, value in memo.head():
        pen.write(sheet.cell(row, 1), label, bold=True, size=16)
        _merge(sheet, row, 2)
        pen.write(sheet.cell(row, 2), value, size=16)
        sheet.row_dimensions[row].height = height(lines_needed(value, (_WHOLE - _WIDTHS[0]) * _FILL))
        row += 1
    for text in (*memo.paragraphs, memo.closing):
        row = _line(sheet, row, text, pen)
    row = _opinions(sheet, row + 1, memo.blocks, pen)
    if memo.note:
        _line(sheet, row + 1, memo.note, pen, size=13)
    _upright(sheet)


def preface_sheet(sheet: Any, preface: Preface, pen: Pen) -> None:
    """Title, paragraphs and the signer, a row each."""
    sheet.column_dimensions["A"].width = 100
    for row, text in enumerate((PREFACE_TITLE, *preface.paragraphs, preface.signer, preface.dated), start=1):
        title = row == 1
        pen.write(sheet.cell(row, 1), text, size=20 if title else 16, bold=title, **({"look": CENTRE} if title else {}))
        sheet.row_dimensions[row].height = min(_TALLEST, height(lines_needed(text, 100 * _FILL)))
    _upright(sheet)


def _opinions(sheet: Any, row: int, blocks: Sequence[SignBlock], pen: Pen) -> int:
    for number, title in enumerate(OPINION_HEADS, start=1):
        cell = sheet.cell(row, number)
        pen.write(cell, title, look=CENTRE, bold=True)
        cell.fill, cell.border = _HEAD_FILL, _BORDER
    for block in blocks:
        row += 1
        texts = (block.label, block.opinion, block.name, "\n".join(block.positions), block.dated)
        for number, text in enumerate(texts, start=1):
            cell = sheet.cell(row, number)
            pen.write(cell, text)
            cell.border = _BORDER
        needed = max(lines_needed(text, width * _FILL) for text, width in zip(texts, _WIDTHS, strict=True))
        sheet.row_dimensions[row].height = min(_TALLEST, max(height(2), height(needed)))
    return row + 1


def _line(sheet: Any, row: int, text: str, pen: Pen, *, size: float = 16, look: Alignment | None = None) -> int:
    """A line over the whole width; gives the number of the next row."""
    _merge(sheet, row, 1)
    pen.write(sheet.cell(row, 1), text, size=size, bold=look is CENTRE, **({"look": look} if look else {}))
    sheet.row_dimensions[row].height = min(_TALLEST, height(lines_needed(text, _WHOLE * _FILL)) * max(1.0, size / 16))
    return row + 1


def _merge(sheet: Any, row: int, first: int) -> None:
    sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=len(_WIDTHS))


def _upright(sheet: Any) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "portrait", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
