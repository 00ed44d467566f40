"""Tables that people take along: CSV and Excel files from plain rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from werkzeug.wrappers import Response

from handlers.files import content_disposition

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(name: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Response:
    """With a byte order mark, without which Excel does not see Thai; no cell can act as a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([[_harmless(cell) for cell in row] for row in rows])
    return _file(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", f"{name}.csv", ".csv")


def as_xlsx(name: str, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Response:
    """One sheet with a head that stays and repeats in print."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = name[:31]
    sheet.freeze_panes, sheet.print_title_rows = "A2", "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    for number, row in enumerate([head, *rows], 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value, cell.data_type = text, "s"  # text, whatever it begins with
            cell.font = Font(name="TH Sarabun New", size=16, bold=number == 1)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    kept = io.BytesIO()
    book.save(kept)
    return _file(kept.getvalue(), XLSX, f"{name}.xlsx", ".xlsx")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _file(content: bytes, kind: str, name: str, suffix: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition("attachment", name, suffix)
    return response
