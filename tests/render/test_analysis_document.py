"""The analysis of the last assessment: scores, chart and findings in every format, and at the front of a set."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from bot.adapters.render.render_all import FORMATS, render_all
from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.results import AssessmentResult
from bot.domain.rounds import RoundNo
from bot.importing.scores import read_scores
from bot.reporting.build import build_report
from bot.reporting.kinds import Kind
from bot.reporting.model import Report, SectionRow
from bot.reporting.rendering import CompiledReport
from tests.render.html_reading import read_page
from tests.render.reading_back import by_pdfium, docx_table, docx_text, folded, xlsx_rows
from tests.reporting.sample_year import NOW, jpeg
from tests.reporting.styled_year import styled_year

SAMPLE = Path(__file__).parents[1] / "data" / "importing" / "scores.txt"


@lru_cache
def result() -> AssessmentResult:
    return read_scores("scores.txt", SAMPLE.read_bytes(), AgencyId("sai-thong"), FiscalYear(2567)).result


@lru_cache
def compiled(kind: Kind = Kind.ANALYSIS) -> tuple[Report, CompiledReport]:
    report = build_report(styled_year(), RoundNo.TWELVE, compiled_at=NOW, kind=kind, results=(result(),))
    return report, render_all(report, lambda key: jpeg(key, size=(300, 200)))


def test_the_tables_are_the_scores_as_printed_with_their_groups():
    report, _ = compiled()
    instruments, indicators, written = report.tables
    assert [row.cells for row in instruments.rows][1] == ("EIT ส่วนที่ ๑", "๙๙.๘๒")
    assert sum(isinstance(row, SectionRow) for row in indicators.rows) == 3
    assert indicators.rows[-1].cells == ("๑๐. การป้องกันการทุจริต", "๙๕.๐๐")
    assert written.rows[0].cells[0] == "๑. การปฏิบัติหน้าที่"
    assert instruments.lead == "คะแนนโดยรวม ๙๓.๘๘ คะแนน อยู่ในระดับ “ผ่านดี”"
    assert indicators.lead.endswith("๙. การเปิดเผยข้อมูล")
    assert "๒๕๖๗" in report.title


def test_every_format_holds_every_score_and_word():
    report, done = compiled()
    pdf, word = folded(by_pdfium(done.files["pdf"])), folded(docx_text(done.files["docx"]))
    page = read_page(done.files["html"])
    for number, table in enumerate(report.tables):
        rows = [[row.title] * 2 if isinstance(row, SectionRow) else list(row.cells) for row in table.rows]
        assert docx_table(done.files["docx"], number)[1:] == rows
        flat = [[row.title] if isinstance(row, SectionRow) else list(row.cells) for row in table.rows]
        assert page.tables[number][1:] == flat
        found = [[text for text in row if text] for row in xlsx_rows(done.files["xlsx"], number)]
        assert [row for row in flat if row not in found] == []
        for text in [table.title, table.lead, *(text for row in flat for text in row)]:
            assert folded(text) in pdf
        assert folded(table.title) in word
        assert folded(table.lead) in word


def test_the_chart_has_its_alternative_everywhere_and_is_a_real_one_in_the_workbook():
    report, done = compiled()
    chart = next(table.chart for table in report.tables if table.chart)
    assert chart.points == (("2565", 81.2), ("2566", 89.71), ("2567", 93.88))
    assert "ปี ๒๕๖๕ ได้ ๘๑.๒๐" in chart.alt
    assert [image["alt"] for image in read_page(done.files["html"]).attributes("img")] == [chart.alt]
    pictures = Document(io.BytesIO(done.files["docx"])).element.iter(qn("wp:docPr"))
    assert [picture.get("descr") for picture in pictures] == [chart.alt]
    assert b"/StructTreeRoot" in done.files["pdf"] or b"ObjStm" in done.files["pdf"]
    sheet = load_workbook(io.BytesIO(done.files["xlsx"])).worksheets[1]
    assert len(sheet._charts) == 1
    assert [row[1] for row in sheet.iter_rows(min_row=sheet.max_row - 2, values_only=True)] == [81.2, 89.71, 93.88]


def test_score_tables_share_a_page_and_stand_upright():
    _, done = compiled()
    document = pypdfium2.PdfDocument(done.files["pdf"])
    pages = [folded(document[n].get_textpage().get_text_range()) for n in range(len(document))]
    both = [text for text in pages if folded("EIT ส่วนที่ 1") in text and folded("๙. การเปิดเผยข้อมูล") in text]
    assert len(both) == 1
    assert {tuple(round(side) for side in document[n].get_size()) for n in range(len(document))} == {(595, 842)}


def test_a_set_begins_with_the_analysis_where_results_are_known():
    report, _ = compiled(Kind.SET)
    assert [table.sheet for table in report.tables] == [
        "คะแนนรายเครื่องมือ", "คะแนนรายตัวชี้วัด", "ผลการวิเคราะห์", "แผนมาตรการ", "ตารางรายงานผล",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [Kind.ANALYSIS, Kind.SET])
def test_the_same_scores_give_the_same_bytes(kind: Kind):
    report, first = compiled(kind)
    second = render_all(report, lambda key: jpeg(key, size=(300, 200)))
    assert [name for name in FORMATS if first.files[name] != second.files[name]] == []
