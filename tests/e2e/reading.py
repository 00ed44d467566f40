"""Reads the compiled files of a round back, measure by measure, from every format."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.needs import missing_programs
from tests.render.reading_back import by_pdfium, by_poppler, docx_table, folded, xlsx_rows

CELLS = ("title", "steps", "responsible", "period_text", "summary", "outcome")


@dataclass(frozen=True)
class Compiled:
    """A round's files."""

    pdf: bytes
    docx: bytes
    xlsx: bytes
    json: dict[str, Any]

    @classmethod
    def of(cls, paths: list[str]) -> Compiled:
        by_ending = {Path(path).suffix: Path(path).read_bytes() for path in paths}
        return cls(by_ending[".pdf"], by_ending[".docx"], by_ending[".xlsx"], json.loads(by_ending[".json"]))

    def json_rows(self, round_no: int = 12) -> list[list[str]]:
        """The six columns of every measure by the JSON."""
        rows = []
        for measure in self.json["measures"]:
            flat = measure | (measure["rounds"][str(round_no)] or {})
            rows.append([flat.get(name) or "" for name in CELLS])
        return rows

    def docx_rows(self) -> list[list[str]]:
        """Rows of the Word table that have a measure."""
        return _measures(docx_table(self.docx))

    def xlsx_rows(self) -> list[list[str]]:
        """Rows of the first sheet that have a measure."""
        return _measures([row[:6] for row in xlsx_rows(self.xlsx)])

    def pdf_texts(self) -> dict[str, str]:
        """The PDF's folded text by every reader on this machine."""
        readers = {"pdfium": by_pdfium} | ({} if missing_programs("poppler") else {"poppler": by_poppler})
        return {name: folded(read(self.pdf)) for name, read in readers.items()}


def _measures(rows: list[list[str]]) -> list[list[str]]:
    """What follows the header, without group rows."""
    header = next(at for at, row in enumerate(rows) if folded("ขั้นตอน") in folded("".join(row)))
    return [row for row in rows[header + 1 :] if len(row) == 6 and len(set(row)) > 2 and row[4].strip()]


def pieces_of(cell: str, text: str, smallest: int = 6) -> int | None:
    """In how many pieces a folded cell stands in a folded text; pages part cells, so it may be several.

    None when some of it is not there.
    """
    rest, count = folded(cell), 0
    while rest:
        size = _longest_start(rest, text)
        if size < min(smallest, len(rest)):
            return None
        rest, count = rest[size:], count + 1
    return count


def _longest_start(rest: str, text: str) -> int:
    low, high = 0, len(rest)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if rest[:middle] in text else (low, middle - 1)
    return low


def paragraphs(cell: str) -> list[str]:
    """The paragraphs of a cell as people paste it: <p>…</p> or plain."""
    found = re.findall(r"<p>(.*?)</p>", cell, flags=re.S)
    return [each.strip() for each in found] or [cell.strip()]
