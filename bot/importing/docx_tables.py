"""Reads the tables of a .docx document: merged cells, paragraphs, printed list numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.errors import BadInput
from bot.domain.text import clean
from bot.importing.archives import Archive, Element
from bot.importing.docx_numbering import Numbering
from bot.importing.raw import (
    ACROSS,
    EMPTY,
    MAX_COLUMNS,
    Allowance,
    Place,
    RawCell,
    RawRow,
    RawTable,
    Source,
    check_cell,
    check_row_number,
)

_SKIPPED = frozenset(
    {"del", "moveFrom", "drawing", "pict", "object", "Fallback", "instrText", "delText", "txbxContent"}
)
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Merged:
    """A cell that stretches down: its text and how many columns it takes."""

    text: str
    span: int


def read_docx(name: str, archive: Archive) -> list[RawTable]:
    """Each table of the document's body, in order; tables within cells are text of their cell."""
    root = archive.root("word/document.xml")
    numbering = Numbering(archive)
    tables: list[RawTable] = []
    allowed = Allowance()
    for element in _tables(root):
        table = RawTable(file=name, source=Source.DOCX, rows=(), part=f"ตารางที่ {len(tables) + 1} ในไฟล์")
        table = RawTable(
            file=name, source=Source.DOCX, rows=tuple(_rows(element, table, numbering, allowed)), part=table.part
        )
        tables.append(table)
    if not tables:
        raise BadInput(f"{name}: ไม่พบตารางในเอกสาร (no table in the document)")
    return tables


def local(element: Element) -> str:
    """An element's name without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _tables(element: Element) -> Iterator[Element]:
    """The outermost tables below an element."""
    for child in element:
        match local(child):
            case "tbl":
                yield child
            case name if name and name not in _SKIPPED:
                yield from _tables(child)


def _below(element: Element, name: str, *through: str) -> Iterator[Element]:
    """Children of that name, also inside content controls and tracked insertions."""
    for child in element:
        kind = local(child)
        if kind == name:
            yield child
        elif kind in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", *through):
            yield from _below(child, name, *through)


def _rows(element: Element, table: RawTable, numbering: Numbering, allowed: Allowance) -> Iterator[RawRow]:
    """The rows of a table with merged cells spread over the columns that they cover."""
    stretched: dict[int, _Merged] = {}
    for number, row in enumerate(_below(element, "tr"), start=1):
        check_row_number(number, table.place(row=number))
        properties = _property(row, "trPr")
        if properties is not None and _property(properties, "del") is not None:
            continue
        cells: list[RawCell] = [EMPTY] * min(_number(_property(properties, "gridBefore"), 0), MAX_COLUMNS)
        for cell in _below(row, "tc"):
            if len(cells) > MAX_COLUMNS:
                break
            cells += _spread(cell, len(cells), stretched, table.place(row=number), numbering)
        read = RawRow(number=number, cells=tuple(cells), joined=number > 1)
        allowed.take(read, table.place(row=number))
        yield read


def _spread(
    cell: Element, column: int, stretched: dict[int, _Merged], place: Place, numbering: Numbering
) -> list[RawCell]:
    """One cell as the columns that it covers."""
    properties = _property(cell, "tcPr")
    span = max(1, min(_number(_property(properties, "gridSpan"), 1), MAX_COLUMNS))
    merge = _property(properties, "vMerge")
    rest = [ACROSS] * (span - 1)
    if merge is not None and _value(merge) != "restart" and column in stretched:
        return [RawCell(text=stretched[column].text, above=True), *rest]
    text = check_cell(clean(_text(cell, numbering)), place)
    stretched.pop(column, None)
    if merge is not None:
        stretched[column] = _Merged(text=text, span=span)
    return [RawCell(text=text), *rest]


def _property(element: Element | None, name: str) -> Element | None:
    if element is None:
        return None
    return next((child for child in element if local(child) == name), None)


def _value(element: Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == "val"), "")


def _number(element: Element | None, otherwise: int) -> int:
    value = _value(element) if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 6 else otherwise


def _text(cell: Element, numbering: Numbering) -> str:
    """The paragraphs of a cell, a newline between them."""
    return "\n".join(_paragraphs(cell, numbering))


def _paragraphs(element: Element, numbering: Numbering) -> Iterator[str]:
    for child in element:
        match local(child):
            case "p":
                yield numbering.label(child) + "".join(_runs(child))
            case name if name and name not in _SKIPPED:
                yield from _paragraphs(child, numbering)


def _runs(element: Element) -> Iterator[str]:
    for child in element:
        name = local(child)
        if name == "t":
            yield child.text or ""
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        elif name not in _SKIPPED and name not in ("pPr", "rPr", ""):
            yield from _runs(child)
