"""Reads tables from text as people paste it: tabs between cells, leftovers of HTML and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.errors import BadInput
from bot.domain.text import clean
from bot.importing.cell_text import cell_text, is_bold
from bot.importing.raw import (
    MAX_COLUMNS,
    MAX_FILE_BYTES,
    Allowance,
    RawCell,
    RawRow,
    RawTable,
    Source,
    check_cell,
)

_LONGEST_QUOTED = 20_000
_MOST_QUOTED_LINES = 200
_THAI_IN_CP874 = re.compile(rb"[\xa1-\xfb]{2}")


def read_text(name: str, data: bytes) -> list[RawTable]:
    """The lines of a text as one stretch of rows; lines without tabs are prose."""
    text = decode(name, data)
    if not text.strip():
        raise BadInput(f"{name}: ไฟล์ว่าง ไม่มีข้อความ (empty file)")
    whole = RawTable(file=name, source=Source.TEXT, rows=())
    rows: list[RawRow] = []
    allowed = Allowance()
    last_line = 0
    for number, line in _logical_lines(text):
        if not line.strip("\t \xa0|"):
            if "\t" in line or "|" in line:
                last_line = number  # an empty row of the table is no blank line
            continue
        row = _row(number, line, joined=number <= last_line + 1, table=whole)
        rows.append(row)
        last_line = number + line.count("\n")
        allowed.take(row, whole.place(row=number))
    return [RawTable(file=name, source=Source.TEXT, rows=tuple(rows))]


def decode(name: str, data: bytes) -> str:
    """The text of UTF-8 bytes; anything else is refused with the place of the first wrong byte."""
    if len(data) > MAX_FILE_BYTES:
        raise BadInput(f"{name}: ไฟล์ใหญ่เกิน {MAX_FILE_BYTES // 1024 // 1024} MB (file too large)")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise BadInput(f"{name}: ข้อความเป็น UTF-16 โปรดบันทึกใหม่เป็น UTF-8 (not UTF-8: looks like UTF-16)")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        guess = " ดูเหมือนเป็น TIS-620/Windows-874" if len(_THAI_IN_CP874.findall(data)) > 2 else ""
        raise BadInput(
            f"{name} บรรทัด {line} ไบต์ที่ {column}: ข้อความไม่ใช่ UTF-8{guess} โปรดบันทึกใหม่เป็น UTF-8"
            f" (not UTF-8 at byte {error.start}{', looks like TIS-620/Windows-874' if guess else ''})"
        ) from None
    if "\x00" in text:
        raise BadInput(f"{name}: ไม่ใช่ข้อความ .docx หรือ .xlsx (not a text, .docx or .xlsx file)")
    return text


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their numbers; a quoted cell, as spreadsheets copy it, may span several."""
    lines = re.split("\r\n|\n|\r", text)
    at = 0
    while at < len(lines):
        line, used = lines[at], 1
        if _opens_quote(line):
            line, used = _whole_quoted(lines, at)
        yield at + 1, line
        at += used


def _opens_quote(line: str) -> bool:
    """Whether the line's last cell starts with a quotation mark that the line does not close."""
    cell = line.rpartition("\t")[2]
    return cell.startswith('"') and cell.count('"') % 2 == 1


def _whole_quoted(lines: list[str], at: int) -> tuple[str, int]:
    """The lines up to the one where the quoted cell ends; a mark that never ends is just a mark."""
    joined, length = [lines[at]], len(lines[at])
    for line in lines[at + 1 : at + _MOST_QUOTED_LINES]:
        joined.append(line)
        length += len(line)
        if length > _LONGEST_QUOTED:
            break
        first = line.partition("\t")[0]
        if first.count('"') % 2 == 1:
            if not first.endswith('"'):
                break
            if _opens_quote(line) and "\t" in line:
                continue
            return "\n".join(joined), len(joined)
    return lines[at], 1


def _row(number: int, line: str, *, joined: bool, table: RawTable) -> RawRow:
    """One line as a row of cells, or as prose."""
    pieces = _cells(line)
    if len(pieces) == 1:
        place = table.place(row=number)
        text = check_cell(cell_text(pieces[0].strip()), place)
        cell = RawCell(text=text, bold=is_bold(pieces[0]))
        return RawRow(number=number, cells=(cell,), prose=True, joined=joined and not line.startswith("#"))
    if len(pieces) > MAX_COLUMNS:
        raise BadInput(f"{table.place(row=number)}: มีเกิน {MAX_COLUMNS} คอลัมน์ (too many columns)")
    cells = tuple(
        RawCell(text=check_cell(cell_text(piece), table.place(row=number, column=column)), bold=is_bold(piece))
        for column, piece in enumerate(pieces, start=1)
    )
    return RawRow(number=number, cells=cells, joined=joined)


def _cells(line: str) -> list[str]:
    """The cells of a line: between tabs, or between the bars of a Markdown table."""
    if "\t" not in line:
        bare = line.strip()
        if len(bare) > 2 and bare.startswith("|") and bare.endswith("|"):
            return [cell.strip() for cell in bare[1:-1].split("|")]
        return [line]
    return [_unquoted(cell) for cell in line.split("\t")]


def _unquoted(cell: str) -> str:
    """A cell without the quotation marks that a spreadsheet put round its lines."""
    bare = clean(cell)
    if "\n" in bare and len(bare) > 1 and bare.startswith('"') and bare.endswith('"'):
        return bare[1:-1].replace('""', '"')
    return cell
