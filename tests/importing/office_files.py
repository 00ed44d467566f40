"""Small .docx and .xlsx files put together by hand, so that tests can write what no program would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

HEADER = ("มาตรการ", "ขั้นตอน/วิธีการปฏิบัติ", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ")
ROW = ("๑. จัดทำคู่มือ", "๑. สำรวจ", "สำนักปลัด", "ตลอดปีงบประมาณ")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DOCUMENT, BOOK, SHEET = "word/document.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"


def packed(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def cell(text: str, properties: str = "") -> str:
    """A cell of a Word table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def table(*rows: str) -> str:
    """A Word table of the usual header and these rows, each the XML of its cells."""
    rows = ("".join(cell(text) for text in HEADER), *rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


USUAL = table("".join(cell(text) for text in ROW))


def docx(body: str = USUAL, *, before: str = "", **parts: str | bytes) -> bytes:
    """A document with this body; `parts` are named with `__` for a slash."""
    document = f"{before}<w:document {W}><w:body>{body}</w:body></w:document>"
    return packed({DOCUMENT: document, **_named(parts)})


def inline(reference: str, text: str) -> str:
    """A cell of a sheet whose text stands in it."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(*rows: str, after: str = "") -> str:
    """A sheet of the usual header and these rows, each the XML of its cells."""
    head = "".join(inline(f"{column}1", text) for column, text in zip("ABCD", HEADER, strict=True))
    body = "".join(f'<row r="{number}">{row}</row>' for number, row in enumerate((head, *rows), start=1))
    return f"<worksheet {MAIN}><sheetData>{body}</sheetData>{after}</worksheet>"


FILLED = "".join(inline(f"{column}2", text) for column, text in zip("ABCD", ROW, strict=True))


def xlsx(one: str | None = None, *, sheets: int = 1, **parts: str | bytes) -> bytes:
    """A workbook with this sheet, listed so many times."""
    listed = "".join(f'<sheet name="แผน{no}" sheetId="{no}" r:id="rId1"/>' for no in range(1, sheets + 1))
    return packed(
        {
            BOOK: f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f"<Relationships {PACKAGE}><!-- a remark -->"
            f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            SHEET: sheet(FILLED) if one is None else one,
            **_named(parts),
        }
    )


def _named(parts: Mapping[str, str | bytes]) -> dict[str, str | bytes]:
    return {
        name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"): data for name, data in parts.items()
    }
