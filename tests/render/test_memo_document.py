"""The memo, its opinions and the preface: the same words in every format, and signatures that keep whole."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from bot.adapters.render.docx_styles import LOOKS
from bot.adapters.render.pictures import prepare_pictures
from bot.adapters.render.render_all import FORMATS, render_all
from bot.adapters.render.typst_pdf import compile_pdf
from bot.adapters.render.xlsx_letters import OPINION_HEADS
from bot.domain.documents import DocumentChoices, MemoFields
from bot.reporting.kinds import PARTS, Kind
from bot.reporting.letters import MEMO_TITLE, Memo
from bot.reporting.model import Report
from bot.reporting.rendering import CompiledReport
from tests.render.html_reading import read_page
from tests.render.reading_back import PDF_READERS, PdfReader, by_pdfium, docx_text, folded, poppler_info, xlsx_rows
from tests.reporting.sample_year import jpeg
from tests.reporting.signed_memo import OPINIONS, memo_report, signatures

ALL = tuple(PARTS)


def photo(key: str) -> bytes:
    return jpeg(key, size=(300, 300))


@lru_cache
def compiled(kind: Kind = Kind.MEMO, parts: tuple[str, ...] = ()) -> tuple[Report, CompiledReport]:
    report = memo_report(kind, parts=parts)
    return report, render_all(report, photo)


def memo_of(report: Report) -> Memo:
    assert report.memo is not None
    return report.memo


def said_in(memo: Memo) -> list[str]:
    """Everything that the memo says, in reading order."""
    said = [MEMO_TITLE, *(text for pair in memo.head() for text in pair), *memo.paragraphs, memo.closing]
    for block in memo.blocks:
        said += [block.label, block.opinion, block.in_brackets, *block.positions, block.dated]
    return [text for text in (*said, memo.note) if text]


def document_xml(files: Mapping[str, bytes]) -> bytes:
    return zipfile.ZipFile(io.BytesIO(files["docx"])).read("word/document.xml")


def pages_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [folded(page.get_textpage().get_text_range()) for page in document]


@pytest.mark.parametrize("read", PDF_READERS)
@pytest.mark.parametrize(("kind", "parts"), [(Kind.MEMO, ()), (Kind.SET, ALL)])
def test_the_pdf_says_every_word_of_the_memo_in_order(read: PdfReader, kind: Kind, parts: tuple[str, ...]):
    report, done = compiled(kind, parts)
    rest = folded(read(done.files["pdf"]))
    rest = rest[rest.rindex(folded("ส่วนราชการ" + memo_of(report).department)) - len(folded(MEMO_TITLE)) :]
    for text in said_in(memo_of(report)):
        assert folded(text) in rest, text
        rest = rest[rest.index(folded(text)) + len(folded(text)) :]


@pytest.mark.parametrize(("kind", "parts"), [(Kind.MEMO, ()), (Kind.SET, ALL)])
def test_word_and_page_say_every_word_of_the_memo_in_order(kind: Kind, parts: tuple[str, ...]):
    report, done = compiled(kind, parts)
    page = read_page(done.files["html"])
    shown = "".join(data for data in _all_text(done.files["html"]))
    assert page.unclosed == []
    for rest in (folded(docx_text(done.files["docx"])), folded(shown)):
        at = 0
        for text in said_in(memo_of(report)):
            found = rest.find(folded(text), at)
            assert found >= 0, text
            at = found + 1


def _all_text(html: bytes) -> list[str]:
    from html.parser import HTMLParser

    class Texts(HTMLParser):
        found: list[str] = []  # noqa: RUF012 — read once

        def handle_data(self, data: str) -> None:
            self.found.append(data)

    reader = Texts()
    reader.found = []
    reader.feed(html.decode())
    return reader.found


def test_the_sheet_holds_head_body_and_a_row_for_each_step():
    report, done = compiled()
    memo = memo_of(report)
    rows = xlsx_rows(done.files["xlsx"], 0)
    assert load_workbook(io.BytesIO(done.files["xlsx"])).sheetnames == [MEMO_TITLE]
    assert [(row[0], row[1]) for row in rows[1:6]] == list(memo.head())
    assert [row[0] for row in rows[6 : 7 + len(memo.paragraphs)]] == [*memo.paragraphs, memo.closing]
    start = rows.index(list(OPINION_HEADS))
    assert rows[start + 1 : start + 6] == [
        [block.label, block.opinion, block.name, "\n".join(block.positions), block.dated] for block in memo.blocks
    ]
    assert rows[-1][0] == memo.note


def test_the_json_is_that_of_the_year_and_nothing_else():
    report, done = compiled()
    assert json.loads(done.files["json"]) == json.loads(json.dumps(report.year))
    assert set(json.loads(done.files["json"])) == {"agency", "fiscal_year", "measures"}


def test_the_memo_is_in_thai_digits_but_for_codes():
    memo = memo_of(memo_report())
    assert memo.number == "ศน ๗๑๒๐๑/๑๒๓"
    assert memo.dated == "๒๘ กันยายน ๒๕๖๗"
    assert "รายงานผลการดำเนินการแล้ว ๔ มาตรการ จากทั้งหมด ๖ มาตรการ" in memo.paragraphs[-1]
    assert memo.paragraphs[-1].endswith("(รหัสฉบับ K7RM-3XQA)")
    assert memo.blocks[2].opinion.endswith("ขอภาพมาตรการที่ ๓ เพิ่ม")
    assert memo.addressee == "นายกองค์การบริหารส่วนตำบลทรายทองงาม"


def test_an_acting_post_has_two_lines_and_an_unsigned_step_none_of_the_words():
    blocks = memo_of(memo_report()).blocks
    assert blocks[3].positions == ("รองปลัดองค์การบริหารส่วนตำบล รักษาราชการแทน", "ปลัดองค์การบริหารส่วนตำบลทรายทองงาม")
    assert (blocks[4].signed, blocks[4].opinion, blocks[4].dated, blocks[4].name) == (False, "", "", "")
    assert blocks[0].dated == "๒๗ กันยายน ๒๕๖๗"


def test_what_is_not_known_yet_is_left_to_write_by_hand():
    report = memo_report(fields=MemoFields(), signatures=(), chain=(), choices=DocumentChoices())
    memo = memo_of(report)
    assert (memo.number, memo.dated, memo.note) == ("ศน ๗๑๒๐๑/", "", "")
    assert [block.label for block in memo.blocks] == ["ผู้รายงาน"]
    done = render_all(report, photo, formats=("pdf", "docx", "html"))
    word = docx_text(done.files["docx"])
    assert "ลงชื่อ ....." in word
    assert "ตำแหน่ง ....." in word
    assert "วันที่ ....." in word
    assert "ตำแหน่ง" in by_pdfium(done.files["pdf"])
    assert ".." not in by_pdfium(done.files["pdf"]), "dots are drawn, so that nobody has to listen to them"


def test_a_memo_by_itself_has_no_cover_and_stands_upright():
    _, done = compiled()
    document = pypdfium2.PdfDocument(done.files["pdf"])
    assert {tuple(round(side) for side in document[n].get_size()) for n in range(len(document))} == {(595, 842)}
    assert pages_of(done.files["pdf"])[0].startswith(folded(MEMO_TITLE))
    page = read_page(done.files["html"])
    assert page.of("h1") == [MEMO_TITLE]
    assert len(Document(io.BytesIO(done.files["docx"])).sections) == 1


@pytest.mark.poppler
def test_the_pdf_keeps_its_promises(tmp_path: Path):
    report, done = compiled()
    info = poppler_info(done.files["pdf"], tmp_path)
    assert "Tagged:          yes" in info
    metadata = done.files["pdf"]
    assert b"pdfuaid" in metadata
    assert b"<pdfaid:part>2</pdfaid:part>" in metadata
    assert report.title in info


def test_the_emblem_is_drawn_where_there_is_one_and_its_place_stays_empty_else():
    report, done = compiled()
    bare = memo_report(choices=DocumentChoices())
    without = render_all(bare, photo, formats=("html", "docx"))
    assert len(read_page(done.files["html"]).attributes("img")) == 1
    assert read_page(without.files["html"]).attributes("img") == []
    assert [b"wp:anchor" in document_xml(files) for files in (done.files, without.files)] == [True, False]
    unreadable = render_all(report, lambda key: b"no picture", formats=("pdf",))
    assert folded(MEMO_TITLE) in folded(by_pdfium(unreadable.files["pdf"]))


def test_a_signature_is_never_split_wherever_the_page_ends():
    for lines in range(0, 40, 3):
        body = "\n".join(f"ย่อหน้าที่ {number} ว่าด้วยผลการดำเนินการ" for number in range(lines + 1))
        report = memo_report(fields=MemoFields(body=body))
        ready, pictures = prepare_pictures(report, photo)
        pages = pages_of(compile_pdf(ready, pictures).data)
        for block in memo_of(report).blocks:
            held = folded("".join((*block.positions, block.dated or "วันที่")))
            assert sum(held in page for page in pages) == 1, (lines, block.label)
            label = next(page for page in pages if folded(block.label) in page)
            assert held in label, f"{block.label} stands apart from its signature after {lines} lines"
        last = folded(memo_of(report).blocks[-1].label)
        assert any(last in page and folded(memo_of(report).note) in page for page in pages), "the note stands alone"


def test_a_very_long_opinion_breaks_over_pages_and_loses_no_letter():
    sentence = "ขอให้ทุกส่วนราชการติดตามน้ำหนักงานและรายงานซ้ำ ครั้งที่ {} "
    long = "".join(sentence.format(number) for number in range(100, 220))
    report = memo_report(signatures=signatures((None, long, *OPINIONS[2:])))
    assert len(long) > 5_000
    ready, pictures = prepare_pictures(report, photo)
    pages = pages_of(compile_pdf(ready, pictures).data)
    assert len(pages) >= 3
    whole = "".join(pages)
    missing = [number for number in range(100, 220) if folded(sentence.format(number)) not in whole]
    assert len(missing) <= len(pages), "but for what stands across a page's end"
    signed = folded("".join(memo_of(report).blocks[1].positions) + memo_of(report).blocks[1].dated)
    assert sum(signed in page for page in pages) == 1


def test_any_text_in_the_memo_compiles():
    strange = '#panic() 😀 \u202e ก\u0e49\u0e49 <b>{{ x }}</b> {measures} {soup} "'
    fields = MemoFields(department=strange, subject=strange, addressee=strange, body=strange, closing=strange)
    report = memo_report(fields=fields, signatures=signatures((strange,) * 4))
    done = render_all(report, photo)
    assert folded("#panic()") in folded(by_pdfium(done.files["pdf"]))
    assert b"<b>{{" not in done.files["html"]
    assert "{soup}" in memo_of(report).paragraphs[0]
    assert "{measures}" not in memo_of(report).paragraphs[0]


def test_the_preface_says_its_words_and_is_signed_by_the_agency():
    report, done = compiled(Kind.SET, ALL)
    assert report.preface is not None
    assert len(report.preface.paragraphs) == 3
    assert report.preface.dated == "กันยายน ๒๕๖๗"
    texts = [*report.preface.paragraphs, report.preface.signer]
    word, page = folded(docx_text(done.files["docx"])), folded("".join(_all_text(done.files["html"])))
    sheet = [row[0] for row in xlsx_rows(done.files["xlsx"], 0)]
    pdf = folded(by_pdfium(done.files["pdf"]))
    for text in texts:
        assert folded(text) in pdf
        assert folded(text) in word
        assert folded(text) in page
        assert text in sheet


def test_an_agencys_own_preface_is_taken_word_for_word_with_its_places_filled():
    own = "ย่อหน้าแรก {measures} มาตรการ\n\nย่อหน้าที่สอง {soup}"
    report = memo_report(Kind.SET, parts=("preface", "plan"), choices=DocumentChoices(preface=own))
    assert report.preface is not None
    assert report.preface.paragraphs == ("ย่อหน้าแรก ๖ มาตรการ", "ย่อหน้าที่สอง {soup}")


def test_a_set_stands_in_its_order_with_contents_that_name_every_page():
    _, done = compiled(Kind.SET, ALL)
    outline = [folded(str(item.get_title())) for item in pypdfium2.PdfDocument(done.files["pdf"]).get_toc()]
    assert outline[:2] == [folded("คำนำ"), folded(MEMO_TITLE)]
    contents = next(page for page in pages_of(done.files["pdf"]) if page.startswith(folded("สารบัญ")))
    assert contents.index(folded("คำนำ")) < contents.index(folded(MEMO_TITLE)) < contents.index(folded("ภาคผนวก"))
    styles = {(p.text, p.style.name) for p in Document(io.BytesIO(done.files["docx"])).paragraphs}
    assert {("คำนำ", "Letter Title"), (MEMO_TITLE, "Memo Title"), ("คำนำ", "toc 1"), (MEMO_TITLE, "toc 1")} <= styles
    assert {look.outline for look in LOOKS if look.name in {"Letter Title", "Memo Title"}} == {0}


@pytest.mark.parametrize(
    "parts",
    [("memo",), ("annex",), ("preface", "contents"), ("contents", "memo", "outcome"), ("plan", "annex"), ("progress",)],
)
def test_a_set_holds_what_was_chosen_and_nothing_else(parts: tuple[str, ...]):
    report, done = compiled(Kind.SET, parts)
    assert set(done.files) == set(FORMATS)
    assert (report.memo is not None) is ("memo" in parts)
    assert (report.preface is not None) is ("preface" in parts)
    assert report.contents is ("contents" in parts)
    assert [table.sheet for table in report.tables] == [
        {"plan": "แผนมาตรการ", "progress": "ตารางรายงานผล", "outcome": "ผลผลิตและผลลัพธ์"}[part]
        for part in ("plan", "progress", "outcome")
        if part in parts
    ]
    assert bool(report.annex) is ("annex" in parts)


@pytest.mark.parametrize(("kind", "parts"), [(Kind.MEMO, ()), (Kind.SET, ALL)])
def test_the_same_memo_gives_the_same_bytes(kind: Kind, parts: tuple[str, ...]):
    report, first = compiled(kind, parts)
    second = render_all(report, photo)
    assert [name for name in FORMATS if first.files[name] != second.files[name]] == []


def test_the_styles_of_the_memo_set_thai_for_complex_script_too():
    _, done = compiled()
    document = Document(io.BytesIO(done.files["docx"]))
    bold = {look.name for look in LOOKS if look.bold}
    for name in {paragraph.style.name for paragraph in document.paragraphs}:
        properties = document.styles[name].element.rPr
        assert properties.find(qn("w:szCs")) is not None
        assert (properties.find(qn("w:bCs")) is not None) is (name in bold)
    title = next(look for look in LOOKS if look.name == "Memo Title")
    label = next(look for look in LOOKS if look.name == "Memo Label")
    assert (title.size, title.bold, label.size, label.bold) == (29, True, 20, True)


def test_a_draft_memo_says_so():
    report = memo_report(draft=True)
    done = render_all(replace(report), photo, formats=("pdf", "html", "docx"))
    assert folded(report.cover.draft) in folded(by_pdfium(done.files["pdf"]))
    assert report.cover.draft in done.files["html"].decode()
