"""Where in a Word file something stands, in words by which people find it."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn

from bot.domain.text import thai_digits

_LONGEST = 80


class Places:
    """Numbers the tables and paragraphs of a part, as a person would count them."""

    def __init__(self, root: Any, part: str) -> None:
        self._part = part
        self._tables = {table: number for number, table in enumerate(root.iter(qn("w:tbl")), start=1)}
        outside = (p for p in root.iter(qn("w:p")) if not _inside(p, "w:tc") and not _inside(p, "w:txbxContent"))
        self._paragraphs = {paragraph: number for number, paragraph in enumerate(outside, start=1)}

    def of(self, paragraph: Any) -> str:
        """The paragraph's place: the table, row and cell that it stands in, or its number outside tables."""
        cell = next(paragraph.iterancestors(qn("w:tc")), None)
        if cell is None:
            number = self._paragraphs.get(paragraph)
            return thai_digits(f"{self._part} ย่อหน้าที่ {number}" if number else f"{self._part} กล่องข้อความ")
        row = cell.getparent()
        table = next(row.iterancestors(qn("w:tbl")))
        where = f"ตารางที่ {self._tables[table]} แถวที่ {_number(row, 'w:tr')} ช่องที่ {_number(cell, 'w:tc')}"
        return thai_digits(f"{self._part} {where}")


def shortened(words: str) -> str:
    """The words on one line, not longer than a line."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _inside(element: Any, tag: str) -> bool:
    return next(element.iterancestors(qn(tag)), None) is not None


def _number(element: Any, tag: str) -> int:
    return 1 + sum(1 for _ in element.itersiblings(qn(tag), preceding=True))
