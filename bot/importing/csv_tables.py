"""Reads a table from CSV, in UTF-8 or in Windows-874 (TIS-620) as older offices save it."""

from __future__ import annotations

import csv
import io
import re

from bot.domain.errors import BadInput
from bot.importing.cell_text import cell_text
from bot.importing.raw import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    Allowance,
    RawCell,
    RawRow,
    RawTable,
    Source,
    check_cell,
)
from bot.importing.text_tables import decode

_DELIMITERS = ",;\t|"
_SAMPLE = 20_000
_THAI = re.compile("[ก-๛]")
_QUOTED = re.compile('"[^"]*"')


def is_csv(name: str) -> bool:
    """Whether a file's name says that it is CSV."""
    return name.lower().endswith((".csv", ".tsv"))


def read_csv(name: str, data: bytes) -> list[RawTable]:
    """The file's rows as one table.

    Raises:
        BadInput: the bytes are neither UTF-8 nor Windows-874, or the file cannot be CSV.
    """
    text = decode_csv(name, data)
    if not text.strip():
        raise BadInput(f"{name}: ไฟล์ว่าง ไม่มีข้อความ (empty file)")
    whole = RawTable(file=name, source=Source.CSV, rows=())
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    rows: list[RawRow] = []
    allowed = Allowance()
    before = 0
    try:
        for texts in lines:
            number, before = before + 1, lines.line_num
            if any(each.strip() for each in texts):
                rows.append(_row(number, texts, whole))
                allowed.take(rows[-1], whole.place(row=number))
    except csv.Error as problem:
        place = whole.place(row=lines.line_num)
        raise BadInput(f"{place}: อ่านเป็น CSV ไม่ได้ ({problem})") from None
    return [RawTable(file=name, source=Source.CSV, rows=tuple(rows))]


def decode_csv(name: str, data: bytes) -> str:
    """The text of UTF-8 or Windows-874 bytes; anything else is refused as a text would be."""
    try:
        return decode(name, data)
    except BadInput:
        if b"\x00" in data:
            raise
        try:
            text = data.decode("cp874")
        except UnicodeDecodeError:
            text = ""
        if len(_THAI.findall(text)) < 3:
            raise
        return text


def delimiter_of(text: str) -> str:
    """The sign between the cells: the one that parts most lines alike."""
    lines = [_QUOTED.sub("", line) for line in text[:_SAMPLE].splitlines()[:30] if line.strip()]
    counts = {sign: [line.count(sign) for line in lines] for sign in _DELIMITERS}
    return max(_DELIMITERS, key=lambda sign: max(map(counts[sign].count, set(counts[sign]) - {0}), default=0))


def _row(number: int, texts: list[str], table: RawTable) -> RawRow:
    if len(texts) > MAX_COLUMNS:
        raise BadInput(f"{table.place(row=number)}: มีเกิน {MAX_COLUMNS} คอลัมน์ (too many columns)")
    cells = tuple(
        RawCell(text=check_cell(cell_text(text), table.place(row=number, column=column)))
        for column, text in enumerate(texts, start=1)
    )
    return RawRow(number=number, cells=cells)
