"""Tables as they stand in a file, before anybody asks what they mean; and how large they may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import BadInput

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_ARCHIVE_ENTRIES = 10_000
MAX_ROWS = 20_000
MAX_COLUMNS = 500
MAX_CELL_CHARACTERS = 100_000
MAX_CELLS = 1_000_000
MAX_CHARACTERS = 30_000_000

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


class Source(StrEnum):
    """The kind of file that a table came from."""

    TEXT = "text"
    XLSX = "xlsx"
    DOCX = "docx"
    CSV = "csv"
    JSON = "json"
    PDF = "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a file something stands; rows and columns count from 1, `part` names the sheet or table."""

    file: str
    part: str | None = None
    row: int | None = None
    column: int | None = None
    by_line: bool = False

    def __str__(self) -> str:
        """The place in Thai, as lists and messages show it."""
        words = [self.file]
        if self.part:
            words.append(self.part)
        if self.row is not None:
            words.append(f"{'บรรทัด' if self.by_line else 'แถว'} {self.row}")
        if self.column is not None:
            words.append(f"คอลัมน์ {self.column}")
        return " ".join(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCell:
    """One cell: `text` by the rule of the contract; a merged cell's text is repeated where `above` is set.

    Attributes:
        above: the cell belongs to a merged cell that began in a row above.
        across: the cell belongs to a merged cell that began to its left; its text is empty.
        bold: all of the cell is marked bold in pasted text.
    """

    text: str = ""
    above: bool = False
    across: bool = False
    bold: bool = False

    @property
    def own(self) -> str:
        """The text that stands in this very cell."""
        return "" if self.above or self.across else self.text


EMPTY = RawCell()
ACROSS = RawCell(across=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRow:
    """One row, or one line of running text between rows.

    Attributes:
        number: its row or line in the file, from 1.
        prose: a line without cells.
        joined: it follows the line before it with no blank line between.
        after_gap: empty rows of a sheet stand before it, so that it is not the rest of a row.
        hidden: the sheet does not show it.
    """

    number: int
    cells: tuple[RawCell, ...]
    prose: bool = False
    joined: bool = False
    after_gap: bool = False
    hidden: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the row's own cells."""
        return tuple(cell.own for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """A stretch of rows: the lines of a text, a sheet of a workbook, a table of a document."""

    file: str
    source: Source
    rows: tuple[RawRow, ...]
    part: str | None = None
    hidden: bool = False

    def place(self, row: int | None = None, column: int | None = None) -> Place:
        """The place of a row or cell of this table."""
        return Place(
            file=self.file, part=self.part, row=row, column=column, by_line=self.source in (Source.TEXT, Source.CSV)
        )


def check_cell(text: str, place: Place) -> str:
    """The cell's text, refused when it is longer than any table's or holds what no text can hold."""
    if len(text) > MAX_CELL_CHARACTERS:
        message = f"{place}: เซลล์นี้ยาวเกิน {MAX_CELL_CHARACTERS:,} ตัวอักษร (cell too long)"
        raise BadInput(message)
    if _NO_TEXT.search(text):
        raise BadInput(f"{place}: มีรหัสที่ไม่ใช่ตัวอักษร โปรดพิมพ์ข้อความนี้ใหม่ (NUL or half a character)")
    return text


def check_row_number(count: int, place: Place) -> None:
    """Refuses a table with more rows than any plan has."""
    if count > MAX_ROWS:
        message = f"{place}: ตารางมีเกิน {MAX_ROWS:,} แถว (too many rows)"
        raise BadInput(message)


class Allowance:
    """How much a whole file may hold: a small file can say the same long text a million times."""

    def __init__(self) -> None:
        self._rows = self._cells = self._characters = 0

    def take(self, row: RawRow, place: Place) -> None:
        """Counts one more row of the file; refuses the one that is too much."""
        self._rows += 1
        check_row_number(self._rows, place)
        for cell in row.cells:
            if cell.text:
                self._cells += 1
                self._characters += len(cell.text)
        if self._cells > MAX_CELLS:
            raise BadInput(f"{place}: ไฟล์มีข้อความเกิน {MAX_CELLS:,} เซลล์ (too many cells)")
        if self._characters > MAX_CHARACTERS:
            raise BadInput(f"{place}: ข้อความทั้งไฟล์ยาวเกิน {MAX_CHARACTERS:,} ตัวอักษร (too much text)")
