"""Reads the sheets of an .xlsx workbook: merged cells, hidden rows, dates and numbers as they look."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.calendar import BE_OFFSET, thai_date
from bot.domain.errors import BadInput
from bot.domain.text import clean
from bot.importing.archives import Archive, Element
from bot.importing.raw import (
    ACROSS,
    EMPTY,
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    Allowance,
    RawCell,
    RawRow,
    RawTable,
    Source,
    check_cell,
    check_row_number,
)

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_REL_IDS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_BELOW = RawCell(above=True, across=True)
_MERGES_TO_A_ROW = 20
_MOST_ROW_ELEMENTS = 1_048_576  # as many as a sheet has, empty ones too
_MOST_SHEETS = 250
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BUILT_IN_DATES = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59), *range(71, 82)})
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]|_.|\*.', re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What cells of all sheets share."""

    strings: tuple[str, ...]
    date_styles: frozenset[int]
    epoch: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    name: str
    part: str
    hidden: bool


def read_xlsx(name: str, archive: Archive) -> list[RawTable]:
    """Each sheet of the workbook as one stretch of rows."""
    workbook = archive.root("xl/workbook.xml")
    if _local(workbook) != "workbook":
        raise archive.broken("xl/workbook.xml")
    book = _Book(strings=_strings(archive), date_styles=_date_styles(archive), epoch=_epoch(workbook))
    allowed = Allowance()
    tables = [_table(name, archive, book, sheet, allowed) for sheet in _sheets(archive, workbook)]
    if not any(row for table in tables for row in table.rows):
        raise BadInput(f"{name}: ไฟล์ว่าง ไม่มีข้อความในแผ่นงานใด (empty workbook)")
    return tables


def _local(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _children(element: Element, *names: str) -> list[Element]:
    return [child for child in element if isinstance(child.tag, str) and _local(child) in names]


def _epoch(workbook: Element) -> date:
    for properties in _children(workbook, "workbookPr"):
        if properties.get("date1904") in ("1", "true"):
            return date(1904, 1, 1)
    return date(1899, 12, 30)


def _sheets(archive: Archive, workbook: Element) -> list[_Sheet]:
    """The workbook's sheets in their order."""
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in _children(archive.root("xl/_rels/workbook.xml.rels"), "Relationship")
        if "worksheet" in relation.get("Type", "")
    }
    sheets: list[_Sheet] = []
    for group in _children(workbook, "sheets"):
        for sheet in _children(group, "sheet"):
            target = next((targets[sheet.get(key)] for key in _REL_IDS if sheet.get(key) in targets), None)
            if target is None:
                continue  # a chart sheet
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            hidden = sheet.get("state", "visible") != "visible"
            sheets.append(_Sheet(name=sheet.get("name", "?"), part=part, hidden=hidden))
    if len({sheet.part for sheet in sheets}) < len(sheets) or len(sheets) > _MOST_SHEETS:
        raise archive.broken("xl/workbook.xml")
    return sheets


def _strings(archive: Archive) -> tuple[str, ...]:
    """The shared strings, rich text joined, phonetic hints left out."""
    part = "xl/sharedStrings.xml"
    if part not in archive:
        return ()
    strings: list[str] = []
    characters = 0
    for item in archive.elements(part, f"{_MAIN}si", f"{_STRICT}si"):
        strings.append(_rich_text(item))
        characters += len(strings[-1])
        if len(strings) > MAX_CELLS or characters > MAX_CHARACTERS:
            raise BadInput(f"{archive.name} ({part}): ข้อความทั้งไฟล์มากเกินไป (too much text)")
    return tuple(strings)


def _rich_text(item: Element) -> str:
    pieces: list[str] = []
    for child in _children(item, "t", "r"):
        pieces += [t.text or "" for t in ([child] if _local(child) == "t" else _children(child, "t"))]
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), "".join(pieces)).replace("\r\n", "\n").replace("\r", "\n")


def _date_styles(archive: Archive) -> frozenset[int]:
    """The numbers of the cell styles that show a number as a date."""
    if "xl/styles.xml" not in archive:
        return frozenset()
    styles = archive.root("xl/styles.xml")
    dates = set(_BUILT_IN_DATES)
    for group in _children(styles, "numFmts"):
        for each in _children(group, "numFmt"):
            code = _NOT_FORMAT.sub("", each.get("formatCode", ""))
            number = each.get("numFmtId", "")
            if number.isdecimal() and re.search("[dmybeวดป]", code.split(";")[0], re.IGNORECASE):
                dates.add(int(number))
    found: set[int] = set()
    for group in _children(styles, "cellXfs"):
        for index, style in enumerate(_children(group, "xf")):
            number = style.get("numFmtId", "0")
            if number.isdecimal() and int(number) in dates:
                found.add(index)
    return frozenset(found)


def _table(name: str, archive: Archive, book: _Book, sheet: _Sheet, allowed: Allowance) -> RawTable:
    """One sheet, its empty rows left out."""
    empty = RawTable(file=name, source=Source.XLSX, rows=(), part=f'แผ่นงาน "{sheet.name}"', hidden=sheet.hidden)
    cells: dict[int, dict[int, str]] = {}
    hidden: set[int] = set()
    merges: list[tuple[int, int, int, int]] = []
    tags = [f"{space}{tag}" for space in (_MAIN, _STRICT) for tag in ("row", "mergeCell")]
    last = seen = 0
    for element in archive.elements(sheet.part, *tags):
        if _local(element) == "mergeCell":
            merges += _merge(element.get("ref", ""))
            check_row_number(len(merges) // _MERGES_TO_A_ROW, empty.place())
            continue
        seen += 1
        check_row_number(seen * MAX_ROWS // _MOST_ROW_ELEMENTS, empty.place())
        last = _row_number(element.get("r"), last)
        row = _row(element, book, empty, last)
        if row:
            cells[last] = row
            check_row_number(len(cells), empty.place(row=last))
            if element.get("hidden") in ("1", "true"):
                hidden.add(last)
    rows: list[RawRow] = []
    for each in _with_merges(cells, hidden, merges):
        allowed.take(each, empty.place(row=each.number))
        rows.append(each)
    return RawTable(file=name, source=Source.XLSX, rows=tuple(rows), part=empty.part, hidden=sheet.hidden)


def _row_number(said: str | None, last: int) -> int:
    """The row's number; one that is none, or that a row above has had, is the next."""
    number = int(said) if said and said.isdecimal() and len(said) <= 7 else 0
    return number if number > last else last + 1


def _row(element: Element, book: _Book, table: RawTable, number: int) -> dict[int, str]:
    """The filled cells of a row by column."""
    row: dict[int, str] = {}
    column = 0
    for cell in _children(element, "c"):
        reference = _REFERENCE.fullmatch(cell.get("r", ""))
        column = _column(reference[1]) if reference else column + 1
        if column > MAX_COLUMNS:
            break
        text = clean(check_cell(_value(cell, book), table.place(row=number, column=column)))
        if text:
            row[column] = text
    return row


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _value(cell: Element, book: _Book) -> str:
    """What a cell says, as a person sees it."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_rich_text(inline) for inline in _children(cell, "is"))
    value = next((child.text or "" for child in _children(cell, "v")), "")
    if kind == "s":
        return book.strings[int(value)] if value.isdecimal() and int(value) < len(book.strings) else ""
    if kind == "d":
        return _iso_date(value)
    if kind == "n" and value:
        return _number(
            value, int(style) in book.date_styles if (style := cell.get("s", "0")).isdecimal() else False, book
        )
    return value


def _iso_date(value: str) -> str:
    try:
        return _shown(date.fromisoformat(value[:10]))
    except ValueError:
        return value


def _shown(day: date) -> str:
    """A date cell in words; a year typed in the Buddhist era stays that year."""
    if day.year < 2400:
        return thai_date(day)
    try:
        return thai_date(day.replace(year=day.year - BE_OFFSET))
    except ValueError:
        return thai_date(day.replace(year=day.year - BE_OFFSET, day=28))


def _number(value: str, is_date: bool, book: _Book) -> str:
    """A number as typed: whole ones without a decimal point, dates as dates."""
    try:
        number = float(value)
        if is_date and 1 <= number < 3_000_000:
            return _shown(book.epoch + timedelta(days=int(number)))
        return str(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)
    except (ValueError, OverflowError):
        return value


def _merge(reference: str) -> list[tuple[int, int, int, int]]:
    """First row, first column, last row, last column of a merged range."""
    corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    if len(corners) != 2 or corners[0] is None or corners[1] is None:
        return []
    (first, last) = corners[0], corners[1]
    return [(int(first[2]), _column(first[1]), int(last[2]), min(_column(last[1]), MAX_COLUMNS))]


def _with_merges(
    cells: Mapping[int, Mapping[int, str]], hidden: set[int], merges: list[tuple[int, int, int, int]]
) -> Iterator[RawRow]:
    """The filled rows, with what merged cells stretch over."""
    starts = {(top, left): (bottom, right) for top, left, bottom, right in merges}
    above: dict[int, tuple[int, str, int]] = {}  # column -> last row, text, first column of what stretches down
    for number in sorted(cells):
        row: dict[int, RawCell] = {column: RawCell(text=text) for column, text in cells[number].items()}
        above = {column: kept for column, kept in above.items() if kept[0] >= number}
        for column, (_, text, first) in above.items():
            row[column] = RawCell(text=text, above=True) if column == first else _BELOW
        for column, text in cells[number].items():
            if (number, column) not in starts:
                continue
            bottom, right = starts[number, column]
            for each in range(column, right + 1):
                above[each] = (bottom, text, column)
                if each > column:
                    row[each] = ACROSS
        width = max(row)
        full = tuple(row.get(column, EMPTY) for column in range(1, width + 1))
        near = number - 1 in cells
        yield RawRow(number=number, cells=full, joined=near, after_gap=not near, hidden=number in hidden)
