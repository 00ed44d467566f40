"""Every named table style and kind of document says the same in every format, cell by cell, in its own look."""

from __future__ import annotations

import io
from functools import lru_cache

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from bot.adapters.render.render_all import FORMATS, render_all
from bot.domain.rounds import RoundNo
from bot.reporting.build import build_report
from bot.reporting.kinds import TABLES, Kind
from bot.reporting.letters import MEMO_TITLE
from bot.reporting.model import MeasureRow, Report, SectionRow, Table
from bot.reporting.rendering import CompiledReport
from bot.reporting.style_json import read_style
from bot.reporting.styles import DEFAULTS, NAMED, TableStyle
from tests.render.html_reading import read_page
from tests.render.reading_back import by_pdfium, docx_table, docx_text, folded, xlsx_rows
from tests.reporting.sample_year import NOW, jpeg
from tests.reporting.styled_year import styled_year

OWN = {
    "base": "C1", "name": "ของเรา", "paper": "f14", "landscape": False, "font_pt": 12, "sections": True, "per_page": 1,
    "footer": "ข้อมูลของ {agency}", "title": "ผลของปี {fiscal_year} รอบ {round}",
    "columns": [
        {"key": "responsible", "title": "ใคร", "width": 10}, {"key": "measure", "title": "เรื่องอะไร", "width": 20},
        {"key": "status", "title": "ถึงไหน", "width": 10, "group": "ผล"},
        {"key": "summary", "title": "ทำอะไร", "width": 30, "group": "ผล"},
    ],
}  # fmt: skip
STYLES = [*NAMED.values(), read_style(OWN)]


@lru_cache
def compiled(kind: Kind, style: TableStyle | None = None) -> tuple[Report, CompiledReport]:
    styles = {**DEFAULTS, **({style.kind: style} if style else {})}
    report = build_report(styled_year(), RoundNo.TWELVE, compiled_at=NOW, kind=kind, styles=styles)
    return report, render_all(report, lambda key: jpeg(key, size=(300, 200)))


def of_style(style: TableStyle) -> tuple[Report, CompiledReport]:
    return compiled(style.kind, style)


def texts_of(row: SectionRow | MeasureRow) -> tuple[str, ...]:
    return (row.title,) if isinstance(row, SectionRow) else row.cells


def wide(table: Table, row: SectionRow | MeasureRow) -> list[str]:
    return [row.title] * len(table.columns) if isinstance(row, SectionRow) else list(row.cells)


def flat_heads(table: Table) -> list[list[str]]:
    """The headings as a reader of merged cells finds them."""
    if len(table.head_rows()) == 1:
        return [[column.title for column in table.columns]]
    return [[c.group or c.title for c in table.columns], [c.title for c in table.columns]]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_the_pdf_holds_headings_and_every_cell_in_order(style: TableStyle):
    report, done = of_style(style)
    rest = folded(by_pdfium(done.files["pdf"]))
    for column in report.table.columns:
        assert folded(column.title) in rest
    for row in report.table.rows:
        for text in texts_of(row):
            assert folded(text) in rest, text
            rest = rest[rest.index(folded(text)) + len(folded(text)) :]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_the_word_tables_are_the_models(style: TableStyle):
    report, done = of_style(style)
    heads = flat_heads(report.table)
    for number, page in enumerate(report.table.pages()):
        found = docx_table(done.files["docx"], number)
        assert found[: len(heads)] == heads
        assert found[len(heads) :] == [wide(report.table, row) for row in page]
        headers = Document(io.BytesIO(done.files["docx"])).tables[number].rows
        assert [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in headers].count(True) == len(heads)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_the_sheet_is_the_models_table(style: TableStyle):
    report, done = of_style(style)
    rows = xlsx_rows(done.files["xlsx"], 0)
    start = len(report.cover.lines()) + 1
    heads = report.table.head_rows()
    assert [text for text in rows[start] if text] == [head.text for head in heads[0]]
    found = [[text for text in row if text] for row in rows[start + len(heads) :]]
    wanted = [[text for text in texts_of(row) if text] for row in report.table.rows]
    assert found == [*wanted, *([[report.table.footer]] if report.table.footer else [])]
    sheet = load_workbook(io.BytesIO(done.files["xlsx"])).worksheets[0]
    assert sheet.auto_filter.ref
    assert sheet.print_title_rows == f"${start + 1}:${start + len(heads)}"
    assert sheet.page_setup.orientation == ("landscape" if style.landscape else "portrait")


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_the_page_is_the_models_table(style: TableStyle):
    report, done = of_style(style)
    found = read_page(done.files["html"]).tables[0]
    heads = report.table.head_rows()
    assert found[: len(heads)] == [[head.text for head in row] for row in heads]
    assert found[len(heads) :] == [list(texts_of(row)) for row in report.table.rows]


def test_measures_with_pages_of_their_own_have_them_and_repeat_what_the_style_repeats():
    for style, again in ((NAMED["D1"], False), (NAMED["C1"], True)):
        report, done = of_style(style)
        document = pypdfium2.PdfDocument(done.files["pdf"])
        pages = [folded(document[n].get_textpage().get_text_range()) for n in range(len(document))]
        head = folded(report.table.columns[0].title)
        with_table = [text for text in pages if head in text]
        assert len(with_table) >= len(report.table.pages()) > 1
        assert sum(folded(report.table.title) in text for text in pages) == (len(report.table.pages()) if again else 1)
        if style.footer:
            assert sum(folded(report.table.footer) in text for text in pages) == len(report.table.pages())
    sections = [row for page in of_style(NAMED["C1"])[0].table.pages() for row in page if isinstance(row, SectionRow)]
    assert len(sections) > len({row.title for row in sections})


def test_an_own_style_fills_its_words_and_sets_its_paper():
    report, done = of_style(STYLES[-1])
    assert report.table.title == "ผลของปี ๒๕๖๗ รอบ ๑๒"
    assert report.table.footer == "ข้อมูลของ องค์การบริหารส่วนตำบลทรายทองงาม"
    width, height = pypdfium2.PdfDocument(done.files["pdf"])[1].get_size()
    assert (round(width / 72 * 2.54, 1), round(height / 72 * 2.54, 1)) == (21.6, 33.0)
    section = Document(io.BytesIO(done.files["docx"])).sections[1]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.6, 33.0)


def test_upright_and_lying_pages_stand_in_one_file():
    document = pypdfium2.PdfDocument(compiled(Kind.SET)[1].files["pdf"])
    sizes = {tuple(round(side) for side in document[n].get_size()) for n in range(len(document))}
    assert sizes == {(595, 842), (842, 595)}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_document_has_its_parts_in_every_format(kind: Kind):
    report, done = compiled(kind)
    assert set(done.files) == set(FORMATS)
    assert len(report.tables) == len(TABLES[kind])
    pdf, word = folded(by_pdfium(done.files["pdf"])), folded(docx_text(done.files["docx"]))
    page = folded("".join(text for _, text in read_page(done.files["html"]).blocks))
    titles = [table.title for table in report.tables] + [note.title for note in report.notes]
    titles += [report.annex_title] if report.annex else []
    for text in [*titles, *(report.cover.lines() if report.has_cover else [MEMO_TITLE])]:
        assert folded(text) in pdf
        assert folded(text) in word
        assert folded(text) in page
    sheets = load_workbook(io.BytesIO(done.files["xlsx"])).sheetnames
    alone = "ปก" if report.has_cover else MEMO_TITLE
    assert sheets[0] == (report.tables[0].sheet if report.tables else alone)
    assert ("ภาคผนวกหลักฐาน" in sheets) is bool(report.annex)


def test_a_set_has_contents_that_lead_to_its_parts():
    report, done = compiled(Kind.SET)
    page = read_page(done.files["html"])
    ids = {attributes.get("id") for _, attributes in page.elements}
    links = [str(a["href"])[1:] for a in page.attributes("a") if str(a["href"]).startswith("#")]
    assert len(links) > 3
    assert set(links) <= ids
    outline = [item.get_title() for item in pypdfium2.PdfDocument(done.files["pdf"]).get_toc()]
    for table in report.tables:
        assert any(folded(table.title) in folded(title) for title in outline)
    fields = [e.text for e in Document(io.BytesIO(done.files["docx"])).element.iter(qn("w:instrText"))]
    assert sum("TOC" in (text or "") for text in fields) == 1


def test_a_plan_tells_of_no_round_and_has_no_finding():
    report, _ = compiled(Kind.PLAN)
    assert report.cover.round == ""
    assert "รอบ" not in report.title + report.running + report.table.title
    assert report.findings == ()


@pytest.mark.parametrize("kind", [Kind.SET, Kind.PLAN])
def test_the_same_document_gives_the_same_bytes(kind: Kind):
    report, first = compiled(kind)
    second = render_all(report, lambda key: jpeg(key, size=(300, 200)))
    assert [name for name in FORMATS if first.files[name] != second.files[name]] == []
