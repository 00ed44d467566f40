"""Word and Excel files: real styles and headers, Thai set as Thai, nothing that runs as a formula."""

from __future__ import annotations

import io
import subprocess
import zipfile
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from bot.adapters.render.docx import DocxFile
from bot.adapters.render.docx_styles import LOOKS
from bot.adapters.render.pictures import prepare_pictures
from bot.adapters.render.xlsx import XlsxFile
from bot.adapters.render.xlsx_pen import CUT_MARK, MAX_CELL
from bot.domain.rounds import RoundNo
from bot.reporting.build import build_report
from tests.needs import needs
from tests.render.reading_back import by_pdfium, folded
from tests.reporting.sample_year import NOW, full_year, jpeg, one_measure


def word(year, version: str = "") -> bytes:
    report = build_report(year, RoundNo.TWELVE, compiled_at=NOW)
    report = replace(report, cover=replace(report.cover, version=version))
    ready, pictures = prepare_pictures(report, lambda key: jpeg(key, size=(300, 200)))
    return DocxFile().render(ready, pictures).data


def excel(year):
    ready, pictures = prepare_pictures(
        build_report(year, RoundNo.TWELVE, compiled_at=NOW), lambda key: jpeg(key, size=(300, 200))
    )
    return XlsxFile().render(ready, pictures)


def document_of(year):
    return Document(io.BytesIO(word(year)))


def test_every_style_that_is_used_sets_thai_font_size_weight_and_language():
    document = document_of(full_year())
    bold = {look.name for look in LOOKS if look.bold}
    used = {paragraph.style.name for paragraph in document.paragraphs}
    used |= {p.style.name for t in document.tables for row in t.rows for cell in row.cells for p in cell.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Table Head", "Table Text", "Caption"} <= used
    for name in used:
        properties = document.styles[name].element.rPr
        assert properties.find(qn("w:rFonts")).get(qn("w:cs")) == "TH Sarabun New"
        assert properties.find(qn("w:szCs")) is not None
        assert properties.find(qn("w:lang")).get(qn("w:bidi")) == "th-TH"
        assert (properties.find(qn("w:bCs")) is not None) is (name in bold)


def test_the_defaults_are_thai_and_no_run_repeats_them():
    document = document_of(full_year())
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))[0]
    assert defaults.find(qn("w:szCs")).get(qn("w:val")) == "32"
    assert list(document.element.body.iter(qn("w:rFonts"), qn("w:szCs"), qn("w:sz"))) == []


def test_header_rows_repeat_and_headings_step_down_by_one():
    document = document_of(full_year())
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table.rows[1]._tr.trPr is None or table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_photos_have_alternative_texts_and_stay_with_their_captions():
    document = document_of(full_year())
    described = [properties.get("descr") for properties in document.element.body.iter(qn("wp:docPr"))]
    assert len(described) == 4
    assert all(described)
    paragraphs = document.paragraphs
    photos = [n for n, p in enumerate(paragraphs) if p.style.name == "Photo"]
    assert len(photos) == 4
    assert document.styles["Photo"].paragraph_format.keep_with_next
    assert all(paragraphs[n + 1].style.name == "Caption" for n in photos)


def test_the_table_stands_in_landscape_between_portrait_pages():
    sections = document_of(full_year()).sections
    assert [section.page_width > section.page_height for section in sections] == [False, True, False]
    assert 'w:instrText xml:space="preserve"> PAGE <' in sections[1].footer._element.xml
    assert sections[1]._sectPr.find(qn("w:pgNumType")).get(qn("w:fmt")) == "thaiNumbers"


def test_properties_name_title_and_language():
    core = document_of(full_year()).core_properties
    assert core.title.startswith("รายงานผลการดำเนินการ")
    assert core.language == "th-TH"


def test_any_text_fits_into_both_files():
    strange = "".join(map(chr, range(0x20))) + "😀 มาตรการ ﷽ \ue000 <b>&amp;</b> ]]> \U0003fffd"
    year = one_measure(summary=strange, outcome=strange)
    assert "😀 มาตรการ" in Document(io.BytesIO(word(year))).tables[0].rows[1].cells[4].text
    book = load_workbook(io.BytesIO(excel(year).data))
    assert any("😀 มาตรการ" in str(cell.value) for row in book.active.iter_rows() for cell in row)


@pytest.mark.parametrize("text", ["=1+1", "+66 1", "-ไม่มี", "@SUM(A1)", '=HYPERLINK("http://a.example")'])
def test_what_looks_like_a_formula_stays_text(text: str):
    done = excel(one_measure(summary=text, outcome=None))
    sheet = load_workbook(io.BytesIO(done.data)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value or "")[:1] == text[0]]
    assert [cell.data_type for cell in cells] == ["s"]
    assert cells[0].quotePrefix
    with zipfile.ZipFile(io.BytesIO(done.data)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")


def test_a_text_longer_than_a_cell_is_cut_with_a_finding():
    done = excel(one_measure(summary="ก😀" * MAX_CELL, outcome=None))
    values = [str(c.value) for row in load_workbook(io.BytesIO(done.data)).active.iter_rows() for c in row]
    longest = max(values, key=len)
    assert longest.endswith(CUT_MARK)
    assert len(longest.encode("utf-16-le")) // 2 <= MAX_CELL
    assert [(finding.code, finding.measure_no) for finding in done.findings] == [("text_too_long", 1)]


def test_the_sheet_is_set_up_for_print_and_reading():
    book = load_workbook(io.BytesIO(excel(full_year()).data))
    sheet = book.worksheets[0]
    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    head = int(sheet.print_title_rows.strip("$").split(":")[0].strip("$"))
    assert sheet.cell(head, 1).value == "มาตรการ/แนวทาง"
    assert sheet.freeze_panes == f"A{head + 1}"
    assert sheet.cell(head + 2, 5).alignment.wrap_text
    assert [each.title for each in book.worksheets] == [
        "ตารางรายงานผล", "ภาคผนวกหลักฐาน", "ปัญหา อุปสรรค และข้อเสนอแนะ",
    ]  # fmt: skip
    assert len(book.worksheets[1]._images) == 4


@pytest.mark.office
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_libreoffice_opens_it_and_prints_every_cell(kind: str, tmp_path):
    needs("office")
    file = tmp_path / f"report.{kind}"
    file.write_bytes(word(full_year(), "รหัสฉบับ GDMW-UD8R") if kind == "docx" else excel(full_year()).data)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)],
        check=True,
        capture_output=True,
        timeout=240,
    )
    printed = (tmp_path / "report.pdf").read_bytes()
    if kind == "docx":
        second = pypdfium2.PdfDocument(printed)[1]
        assert second.get_width() > second.get_height(), "the cover is one page; the table's landscape follows"
    found = folded(by_pdfium(printed))
    for text in ("ยังไม่ได้รายงาน", "รอประกาศแนวปฏิบัติจากจังหวัด", "กองคลังอยู่ระหว่างจัดทำแนวปฏิบัติ", "เจ้าหน้าที่โอนย้าย 2 คน"):
        assert folded(text) in found
