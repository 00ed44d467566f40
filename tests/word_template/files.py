"""Word files with only the telling paragraphs and tables spelled out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from docx import Document


def word(*paragraphs: str, table: Sequence[Sequence[str]] = (), header: str = "") -> bytes:
    """A document with these paragraphs, then a table of these rows."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if table:
        made = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            for cell, text in zip(made.add_row().cells, row, strict=True):
                cell.text = text
    if header:
        document.sections[0].header.paragraphs[0].text = header
    return saved(document)


def runs(*pieces: str) -> bytes:
    """A document whose one paragraph Word has cut to these runs."""
    document = Document()
    paragraph = document.add_paragraph()
    for piece in pieces:
        paragraph.add_run(piece)
    return saved(document)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def changed(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The archive after its parts were tampered with."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def texts(data: bytes) -> list[str]:
    """The texts of all paragraphs outside tables that are not empty."""
    return [p.text for p in Document(io.BytesIO(data)).paragraphs if p.text]


def rows(data: bytes, number: int = 0) -> list[list[str]]:
    """A table's cells."""
    table = Document(io.BytesIO(data)).tables[number]
    return [[cell.text for cell in row.cells] for row in table.rows]
