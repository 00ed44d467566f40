"""Reads compiled files back, so that tests compare what people will see."""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook

from bot.domain.text import arabic_digits
from tests.needs import needs

_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\x0c]")
PdfReader = Callable[[bytes], str]


def folded(text: str) -> str:
    """Digits and white space folded away; pdfium marks a hyphen at a line's end with U+0002 or U+FFFE."""
    text = re.sub("[\x02\ufffe]", "-", _INVISIBLE.sub("", text))
    return re.sub(r"\s+", "", arabic_digits(unicodedata.normalize("NFC", text)))


def by_pdfium(data: bytes) -> str:
    """All text of a PDF in the order of its content, as pdfium reads it."""
    document = pypdfium2.PdfDocument(data)
    try:
        texts = []
        for number in range(len(document)):
            page = document[number]
            text_page = page.get_textpage()
            texts.append(text_page.get_text_range())
            text_page.close()
            page.close()
        return "\n".join(texts)
    finally:
        document.close()


def by_poppler(data: bytes) -> str:
    """The same, as poppler reads it."""
    needs("poppler")
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode()


PDF_READERS = [
    pytest.param(by_pdfium, id="pdfium"),
    pytest.param(by_poppler, id="poppler", marks=pytest.mark.poppler),
]


def docx_table(data: bytes, number: int = 0) -> list[list[str]]:
    """A table of a Word file, cell by cell."""
    table = Document(io.BytesIO(data)).tables[number]
    return [[cell.text for cell in row.cells] for row in table.rows]


def docx_text(data: bytes) -> str:
    """The running text of a Word file, without its tables."""
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)


def xlsx_rows(data: bytes, sheet: int = 0) -> list[list[str]]:
    """A sheet's rows as texts."""
    book = load_workbook(io.BytesIO(data))
    return [[str(value or "") for value in row] for row in book.worksheets[sheet].iter_rows(values_only=True)]


def poppler_info(data: bytes, folder: Path) -> str:
    """What poppler's pdfinfo says of a PDF."""
    needs("poppler")
    file = folder / "report.pdf"
    file.write_bytes(data)
    return subprocess.run(["pdfinfo", str(file)], capture_output=True, check=True, text=True).stdout
