"""The PDF: what it says, how it is built, and that nothing an officer types can stop it."""

from __future__ import annotations

import itertools
import re
import subprocess
from dataclasses import replace

import pypdfium2
import pytest

from bot.adapters.render.pictures import prepare_pictures
from bot.adapters.render.typst_pdf import compile_pdf
from bot.domain.rounds import RoundNo
from bot.reporting.build import build_report
from bot.reporting.model import Report
from tests.needs import needs
from tests.render.reading_back import PDF_READERS, PdfReader, by_pdfium, folded, poppler_info
from tests.reporting.sample_year import NOW, entry, full_year, jpeg, measure, one_measure, photo, update, year_of

_ABOVE_AND_BELOW = ("", "ั", "ิ", "ี", "ึ", "ื", "ุ", "ู", "ำ")
_TONES = ("", "่", "้", "๊", "๋")


def report_of(year, **options) -> Report:
    return build_report(year, RoundNo.TWELVE, compiled_at=NOW, **options)


def thai_clusters() -> list[str]:
    """Every consonant with every vowel above or below it and every tone mark, and the marks that stand alone."""
    consonants = [chr(point) for point in range(0x0E01, 0x0E2F) if chr(point) not in "ฃฅ"]
    joined = (
        consonant + (tone + vowel if vowel == "ำ" else vowel + tone) + ("" if vowel == "ำ" else "น")
        for consonant, vowel, tone in itertools.product(consonants, _ABOVE_AND_BELOW, _TONES)
    )
    return [*joined, *(consonant + mark for consonant in consonants for mark in ("็", "์", "ฺ"))]


@pytest.mark.parametrize("read", PDF_READERS)
def test_every_thai_cluster_is_read_back_whole_and_once(read: PdfReader):
    clusters = thai_clusters()
    # Rows of few words stay on one line each, so that a page's end never stands inside a piece.
    lines = [" ".join(clusters[at : at + 4]) for at in range(0, len(clusters), 4)]
    found = folded(read(compile_pdf(report_of(one_measure(summary="\n".join(lines), outcome=None))).data))
    assert [line for line in lines if found.count(folded(line)) != 1] == []


def test_a_sections_name_is_never_left_alone_at_the_foot_of_a_page():
    for before in range(1, 22):
        rows = [entry(measure(no, f"{no}. เรื่องที่ {no}", section="หมวดหนึ่ง")) for no in range(1, before + 1)]
        rows.append(entry(measure(before + 1, "เรื่องสุดท้าย", section="หมวดสอง")))
        data = compile_pdf(report_of(year_of(*rows))).data
        pages = [folded(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(data)]
        with_section = [page for page in pages if folded("หมวดสอง") in page]
        assert all(folded("เรื่องสุดท้าย") in page for page in with_section), before
        assert len(with_section) == 1, before


@pytest.mark.parametrize("read", PDF_READERS)
def test_long_cells_break_over_pages_without_losing_a_letter(read: PdfReader):
    sentence = "จัดทำคู่มือขั้นตอนการปฏิบัติงานและเผยแพร่น้ำใจให้ประชาชนรับทราบทั่วกัน ครั้งที่ {} "
    text = "".join(sentence.format(number) for number in range(100, 160))
    assert len(text) > 1_400
    data = compile_pdf(report_of(one_measure(summary=text, outcome=text))).data
    found = folded(read(data))
    whole = [folded(sentence.format(number)) for number in range(100, 160)]
    assert sum(found.count(piece) for piece in whole) >= 2 * len(whole) - 2 * page_count(data)
    headings = found.count(folded("ระยะเวลาดำเนินการ"))
    assert headings == page_count(data) - 1 > 2


def page_count(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


STRANGE = {
    "emoji": "ดีมาก 😀 👨‍👩‍👧 🇹🇭 👍🏽 ❤️ 1️⃣ ✅",
    "arabic": "กิจกรรม جاوي الْعَرَبِيَّة",
    "han_and_kana": "中文 日本 かな",
    "burmese_lao_khmer": "မြန်မာ ລາວ ខ្មែរ",
    "devanagari": "हिन्दी",
    "signs": "→ ⇒ ∞ ≥ ½ № ™ ฿ € ₫ ①②③ 𝗯𝗼𝗹𝗱 ☎ ■",
    "invisible": "ก\u200bข\u200c\u200d\u2060ค\ufeffง\u00adจ\u202eฉ\u202c",
    "controls": "".join(map(chr, range(0x20))) + "ก\x7f\x85\u2028\u2029ข",
    "typst_markup": '#panic() *ก* _ข_ $x$ \\ `a` "b" <c> @d [e] = f\n= ช\n- ซ\n// ฌ',
    "lonely_marks": "่ ้ ำ ั ็ ◌ a\u0e48 😀\u0e48 ฺ",
    "private_use": "ก \ue000\U000f0000 ข",
    "hangul": "한국어",
    "unassigned": "\u0378 \U0003fffd \ufffd \ufffc",
    "long_code": "x" * 400 + " https://a.example/" + "y" * 300,
    "long_thai": "ก" * 400 + "ๆ" * 200 + "๕" * 200 + "." * 200,
    "zalgo": "ก" + "\u0e49" * 60 + "Z" + "\u0301\u0316" * 60,
}


@pytest.mark.parametrize("name", sorted(STRANGE))
def test_any_text_compiles(name: str):
    strange = update(1, summary=STRANGE[name], outcome=STRANGE[name], evidence=(photo("k1", STRANGE[name]),))
    plain = update(2, summary="แถวถัดไปปกติ")
    year = year_of(entry(measure(1, STRANGE[name]), strange), entry(measure(2, "๒. ปกติ"), plain))
    ready, pictures = prepare_pictures(report_of(year), lambda key: jpeg(key, size=(60, 40)))
    found = folded(by_pdfium(compile_pdf(ready, pictures).data))
    assert "แถวถัดไปปกติ" in found
    if name == "typst_markup":
        assert folded(STRANGE[name]) in found


def test_what_no_font_shows_is_a_box_and_a_finding_that_says_where():
    done = compile_pdf(report_of(one_measure(summary="ก 한 ข", outcome=None)))
    assert folded("ก□ข") in folded(by_pdfium(done.data))
    assert [(f.code, f.measure_no, f.field, f.words) for f in done.findings] == [
        ("character_not_shown", 1, "summary", "한")
    ]


def test_what_typst_itself_refuses_is_a_box_too(monkeypatch):
    from bot.adapters.render import fonts

    monkeypatch.setattr(fonts.FontSet, "shows", lambda self, character: True)
    done = compile_pdf(report_of(one_measure(summary="ก 한국 \ue000 ข", outcome=None)))
    assert folded("ก□□□ข") in folded(by_pdfium(done.data))
    assert "한" in (done.findings[0].words or "")


def test_usual_emoji_and_signs_need_no_box():
    done = compile_pdf(report_of(one_measure(summary="😀 ✅ → ① 中文 ລາວ မြန်မာ جاوي", outcome=None)))
    assert done.findings == ()


@pytest.mark.parametrize("text", [STRANGE["long_code"], STRANGE["long_thai"]])
def test_no_text_runs_out_of_its_column(text: str):
    document = pypdfium2.PdfDocument(compile_pdf(report_of(one_measure(summary=text, outcome=None))).data)
    page = document[1]
    letters = page.get_textpage()
    boxes = [letters.get_charbox(n) for n in range(letters.count_chars())]
    right = page.get_width() - 56
    assert max(box[2] for box in boxes) <= right
    outcome_left = 56.7 + (page.get_width() - 113.4) * 0.83
    body = [box for box in boxes if box[1] < page.get_height() - 160 and box[3] > 60]
    assert max(box[2] for box in body) <= outcome_left
    letters.close()
    page.close()
    document.close()


def full_pdf() -> bytes:
    ready, pictures = prepare_pictures(report_of(full_year()), lambda key: jpeg(key))
    return compile_pdf(ready, pictures).data


def test_the_file_says_that_it_is_pdf_a_2a_and_pdf_ua_1():
    data = full_pdf()
    assert data.startswith(b"%PDF-1.7")
    for mark in (b"<pdfaid:part>2<", b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<", b"<rdf:li>th-TH<"):
        assert mark in data


@pytest.mark.poppler
def test_poppler_finds_it_tagged_and_titled(tmp_path):
    info = poppler_info(full_pdf(), tmp_path)
    assert "Tagged:          yes" in info
    assert "รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรม" in info


@pytest.mark.poppler
def test_the_structure_has_a_table_with_header_cells_figures_and_headings(tmp_path):
    needs("poppler")
    file = tmp_path / "report.pdf"
    file.write_bytes(full_pdf())
    done = subprocess.run(["pdfinfo", "-struct", str(file)], capture_output=True, check=True)
    tree = done.stdout.decode(errors="replace")
    for tag in ("Table", "THead", "TH", "TD", "Figure", "Caption", "H1", "H2"):
        assert re.search(rf"^\s*{tag}\b", tree, re.MULTILINE), tag
    assert "H3" not in tree


def test_bookmarks_lead_to_table_notes_and_annex():
    document = pypdfium2.PdfDocument(full_pdf())
    titles = [bookmark.get_title() for bookmark in document.get_toc()]
    document.close()
    assert titles[0].startswith("รายงานผลการดำเนินการ")
    assert "ปัญหา อุปสรรค และข้อเสนอแนะ" in titles
    assert "ภาคผนวก หลักฐานประกอบการรายงานผล" in titles


def test_the_cover_is_portrait_and_the_table_is_landscape():
    document = pypdfium2.PdfDocument(full_pdf())
    sizes = [document.get_page_size(number) for number in range(len(document))]
    document.close()
    assert sizes[0][0] < sizes[0][1]
    assert sizes[1][0] > sizes[1][1]
    assert sizes[-1][0] < sizes[-1][1]


def test_a_caption_stands_on_the_page_of_its_photo():
    pieces = tuple(photo(f"k{n}", f"คำบรรยายหมายเลข {n}") for n in range(1, 12))
    ready, pictures = prepare_pictures(report_of(one_measure(evidence=pieces)), lambda key: jpeg(key, size=(300, 400)))
    document = pypdfium2.PdfDocument(compile_pdf(ready, pictures).data)
    seen = 0
    for number in range(2, len(document)):
        page = document[number]
        text = page.get_textpage()
        photos = [each for each in page.get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
        captions = text.get_text_range().count("คำบรรยายหมายเลข")
        assert captions == len(photos)
        seen += captions
        text.close()
        page.close()
    document.close()
    assert seen == 11


def test_the_same_report_gives_the_same_bytes():
    assert full_pdf() == full_pdf()


def test_a_draft_says_so_on_its_cover_and_on_every_page():
    report = report_of(full_year(), draft=True)
    found = folded(by_pdfium(compile_pdf(report).data))
    assert found.count(folded(report.cover.draft)) >= 3


def test_page_numbers_are_thai_unless_the_agency_wants_others():
    assert "หน้า ๑" in by_pdfium(compile_pdf(report_of(one_measure())).data)
    assert "หน้า 1" in by_pdfium(compile_pdf(report_of(one_measure(), thai_digits=False)).data)


def test_a_report_without_measures_still_compiles():
    year = replace(full_year(), measures=())
    assert compile_pdf(report_of(year)).data.startswith(b"%PDF")
