"""Files made to do harm or by broken programs: each is read as it looks, or refused with one sentence."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput
from bot.importing.plan import PlanReading, read_plan
from bot.importing.raw import EMPTY, MAX_CELLS, MAX_CHARACTERS, Allowance, Place, RawCell, RawRow
from bot.importing.scores import read_scores
from bot.importing.tables import read_tables
from tests.importing.office_files import (
    BOOK,
    DOCUMENT,
    FILLED,
    HEADER,
    MAIN,
    OFFICE,
    PACKAGE,
    ROW,
    SHEET,
    USUAL,
    W,
    cell,
    docx,
    inline,
    packed,
    sheet,
    table,
    xlsx,
)

pytestmark = pytest.mark.pure
YEAR = FiscalYear(2567)


def read(data: bytes, name: str = "plan.bin") -> PlanReading:
    return read_plan(name, data, YEAR)


def cells(data: bytes) -> list[tuple[str | None, ...]]:
    return [(m.title, m.steps, m.responsible, m.period.text) for m in read(data).measures]


def refusal(data: bytes, name: str = "plan.bin") -> str:
    with pytest.raises(BadInput) as refused:
        read(data, name)
    assert refused.value.detail.startswith(name)
    assert "\n" not in refused.value.detail
    refused.value.detail.encode()
    return refused.value.detail


def test_the_files_put_together_by_hand_are_read() -> None:
    assert cells(docx()) == [ROW]
    assert cells(xlsx()) == [ROW]


# ------------------------------------------------------------------ entities, macros, links

XXE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
LAUGHS = '<!DOCTYPE a [<!ENTITY a "ฮา"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/evil.dtd">'
DOCX_PARTS = {
    DOCUMENT: f"<w:document {W}><w:body>{USUAL}</w:body></w:document>",
    "word/numbering.xml": f"<w:numbering {W}/>",
    "word/styles.xml": f"<w:styles {W}/>",
}
XLSX_PARTS = {
    BOOK: f'<workbook {MAIN} xmlns:r="{OFFICE}"><sheets><sheet name="ก" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships {PACKAGE}><Relationship Id="rId1" Type="{OFFICE}/worksheet"'
    ' Target="worksheets/sheet1.xml"/></Relationships>',
    SHEET: sheet(FILLED),
    "xl/sharedStrings.xml": f"<sst {MAIN}><si><t>ก</t></si></sst>",
    "xl/styles.xml": f"<styleSheet {MAIN}/>",
}


@pytest.mark.parametrize("doctype", [XXE, LAUGHS, OUTSIDE])
@pytest.mark.parametrize(("parts", "part"), [(parts, p) for parts in (DOCX_PARTS, XLSX_PARTS) for p in parts])
def test_a_document_type_in_any_part_is_refused(parts: dict[str, str], part: str, doctype: str) -> None:
    assert cells(packed(parts)) == [ROW]
    assert "DOCTYPE" in refusal(packed({**parts, part: doctype + parts[part]}))


@pytest.mark.parametrize("entity", ["&x;", "&#0;", "&#xD800;"])
def test_an_entity_that_means_nothing_is_refused(entity: str) -> None:
    assert "เสียหาย" in refusal(docx(table(cell(entity))))
    assert "เสียหาย" in refusal(xlsx(sheet(inline("A2", entity))))


def test_macros_are_never_looked_at() -> None:
    assert cells(docx(word__vbaProject_bin=b"\xd0\xcf\x11\xe0" * 100)) == [ROW]
    assert cells(xlsx(xl__vbaProject_bin=b"\xd0\xcf\x11\xe0" * 100)) == [ROW]


def test_links_to_outside_are_never_followed() -> None:
    links = f'<Relationships {PACKAGE}><Relationship Id="rId1" TargetMode="External" Type="{OFFICE}/worksheet" '
    data = packed(
        {**XLSX_PARTS, "xl/_rels/workbook.xml.rels": f'{links}Target="http://127.0.0.1:9/x.xml"/></Relationships>'}
    )
    assert "เสียหาย" in refusal(data)
    assert cells(xlsx(xl__externalLinks__externalLink1_xml=f"<externalLink {MAIN}/>")) == [ROW]


@pytest.mark.parametrize("target", ["../../etc/passwd", "/../../etc/passwd", "worksheets/../../../x", "", "."])
def test_a_sheet_outside_the_archive_is_not_there(target: str) -> None:
    links = XLSX_PARTS["xl/_rels/workbook.xml.rels"].replace("worksheets/sheet1.xml", target)
    assert "เสียหาย" in refusal(packed({**XLSX_PARTS, "xl/_rels/workbook.xml.rels": links}))


# ------------------------------------------------------------------ what stands in cells

FORMULAS = ["=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.example","ก")']


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_looks_like_a_formula_is_text(formula: str) -> None:
    seen = formula.replace("&", "&amp;")
    assert cells(docx(table("".join(map(cell, ("๑. ก", seen, "ข", "ตลอดปี"))))))[0][1] == formula
    assert cells(xlsx(sheet(FILLED + inline("B2", seen))))[0][1] == formula
    text = "\t".join(HEADER) + f"\n๑. ก\t{formula}\tข\tตลอดปี\n"
    assert cells(text.encode())[0][1] == formula
    assert cells(json.dumps([{"title": "๑. ก", "steps": formula}]).encode())[0][1] == formula


def test_of_a_formula_only_what_it_showed_is_read() -> None:
    shown = '<c r="B2" t="str"><f>WEBSERVICE("http://127.0.0.1:9/")</f><v>ผลที่แสดง</v></c><c r="C2"><f>1+1</f></c>'
    ((title, steps, responsible, _),) = cells(xlsx(sheet(inline("A2", "๑. ก") + shown)))
    assert (title, steps, responsible) == ("๑. ก", "ผลที่แสดง", None)


@pytest.mark.parametrize("code", ["_xD800_", "ก_x0000_ข", "_xDFFF_"])
def test_what_no_text_can_hold_is_refused_with_its_cell(code: str) -> None:
    said = refusal(xlsx(sheet(FILLED, inline("B3", code))))
    assert "แถว 3 คอลัมน์ 2" in said
    assert "ไม่ใช่ตัวอักษร" in refusal(packed({**XLSX_PARTS, SHEET: sheet('<c r="A2" t="s"><v>0</v></c>'),
                                    "xl/sharedStrings.xml": f"<sst {MAIN}><si><t>{code}</t></si></sst>"}))  # fmt: skip


@pytest.mark.parametrize("bad", ["\x00", "\ud800", "ก\udfffข"])
def test_json_with_half_a_character_or_nul_is_refused(bad: str) -> None:
    for measure in ({"title": "ก", "steps": bad}, {"title": "ก", bad: "ข"}, {"title": "ก", bad + "\nข": {}}):
        refusal(json.dumps([measure]).encode())


def test_nuls_in_a_text_and_half_characters_in_its_bytes_are_refused() -> None:
    for name in ("plan.txt", "plan.csv"):
        refusal("มาตรการ\tผู้รับผิดชอบ\nก\x00\tข\n".encode(), name)
        refusal("มาตรการ\tผู้รับผิดชอบ\nก".encode() + b"\xed\xa0\x80\tb\n", name)


# ------------------------------------------------------------------ merged cells

CYCLES = [
    ["A2:D2", "A2:A9", "A2:D9"],  # over each other
    ["A2:B3", "B3:C4", "C2:A4", "B2:B9"],  # crossing
    ["D9:A2", "A2:A2", "B2:A1"],  # ends before it begins
    ["A0:B0", "A2", ":", "A2:", "A2:B2:C2", "a2:b2", "๑:๒", "A²:B²"],
    ["A2:XFD1048576", "A2:ZZZ9999999", "ZZZ9999999:ZZZ9999999"],
]  # fmt: skip


def merged(*merges: str) -> bytes:
    listed = "".join(f'<mergeCell ref="{each}"/>' for each in merges)
    second = FILLED.replace('2"', '3"').replace("๑. จัดทำคู่มือ", "๒. อบรม")
    return xlsx(sheet(FILLED, second, after=f"<mergeCells>{listed}</mergeCells>"))


@pytest.mark.parametrize("merges", CYCLES)
def test_nonsense_of_merged_cells_is_read_or_refused(merges: list[str]) -> None:
    becomes("plan.bin", merged(*merges))


@pytest.mark.parametrize("merges", CYCLES[2:4])
def test_merged_ranges_that_are_none_lose_no_measure(merges: list[str]) -> None:
    assert [title for title, *_ in cells(merged(*merges))] == ["๑. จัดทำคู่มือ", "๒. อบรม"]


def test_a_merged_cell_over_the_heading_is_refused_with_a_sentence() -> None:
    for merge in ("A1:D1", "A1:XFD1048576"):
        assert "no measure column" in refusal(merged(merge))


def test_two_rows_with_one_number_are_two_rows() -> None:
    second = FILLED.replace("๑. จัดทำคู่มือ", "๒. อบรม")
    body = sheet(FILLED, second).replace('<row r="3">', '<row r="2">')
    assert [title for title, *_ in cells(xlsx(body))] == ["๑. จัดทำคู่มือ", "๒. อบรม"]


SPANS = [
    '<w:gridSpan w:val="99999"/>',
    '<w:gridSpan w:val="-1"/>',
    '<w:gridSpan w:val="²"/>',
    '<w:gridSpan/>',
    '<w:gridSpan w:val="999999999999999999999"/>',
    '<w:vMerge/>',
    '<w:vMerge w:val="continue"/>',
    '<w:vMerge w:val="restart"/><w:vMerge/>',
    '<w:vMerge w:val="ไม่รู้"/><w:gridSpan w:val="3"/>',
]  # fmt: skip


@pytest.mark.parametrize("properties", SPANS)
def test_nonsense_of_spans_is_read_or_refused_and_no_row_grows_without_end(properties: str) -> None:
    row = "".join(cell(text, properties) for text in ROW)
    for data in (docx(table(row, row)), docx(table("".join(map(cell, ROW)), row))):
        assert max(len(each.cells) for each in read_tables("plan.docx", data)[0].rows) <= 1_001
        assert ROW[0] in (cells(data)[0][0] or "")


@pytest.mark.parametrize("before", ["99999", "-3", "²", "๓", ""])
def test_columns_left_out_before_a_row_are_bounded(before: str) -> None:
    row = f'<w:trPr><w:gridBefore w:val="{before}"/></w:trPr>' + "".join(map(cell, ROW))
    (read_table,) = read_tables("plan.docx", docx(table("".join(map(cell, ROW)), row)))
    assert len(read_table.rows[2].cells) <= 505


# ------------------------------------------------------------------ numbers that are none


@pytest.mark.parametrize("number", ["²", "-1", "0", "9999999", "99999999999999999999", "1e9", "", "๒", "x"])
def test_a_row_number_that_is_none_does_no_harm(number: str) -> None:
    body = sheet(FILLED).replace('r="2"', f'r="{number}"')
    assert cells(xlsx(body)) == [ROW]


@pytest.mark.parametrize("value", ["²", "-1", "7", "99999999999999999999", "1e400", "nan", "-inf", "", "๒", "x"])
@pytest.mark.parametrize("kind", ["s", "n", "d", "b", "e", "str", "ไม่รู้"])
def test_a_value_that_is_none_does_no_harm(kind: str, value: str) -> None:
    odd = f'<c r="B2" t="{kind}" s="{value}"><v>{value}</v></c>'
    assert cells(xlsx(sheet(FILLED + odd)))[0][0] == ROW[0]


@pytest.mark.parametrize("number", ["²", "99999", "-1", "๕"])
def test_list_numbers_and_styles_that_are_none_do_no_harm(number: str) -> None:
    numbering = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="{number}"><w:start w:val="{number}"/>'
        f'<w:numFmt w:val="thaiLetters"/><w:lvlText w:val="{"%1" * 40_000}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    mark = f'<w:pPr><w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    row = "".join(map(cell, ROW)).replace("<w:p>", f"<w:p>{mark}")
    ((title, *_),) = cells(docx(table(row), word__numbering_xml=numbering))
    assert title is not None
    assert title.endswith(ROW[0])
    assert len(title) < 300
    styles = f'<styleSheet {MAIN}><numFmts><numFmt numFmtId="{number}" formatCode="d"/></numFmts><cellXfs>'
    styles += f'<xf numFmtId="{number}"/></cellXfs></styleSheet>'
    assert cells(xlsx(xl__styles_xml=styles)) == [ROW]


def test_the_same_sheet_a_thousand_times_is_refused() -> None:
    assert "เสียหาย" in refusal(xlsx(sheets=1_000))


# ------------------------------------------------------------------ archives


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_the_packing_that_office_uses_is_unpacked(method: int) -> None:
    assert "เสียหาย" in refusal(packed(DOCX_PARTS, method))


def test_an_archive_within_an_archive_is_no_document() -> None:
    assert "ไม่ใช่ไฟล์" in refusal(packed({"inner.docx": docx()}))


def test_a_size_that_lies_is_found_out() -> None:
    data = bytearray(docx())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")  # the directory says that the part unpacks to ten bytes
    assert "เสียหาย" in refusal(bytes(data))


def test_tables_nested_as_deeply_as_xml_allows_are_read_or_refused() -> None:
    for depth in (20, 60, 2_000):
        nested = "<w:tbl><w:tr><w:tc>" * depth + "</w:tc></w:tr></w:tbl>" * depth
        row = "".join(map(cell, ROW)).replace("</w:tc>", nested + "</w:tc>", 1)
        if depth < 80:
            assert cells(docx(table(row)))[0][0] == ROW[0]
        else:
            assert "เสียหาย" in refusal(docx(table(row)))


def test_a_file_may_hold_so_many_cells_and_so_much_text() -> None:
    place = Place(file="plan.bin")
    for text, times, why in (("ก", 2_000, "too many cells"), ("ย" * 100_000, 1, "too much text")):
        allowed, row = Allowance(), RawRow(number=1, cells=(EMPTY, *[RawCell(text=text)] * times))
        rows = MAX_CELLS // times if times > 1 else MAX_CHARACTERS // len(text)
        for _ in range(rows):
            allowed.take(row, place)
        with pytest.raises(BadInput, match=why):
            allowed.take(row, place)


# ------------------------------------------------------------------ anything else

_SAMPLES = {
    "plan.docx": docx(),
    "plan.xlsx": xlsx(),
    "plan.csv": ("\r\n".join(",".join(row) for row in (HEADER, ROW))).encode("cp874"),
    "plan.txt": "\n".join("\t".join(row) for row in (HEADER, ROW)).encode(),
    "plan.json": json.dumps([dict(zip(HEADER, ROW, strict=True))], ensure_ascii=False).encode(),
    "scores.txt": "เครื่องมือ\tคะแนน\nIIT\t90.00\nตัวชี้วัด\tผลการวิเคราะห์\n๑. การปฏิบัติหน้าที่\tดี\n".encode(),
}
_PIECES = st.one_of(
    st.binary(max_size=12),
    st.sampled_from(
        [b"", b'"', b"\t", b"\n", b"<", b"&", b"{", b"[", b"\\ud800", b"\\u0000", "²".encode(), "๒".encode(),
         b"PK\x05\x06", b"-1", b"99999999", b"_xD800_",
         b"<!DOCTYPE a>", b"\xff\xff\xff\xff", b"\x00\x00", b'r="', b"<w:tc>", b"<c/>"]
    ),
)  # fmt: skip
_CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), _PIECES), min_size=1, max_size=4)


def changed(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for where, length, piece in changes:
        at = int(where * len(data))
        data = data[:at] + piece + data[at + length :]
    return data


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def becomes(name: str, data: bytes) -> None:
    """Reads the file for a plan and for scores: whatever comes of it can be stored, or is a sentence."""
    readers: list[Callable[[], object]] = [
        lambda: read_plan(name, data, YEAR, results=True),
        lambda: read_scores(name, data, AgencyId("saithong"), YEAR),
    ]
    for reader in readers:
        refused = None
        try:
            told = shown(reader())
        except BadInput as problem:
            refused = told = problem.detail
        assert refused is None or (refused.startswith(name) and "\n" not in refused)
        assert "\x00" not in told
        told.encode()


def shown(reading: object) -> str:
    """Every text of a reading, as it is."""
    if isinstance(reading, str):
        return reading
    if isinstance(reading, (tuple, list)):
        return " ".join(map(shown, reading))
    if isinstance(reading, dict):
        return shown(list(reading.values()))
    if is_dataclass(reading):
        return shown([getattr(reading, field.name) for field in fields(reading)])
    return ""


@settings(max_examples=150)
@given(st.sampled_from(sorted(_SAMPLES)), _CHANGES)
def test_any_file_with_any_bytes_changed_is_read_or_refused(name: str, changes: list[tuple[float, int, bytes]]) -> None:
    becomes(name, changed(_SAMPLES[name], changes))


@settings(max_examples=150)
@given(st.sampled_from([DOCX_PARTS, XLSX_PARTS]), st.data(), _CHANGES)
def test_any_part_with_any_bytes_changed_is_read_or_refused(
    parts: dict[str, str], data: st.DataObject, changes: list[tuple[float, int, bytes]]
) -> None:
    part = data.draw(st.sampled_from(sorted(parts)))
    becomes("plan.bin", packed({**parts, part: changed(parts[part].encode(), changes)}, zipfile.ZIP_STORED))


@settings(max_examples=60)
@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats()
        | st.text(max_size=6)
        | st.sampled_from(["\ud800", "\x00"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["title", "measures", "rounds", "12", "steps", "summary", "x\ny"]), inner)
        ),
        max_leaves=8,
    )
)
def test_any_json_is_read_or_refused(value: object) -> None:
    becomes("plan.json", json.dumps({"measures": value}).encode())
    becomes("plan.json", json.dumps([value, {"title": "ก", "steps": value}]).encode())
