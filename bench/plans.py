"""A measures plan of many rows as people have it: a workbook, a document, or text as pasted."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl

HEADINGS = ("มาตรการ/แนวทาง", "ขั้นตอน/วิธีการปฏิบัติ", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ", "การกำกับ ติดตาม")
FISCAL_YEAR = 2569


def rows(count: int) -> list[tuple[str, ...]]:
    """The plan's rows, each a measure of its own."""
    return [
        (
            f"{number}. มาตรการพัฒนางานบริการที่ {number} ให้โปร่งใสและตรวจสอบได้",
            f"๑. แต่งตั้งผู้รับผิดชอบงานที่ {number}\n๒. จัดทำแนวปฏิบัติและเผยแพร่\n๓. สรุปผลเสนอผู้บริหาร",
            "สำนักปลัด/กองคลัง",
            "ตุลาคม 2568 – กันยายน 2569",
            "รายงานผู้บริหารทุกไตรมาส",
        )
        for number in range(1, count + 1)
    ]


def as_xlsx(path: Path, count: int) -> None:
    """A workbook with one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADINGS, *rows(count)):
        sheet.append(row)
    book.save(path)


def as_docx(path: Path, count: int) -> None:
    """A document with one table."""
    document = docx.Document()
    table = document.add_table(rows=count + 1, cols=len(HEADINGS))
    for line, row in zip(table.rows, (HEADINGS, *rows(count)), strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text
    document.save(str(path))


def as_text(path: Path, count: int) -> None:
    """Text copied out of a web page: a tab between cells, paragraphs as tags."""
    paragraphs = ("\t".join(cell.replace("\n", "</p><p>") for cell in row) for row in (HEADINGS, *rows(count)))
    path.write_text("\n".join(paragraphs) + "\n", encoding="utf-8")
