from __future__ import annotations

import contextlib
import io
import zipfile

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput
from bot.importing.plan import PlanReading, read_plan
from bot.importing.tables import read_tables

pytestmark = pytest.mark.pure
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

HEADER = ["มาตรการ/แนวทาง", "ขั้นตอน/วิธีปฏิบัติ", "หน่วยงาน ผู้รับผิดชอบ", "ระยะเวลา ดำเนินการ"]


def _table(document: Document, *rows: list[str]) -> Table:
    table = document.add_table(rows=len(rows), cols=max(map(len, rows)))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text
    return table


def _bytes(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _read(document: Document) -> PlanReading:
    return read_plan("plan.docx", _bytes(document), FiscalYear(2566))


def test_tables_over_pages_count_as_one_with_their_header_repeated_or_not() -> None:
    document = docx.Document()
    document.add_paragraph("แผนมาตรการ")
    _table(document, HEADER, ["๑. ก", "ข", "สำนักปลัด", "ไตรมาส ๑-๔"])
    document.add_paragraph("- ๒ -")
    _table(document, [" มาตรการ/ แนวทาง", *HEADER[1:]], ["", "ต่อ", "", ""], ["๒. ค", "ง", "กองคลัง", "ไตรมาสที่ ๑"])
    document.add_paragraph("")
    _table(document, ["๓. จ", "ฉ", "กองช่าง", "ไตรมาสที่ ๒"])
    _table(document, ["ลงชื่อ", "ผู้รายงาน"])
    reading = _read(document)
    assert [(each.rows, each.taken) for each in reading.tables] == [(4, True)]
    assert [(each.title, each.steps, each.responsible) for each in reading.measures] == [
        ("๑. ก", "ขต่อ", "สำนักปลัด"),
        ("๒. ค", "ง", "กองคลัง"),
        ("๓. จ", "ฉ", "กองช่าง"),
    ]
    assert [str(line.place) for line in reading.lines][:2] == [
        "plan.docx ตารางที่ 1 ในไฟล์ แถว 2",
        "plan.docx ตารางที่ 2 ในไฟล์ แถว 1",
    ]


def test_merged_cells_group_rows_and_two_level_headers_are_understood() -> None:
    document = docx.Document()
    table = _table(
        document,
        ["มาตรการ", "ผลการดำเนินการ", "", "ระยะเวลาการดำเนินงาน"],
        ["", "ผลผลิต", "ผลลัพธ์", ""],
        ["ด้านการให้บริการ", "", "", ""],
        ["ก", "ข", "ค", "ตลอดปี"],
        ["ง", "จ", "ฉ", ""],
    )
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 3).merge(table.cell(1, 3))
    table.cell(2, 0).merge(table.cell(2, 3))
    table.cell(3, 3).merge(table.cell(4, 3))
    reading = read_plan("plan.docx", _bytes(document), FiscalYear(2566), results=True)
    assert [(each.title, each.section, each.output, each.outcome, each.period.text) for each in reading.measures] == [
        ("ก", "ด้านการให้บริการ", "ข", "ค", "ตลอดปี"),
        ("ง", "ด้านการให้บริการ", "จ", "ฉ", "ตลอดปี"),
    ]


def test_paragraphs_and_line_breaks_are_one_newline_each_and_inner_spaces_stay() -> None:
    document = docx.Document()
    table = _table(document, HEADER, ["ก", "", "ค", "ง"])
    cell = table.cell(1, 1)
    cell.paragraphs[0].add_run("๑. ข  ")
    cell.paragraphs[0].add_run("ข")
    second = cell.add_paragraph("๒. ค")
    second.add_run().add_break()
    second.add_run("๓. ง")
    assert _read(document).measures[0].steps == "๑. ข  ข\n๒. ค\n๓. ง"


def test_deleted_text_is_gone_and_inserted_text_is_there() -> None:
    document = docx.Document()
    table = _table(document, HEADER, ["", "ข", "ค", "ง"])
    paragraph = table.cell(1, 0).paragraphs[0]
    for kind, tag, text in (("w:ins", "w:t", "ใหม่"), ("w:del", "w:delText", "เก่า")):
        change, run, piece = OxmlElement(kind), OxmlElement("w:r"), OxmlElement(tag)
        piece.text = text
        run.append(piece)
        change.append(run)
        paragraph._p.append(change)
    assert _read(document).measures[0].title == "ใหม่"


def test_numbers_that_word_prints_are_kept() -> None:
    document = docx.Document()
    table = _table(document, HEADER, ["ก", "", "ค", "ง"])
    cell = table.cell(1, 1)
    for text in ("สำรวจ", "เขียน"):
        cell.add_paragraph(text, style="List Number")
    cell._tc.remove(cell.paragraphs[0]._p)
    assert _read(document).measures[0].steps == "1. สำรวจ\n2. เขียน"


def test_rows_in_content_controls_and_header_rows_marked_to_repeat_are_read() -> None:
    document = docx.Document()
    table = _table(document, HEADER, ["ก", "ข", "ค", "ง"], ["จ", "ฉ", "ช", "ซ"])
    properties = table.rows[0]._tr.get_or_add_trPr()
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)
    row = table.rows[2]._tr
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    row.addprevious(control)
    control.append(content)
    content.append(row)
    assert [each.title for each in _read(document).measures] == ["ก", "จ"]


def test_a_document_without_tables_is_refused() -> None:
    document = docx.Document()
    document.add_paragraph("ไม่มีตาราง")
    with pytest.raises(BadInput, match=r"plan\.docx: ไม่พบตาราง"):
        _read(document)


def _sample() -> bytes:
    document = docx.Document()
    _table(document, HEADER, ["๑. ก", "ข", "ค", "ไตรมาส ๑"])
    return _bytes(document)


_DOCUMENT = _sample()


def _parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(_DOCUMENT)) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


def _archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_entities_are_never_expanded() -> None:
    parts = _parts()
    body = parts["word/document.xml"].split(b"?>", 1)[1]
    parts["word/document.xml"] = b'<!DOCTYPE a [<!ENTITY x "y">]>' + body
    with pytest.raises(BadInput, match="DOCTYPE"):
        read_tables("plan.docx", _archive(parts))


@UNTIMED
@given(
    st.sampled_from(["word/document.xml", "word/numbering.xml", "word/styles.xml"]),
    st.integers(0, 20_000),
    st.binary(max_size=20),
)
def test_a_document_with_nonsense_in_a_part_is_read_or_refused(part: str, at: int, nonsense: bytes) -> None:
    parts = _parts()
    whole = parts[part]
    at %= len(whole)
    parts[part] = whole[:at] + nonsense + whole[at + max(1, len(nonsense)) :]
    with contextlib.suppress(BadInput):
        assert read_tables("plan.docx", _archive(parts))
