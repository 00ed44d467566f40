"""Excel (XLSX) by openpyxl: the table, the evidence annex, and a sheet for each kind of further answer."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image as SheetImage
from openpyxl.styles import Alignment, Border, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from bot.adapters.render.pictures import thumbnail
from bot.adapters.render.rows import lines_needed
from bot.adapters.render.xlsx_letters import memo_sheet, preface_sheet
from bot.adapters.render.xlsx_pen import CENTRE, Pen, height
from bot.adapters.render.zips import stable
from bot.domain.calendar import BANGKOK
from bot.reporting.letters import MEMO_TITLE, PREFACE_TITLE
from bot.reporting.model import Chart, MeasureRow, NoteSection, Report, SectionRow, Table
from bot.reporting.rendering import Picture, Rendered

COVER_SHEET, ANNEX_SHEET = "ปก", "ภาคผนวกหลักฐาน"
ANNEX_HEADS = ("มาตรการ", "ลำดับ", "ประเภท", "คำบรรยาย", "ชื่อไฟล์/ที่อยู่", "ภาพ")
_LINE = Side(style="thin", color="8A94A3")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD_FILL = PatternFill("solid", fgColor="E4EAF2")
_SECTION_FILL = PatternFill("solid", fgColor="F3F5F8")
_THUMBNAIL = 180
_PAPER_CODES = {(21.0, 29.7): 9, (29.7, 42.0): 8, (21.59, 33.02): 14}
"""The numbers by which workbooks name A4, A3 and the long sheet."""
_CHARACTERS_WIDE = 150
_CHARACTERS_UPRIGHT = 95
_FILL = 0.74
"""Thai letters at 14 points in one character of a column's width, with room for line breaks between words."""
_TALLEST = 409.0
"""The height in points that Excel allows a row."""


class XlsxFile:
    """Writes the workbook."""

    def render(self, report: Report, pictures: Mapping[str, Picture]) -> Rendered:
        """The workbook, with a finding for every text that is longer than a cell can hold."""
        book = Workbook()
        pen = Pen()
        book.remove(book.active)
        if report.preface:
            preface_sheet(book.create_sheet(PREFACE_TITLE), report.preface, pen)
        if report.memo:
            memo_sheet(book.create_sheet(MEMO_TITLE), report.memo, pen)
        for number, table in enumerate(report.tables):
            _table_sheet(book.create_sheet(table.sheet), report, table, pen, with_cover=number == 0)
        if not report.tables and report.has_cover:
            _cover_sheet(book.create_sheet(COVER_SHEET), report, pen)
        if report.annex_title:
            _annex_sheet(book.create_sheet(ANNEX_SHEET), report, pictures, pen)
        for section in report.notes:
            _note_sheet(book.create_sheet(section.title[:31].replace("/", " ")), report, section, pen)
        book.properties.title, book.properties.creator = report.title, report.agency
        book.properties.language = "th-TH"
        book.properties.created = report.compiled_at.astimezone(BANGKOK).replace(tzinfo=None)
        out = io.BytesIO()
        book.save(out)
        return Rendered(data=stable(out.getvalue(), report.compiled_at), findings=tuple(pen.findings))


def _table_sheet(sheet: Any, report: Report, table: Table, pen: Pen, *, with_cover: bool) -> None:
    columns = len(table.columns)
    lines = [*(report.cover.lines() if with_cover else table.title.split("\n")), *filter(None, [table.lead])]
    top = _cover_lines(sheet, lines, columns, pen)
    widths = _widths(table)
    last = _table_heads(sheet, top, table, widths, pen)
    pages = table.pages()
    number = last
    for page in pages:
        for row in page:
            if isinstance(row, SectionRow) and page is not pages[0] and row in pages[pages.index(page) - 1]:
                continue
            number += 1
            match row:
                case SectionRow():
                    _section_row(sheet, number, row.title, columns, pen)
                case MeasureRow():
                    _text_row(sheet, number, row.cells, pen, row.no, size=table.font_pt)
        if page is not pages[-1]:
            sheet.row_breaks.append(Break(id=number))
    _for_print(sheet, report, top, last, table)
    if table.footer:
        sheet.merge_cells(start_row=number + 1, start_column=1, end_row=number + 1, end_column=columns)
        pen.write(sheet.cell(number + 1, 1), table.footer, size=table.font_pt)
        sheet.row_dimensions[number + 1].height = height(lines_needed(table.footer, _CHARACTERS_WIDE))
    if table.chart:
        _draw_chart(sheet, table.chart, number + 3)


def _draw_chart(sheet: Any, chart: Chart, row: int) -> None:
    """A chart of the workbook's own, over the values that stand beside it."""
    data = Reference(sheet, min_col=2, min_row=row, max_row=row + len(chart.points))
    sheet.cell(row, 1).value, sheet.cell(row, 2).value = "ปี", chart.title
    for place, (label, value) in enumerate(chart.points, start=row + 1):
        sheet.cell(place, 1).value, sheet.cell(place, 2).value = label, value
        sheet.cell(place, 2).number_format = "0.00"
    bars = BarChart()
    bars.title, bars.legend, bars.style = chart.title, None, 10
    bars.y_axis.scaling.min, bars.y_axis.scaling.max = 0, 100
    bars.x_axis.delete = bars.y_axis.delete = False
    bars.add_data(data, titles_from_data=True)
    bars.set_categories(Reference(sheet, min_col=1, min_row=row + 1, max_row=row + len(chart.points)))
    bars.width, bars.height = 18, 9
    sheet.add_chart(bars, f"A{row + len(chart.points) + 2}")


def _cover_sheet(sheet: Any, report: Report, pen: Pen) -> None:
    _cover_lines(sheet, report.cover.lines(), 1, pen)
    sheet.column_dimensions["A"].width = 100


def _table_heads(sheet: Any, top: int, table: Table, widths: Sequence[float], pen: Pen) -> int:
    """Writes the headings, two rows where columns share one; gives the number of the last row."""
    rows = table.head_rows()
    _heads(sheet, top, ["" for _ in table.columns], widths, pen)
    if len(rows) > 1:
        _heads(sheet, top + 1, ["" for _ in table.columns], widths, pen)
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows, start=top):
        column = 1
        for head in row:
            while (number, column) in taken:
                column += 1
            end_row, end_column = number + head.down - 1, column + head.across - 1
            taken |= {(r, c) for r in range(number, end_row + 1) for c in range(column, end_column + 1)}
            pen.write(sheet.cell(number, column), head.text, look=CENTRE, bold=True, size=table.font_pt)
            if (end_row, end_column) != (number, column):
                sheet.merge_cells(start_row=number, start_column=column, end_row=end_row, end_column=end_column)
    return top + len(rows) - 1


def _widths(table: Table) -> list[float]:
    """Column widths in characters, wider when the longest row would be taller than Excel allows."""
    total = sum(column.width for column in table.columns)
    shares = [column.width / total for column in table.columns]
    for whole in (_CHARACTERS_WIDE if table.landscape else _CHARACTERS_UPRIGHT, 190, 240):
        widths = [share * whole for share in shares]
        cells = [zip(row.cells, widths, strict=True) for row in table.rows if isinstance(row, MeasureRow)]
        if all(height(lines_needed(text, width * _FILL)) <= _TALLEST for row in cells for text, width in row):
            break
    return widths


def _cover_lines(sheet: Any, lines: Sequence[str], columns: int, pen: Pen) -> int:
    """Writes the lines above the table; gives the number of the row for the headings."""
    for number, line in enumerate(lines, start=1):
        if columns > 1:
            sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=columns)
        pen.write(sheet.cell(number, 1), line, look=CENTRE, bold=number <= 5, size=18 if number <= 3 else 16)
        sheet.row_dimensions[number].height = 26 if number <= 3 else 22
    return len(lines) + 2


def _heads(sheet: Any, row: int, titles: Sequence[str], widths: Sequence[float], pen: Pen) -> None:
    for number, (title, width) in enumerate(zip(titles, widths, strict=True), start=1):
        cell = sheet.cell(row, number)
        pen.write(cell, title, look=CENTRE, bold=True)
        cell.fill, cell.border = _HEAD_FILL, _BORDER
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.row_dimensions[row].height = height(2)


def _section_row(sheet: Any, row: int, title: str, columns: int, pen: Pen) -> None:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    pen.write(sheet.cell(row, 1), title, bold=True)
    for number in range(1, columns + 1):
        sheet.cell(row, number).fill, sheet.cell(row, number).border = _SECTION_FILL, _BORDER
    sheet.row_dimensions[row].height = height(lines_needed(title, _CHARACTERS_WIDE))


def _text_row(sheet: Any, row: int, texts: Sequence[str], pen: Pen, measure_no: int, *, size: float = 14) -> None:
    lines = 1
    for number, text in enumerate(texts, start=1):
        cell = sheet.cell(row, number)
        pen.write(cell, text, no=measure_no, size=size)
        cell.border = _BORDER
        lines = max(lines, lines_needed(text, sheet.column_dimensions[get_column_letter(number)].width * _FILL))
    sheet.row_dimensions[row].height = min(_TALLEST, height(lines))


def _annex_sheet(sheet: Any, report: Report, pictures: Mapping[str, Picture], pen: Pen) -> None:
    pen.write(sheet.cell(1, 1), report.annex_title, bold=True, size=18, look=Alignment(horizontal="left"))
    _heads(sheet, 3, ANNEX_HEADS, (42, 8, 10, 44, 48, 26), pen)
    row = 4
    for group in report.annex:
        for item in group.items:
            source = "\n".join(part for part in (item.source, item.note) if part)
            texts = (group.measure, item.label, item.kind_word, item.caption, source, "")
            _text_row(sheet, row, texts, pen, group.measure_no)
            picture = pictures.get(item.image_key or "")
            if picture is not None:
                small = thumbnail(picture, _THUMBNAIL)
                sheet.add_image(SheetImage(io.BytesIO(small.data)), f"F{row}")
                sheet.row_dimensions[row].height = max(sheet.row_dimensions[row].height, small.height * 0.75 + 6)
            row += 1
    _for_print(sheet, report, 3)


def _note_sheet(sheet: Any, report: Report, section: NoteSection, pen: Pen) -> None:
    pen.write(sheet.cell(1, 1), section.title, bold=True, size=18, look=Alignment(horizontal="left"))
    _heads(sheet, 3, ("มาตรการ", section.title), (50, 100), pen)
    for number, row in enumerate(section.rows, start=4):
        _text_row(sheet, number, (row.measure, row.text), pen, row.measure_no)
    _for_print(sheet, report, 3)


def _for_print(
    sheet: Any, report: Report, head_row: int, last_head_row: int | None = None, table: Table | None = None
) -> None:
    """Freezes and repeats the headings and fits the columns on the sheet of paper; tables can be filtered."""
    last = last_head_row or head_row
    sheet.freeze_panes = sheet.cell(last + 1, 1)
    upright = table is not None and not table.landscape
    sheet.page_setup.orientation = "portrait" if upright else "landscape"
    sheet.page_setup.paperSize = _PAPER_CODES.get(table.paper, 9) if table else 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{head_row}:{last}"
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.oddFooter.left.text = report.running.replace("&", "&&")[:200]
    sheet.oddFooter.right.text = "หน้า &P / &N"
    if sheet.max_row > last:
        sheet.auto_filter.ref = f"A{last}:{get_column_letter(sheet.max_column)}{sheet.max_row}"
