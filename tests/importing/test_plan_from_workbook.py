from __future__ import annotations

import contextlib
import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput
from bot.importing.plan import PlanReading, read_plan
from bot.importing.tables import read_tables

pytestmark = pytest.mark.pure
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

HEADER = ["มาตรการ", "ขั้นตอน/วิธีการปฏิบัติ", "ระยะเวลาดำเนินการ", "ผู้รับผิดชอบ"]


def _bytes(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet(*rows: list[object]) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    return book, sheet


def _read(book: openpyxl.Workbook, *, results: bool = False) -> PlanReading:
    return read_plan("plan.xlsx", _bytes(book), FiscalYear(2567), results=results)


def test_title_rows_merged_cells_and_hidden_rows_are_understood() -> None:
    book, sheet = _sheet(
        ["แผนมาตรการส่งเสริมคุณธรรม", None, None, None],
        [],
        HEADER,
        ["ด้านการให้บริการ", None, None, None],
        ["๑. จัดทำคู่มือ", "๑) สำรวจ\n๒) เขียน", "ตลอดปีงบประมาณ", "สำนักปลัด"],
        ["๒. ถูกซ่อน", "ก", "ตลอดปี", "ข"],
        ["๓. เปิดเผยแผน", "ประกาศ", None, "กองคลัง"],
    )
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A4:D4")
    sheet.merge_cells("C5:C7")
    sheet.row_dimensions[6].hidden = True
    reading = _read(book)
    assert [(each.title, each.section, each.period.text) for each in reading.measures] == [
        ("๑. จัดทำคู่มือ", "ด้านการให้บริการ", "ตลอดปีงบประมาณ"),
        ("๓. เปิดเผยแผน", "ด้านการให้บริการ", "ตลอดปีงบประมาณ"),
    ]
    assert reading.measures[0].steps == "๑) สำรวจ\n๒) เขียน"
    hidden = next(line for line in reading.lines if line.place.row == 6)
    assert (str(hidden.place), hidden.sentence) == ('plan.xlsx แผ่นงาน "Sheet" แถว 6', "แถวนี้ถูกซ่อนในแผ่นงาน")


def test_a_merged_measure_cell_is_one_measure_and_a_merged_indicator_serves_several() -> None:
    book, sheet = _sheet(
        ["ตัวชี้วัด", *HEADER],
        ["๑. การปฏิบัติหน้าที่", "คู่มือ", "สำรวจ", "ตลอดปี", "สำนักปลัด"],
        [None, None, "เขียน", None, None],
        [None, "อบรม", "จัดอบรม", "ตลอดปี", "กองคลัง"],
    )
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("B2:B3")
    reading = _read(book)
    assert [(each.indicator, each.title, each.steps) for each in reading.measures] == [
        ("๑. การปฏิบัติหน้าที่", "คู่มือ", "สำรวจ\nเขียน"),
        ("๑. การปฏิบัติหน้าที่", "อบรม", "จัดอบรม"),
    ]


def test_a_header_of_two_rows_is_one_header() -> None:
    book, sheet = _sheet(
        ["มาตรการ", "ผลการดำเนินการ", None, "หมายเหตุ"],
        [None, "ผลผลิต", "ผลลัพธ์", None],
        ["ก", "คู่มือ ๑ เล่ม", "สะดวกขึ้น", "ข"],
    )
    for cells in ("A1:A2", "B1:C1", "D1:D2"):
        sheet.merge_cells(cells)
    (measure,) = _read(book, results=True).measures
    assert (measure.title, measure.output, measure.outcome, measure.remark) == ("ก", "คู่มือ ๑ เล่ม", "สะดวกขึ้น", "ข")


def test_dates_and_numbers_are_read_as_they_look() -> None:
    book, _ = _sheet(
        HEADER,
        ["ก", 5, date(2024, 3, 31), 2.5],
        ["ข", 1250000, datetime(2567, 3, 31), True],
        ["ค", "=1+1", "มี.ค. 67", None],
    )
    first, second, third = _read(book).measures
    assert (first.steps, first.period.text, first.responsible) == ("5", "๓๑ มีนาคม ๒๕๖๗", "2.5")
    assert first.period.end == date(2024, 3, 31)
    assert (second.steps, second.period.text) == ("1250000", "๓๑ มีนาคม ๒๕๖๗")
    assert (third.steps, third.period.end) == (None, date(2024, 3, 31))


def test_a_period_in_two_columns_is_one_period() -> None:
    book, sheet = _sheet(
        ["มาตรการ", "ระยะเวลาดำเนินการ", None, "ผู้รับผิดชอบ"],
        [None, "เริ่มต้น", "สิ้นสุด", None],
        ["ก", date(2023, 10, 1), date(2024, 3, 31), "ข"],
    )
    sheet.merge_cells("B1:C1")
    (measure,) = _read(book).measures
    assert measure.period.text == "๑ ตุลาคม ๒๕๖๖ - ๓๑ มีนาคม ๒๕๖๗"
    assert (measure.period.start, measure.period.end) == (date(2023, 10, 1), date(2024, 3, 31))


def test_several_sheets_add_up_and_hidden_ones_are_not_taken() -> None:
    book, _ = _sheet(HEADER, ["ก", "ข", "ตลอดปี", "ค"])
    second = book.create_sheet("กองคลัง")
    for row in (HEADER, ["ง", "จ", "ตลอดปี", "ฉ"], ["ก", "ต่างไป", "ตลอดปี", "ค"]):
        second.append(row)
    hidden = book.create_sheet("เก่า")
    hidden.sheet_state = "hidden"
    for row in (HEADER, ["ช", "ซ", "ตลอดปี", "ฌ"]):
        hidden.append(row)
    reading = _read(book)
    assert [(each.title, each.tables) for each in reading.measures] == [("ก", (1, 2)), ("ง", (2,))]
    assert reading.measures[0].steps == "ข"
    assert [each.reason for each in reading.tables] == [None, None, "แผ่นงานถูกซ่อน"]
    assert any("ช่องขั้นตอนต่างจากตารางก่อน" in line.sentence for line in reading.lines)


def test_rich_text_is_one_text() -> None:
    book, sheet = _sheet(HEADER)
    sheet["D2"] = "สำนักปลัด"
    sheet["A2"] = CellRichText(TextBlock(InlineFont(b=True), "จัดทำ"), "คู่มือ")
    assert [each.title for each in _read(book).measures] == ["จัดทำคู่มือ"]


def test_signatures_under_a_table_are_no_part_of_it() -> None:
    book, _ = _sheet(
        HEADER,
        ["ก", "ข", "ตลอดปี", "สำนักปลัด"],
        [],
        [None, None, None, "ข้อมูล ณ วันสิ้นปี"],
        [None, None, "ลงชื่อ........................", "ผู้รายงาน"],
        [None, None, "(นายสมมติ ตัวอย่าง)", None],
        ["ตำแหน่ง", "นิติกร", "ชำนาญการ", None],
    )
    reading = _read(book)
    assert [(each.title, each.period.text, each.responsible) for each in reading.measures] == [
        ("ก", "ตลอดปี", "สำนักปลัด")
    ]


def test_a_far_away_cell_does_no_harm() -> None:
    book, sheet = _sheet(HEADER, ["ก", "ข", "ตลอดปี", "ค"])
    sheet["XFD1048576"] = "ไกล"
    assert [each.title for each in _read(book).measures] == ["ก"]


def test_what_a_name_says_does_not_matter() -> None:
    book, _ = _sheet(HEADER, ["ก", "ข", "ตลอดปี", "ค"])
    assert len(read_plan("แผน.txt", _bytes(book), FiscalYear(2567)).measures) == 1


def _archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _with_part(name: str, data: bytes) -> bytes:
    book, _ = _sheet(HEADER, ["ก", "ข", "ตลอดปี", "ค"])
    with zipfile.ZipFile(io.BytesIO(_bytes(book))) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    return _archive({**parts, name: data})


_ENTITY = (
    b'<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/hostname">]><sst xmlns="http://schemas.openxmlformats.org'
    b'/spreadsheetml/2006/main"><si><t>&x;</t></si></sst>'
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "รหัสผ่าน.*password-protected"),
        (_OLE + "WordDocument".encode("utf-16-le"), "บันทึกเป็น .docx"),
        (_OLE + "Workbook".encode("utf-16-le"), "บันทึกเป็น .xlsx"),
        (_OLE, "Office รุ่นเก่า"),
        (b"PK\x03\x04 torn", "เสียหาย"),
        (_archive({"a.txt": b"a"}), "ไม่ใช่ไฟล์ .docx หรือ .xlsx"),
        (_archive({"content.xml": b"<a/>"}), "OpenDocument"),
        (_archive({"xl/workbook.bin": b""}), "xlsb"),
        (_archive({"xl/workbook.xml": b"<torn"}), "เสียหาย"),
        (_archive({"word/document.xml": b""}), "เสียหาย"),
        (_with_part("xl/sharedStrings.xml", _ENTITY), "DOCTYPE"),
        (_with_part("xl/worksheets/sheet1.xml", b"<worksheet"), r"xl/worksheets/sheet1.xml.*เสียหาย"),
        (_with_part("big.bin", bytes(201 * 1024 * 1024)), "200 MB"),
        (_archive({f"{number}": b"" for number in range(10_001)}), "10,000"),
        (_bytes(openpyxl.Workbook()), "ว่าง"),
        (_bytes(_sheet(*[["ก"]] * 20_001)[0]), "20,000 แถว"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, hint: str) -> None:
    with pytest.raises(BadInput, match=hint) as refusal:
        read_plan("plan.xlsx", data, FiscalYear(2567))
    assert refusal.value.detail.startswith("plan.xlsx")
    assert "\n" not in refusal.value.detail


_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _as_excel_saves() -> dict[str, bytes]:
    """A workbook with what Excel writes and openpyxl does not: shared strings, hints, 1904 dates, own formats."""
    strings = [*HEADER, "ตลอดปี"]
    rich = "<si><r><rPr><b/></rPr><t>จัด</t></r><r><t>ทำ_x000D_\nคู่มือ</t></r><rPh sb='0' eb='1'><t>ทิ้ง</t></rPh></si>"
    header = "".join(f'<c r="{column}3" t="s"><v>{at}</v></c>' for at, column in enumerate("BCDE"))
    row = '<c r="B4" t="s"><v>5</v></c><c r="C4" t="str"><v>ข</v></c><c r="D4" s="1"><v>43920</v></c>'
    row += '<c r="E4" t="e"><v>#REF!</v></c>'
    parts = {
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_RELATIONS}"><workbookPr date1904="1"/><sheets>'
        '<sheet name="แผน" sheetId="1" r:id="rId9"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{_RELATIONS}/worksheet" Target="/xl/worksheets/one.xml"/></Relationships>',
        "xl/worksheets/one.xml": f'<worksheet {_MAIN}><sheetData><row r="3">{header}</row><row r="4">{row}</row>'
        "</sheetData></worksheet>",
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{''.join(f'<si><t>{each}</t></si>' for each in strings)}{rich}</sst>",
        "xl/styles.xml": f'<styleSheet {_MAIN}><numFmts><numFmt numFmtId="200" formatCode="[$-D07041E]d mmmm yyyy;@"/>'
        '</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs></styleSheet>',
    }
    return {name: text.encode() for name, text in parts.items()}


def test_a_workbook_as_excel_saves_it_is_read() -> None:
    (measure,) = read_plan("plan.xlsx", _archive(_as_excel_saves()), FiscalYear(2567)).measures
    assert (measure.title, measure.steps, measure.responsible) == ("จัดทำ\nคู่มือ", "ข", "#REF!")
    assert measure.period.text == "๓๑ มีนาคม ๒๕๖๗"


_BOOK = _bytes(_sheet(HEADER, ["ก", "ข", "ตลอดปี", "ค"])[0])


@UNTIMED
@given(st.integers(0, len(_BOOK) - 1), st.binary(min_size=1, max_size=40))
def test_a_damaged_workbook_is_read_or_refused(at: int, damage: bytes) -> None:
    with contextlib.suppress(BadInput):
        assert read_tables("plan.xlsx", _BOOK[:at] + damage + _BOOK[at + len(damage) :])


_PARTS = [
    "xl/workbook.xml",
    "xl/worksheets/one.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/_rels/workbook.xml.rels",
]


@UNTIMED
@given(
    st.sampled_from(_PARTS), st.integers(0, 4000), st.sampled_from([b"", b"-1", b"999999999", b"x", b"<c/>", b"A1:"])
)
def test_a_workbook_with_nonsense_in_a_part_is_read_or_refused(part: str, at: int, nonsense: bytes) -> None:
    parts = _as_excel_saves()
    whole = parts[part]
    at %= len(whole)
    parts[part] = whole[:at] + nonsense + whole[at + max(1, len(nonsense)) :]
    with contextlib.suppress(BadInput):
        assert read_tables("plan.xlsx", _archive(parts))
