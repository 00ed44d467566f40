"""The code on the cover can be scanned: every module of the printed picture is where segno put it."""

from __future__ import annotations

import io
import re
import zipfile

import pypdfium2
import pytest
from PIL import Image

from bot.adapters.render.docx import DocxFile
from bot.adapters.render.html import HtmlFile
from bot.adapters.render.qr import ALT, qr_matrix, qr_png, qr_svg
from bot.adapters.render.typst_pdf import compile_pdf
from bot.domain.rounds import RoundNo
from bot.reporting.build import build_report
from bot.reporting.model import Report
from bot.reporting.versions import inputs_hash, with_code
from tests.render.reading_back import by_pdfium, docx_text, poppler_info
from tests.reporting.sample_year import NOW, one_measure

SITE = "https://kaona.example.go.th"


def coded(site: str = SITE) -> Report:
    report = build_report(one_measure(summary="ทำแล้ว"), RoundNo.TWELVE, compiled_at=NOW, site=site)
    return with_code(report, inputs_hash(report))


def modules(picture: Image.Image, count: int) -> list[list[bool]]:
    """Which modules of a printed code are dark: a sample at the middle of each, within the code's outline."""
    grey = picture.convert("L")
    left, top, right, bottom = grey.point(lambda tone: 255 if tone < 128 else 0).getbbox() or (0, 0, 0, 0)
    step = ((right - left) / count, (bottom - top) / count)
    return [
        [grey.getpixel((int(left + (x + 0.5) * step[0]), int(top + (y + 0.5) * step[1]))) < 128 for x in range(count)]
        for y in range(count)
    ]


def code_on_the_page(data: bytes) -> Image.Image:
    """The part of the cover that holds the code: above the link in words."""
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    text = page.get_textpage()
    place = text.search("https://").get_next()
    assert place is not None
    _, _, _, link_top = text.get_charbox(place[0])
    scale = 6
    picture = page.render(scale=scale).to_pil()
    bottom = picture.height - int(link_top * scale) - 4
    middle, size = picture.width * (2.5 + 16 / 2 + 0.5) / 21, 2.6 / 29.7 * picture.height
    return picture.crop((int(middle - size), int(bottom - size), int(middle + size), bottom))


def test_the_code_in_the_pdf_has_every_module_in_its_place():
    report = coded()
    wanted = qr_matrix(report.cover.link)
    assert modules(code_on_the_page(compile_pdf(report).data), len(wanted)) == wanted


def test_the_code_in_word_has_every_module_in_its_place():
    report = coded()
    wanted = qr_matrix(report.cover.link)
    data = DocxFile().render(report, {}).data
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        pictures = [name for name in package.namelist() if name.startswith("word/media/")]
        drawn = Image.open(io.BytesIO(package.read(pictures[0])))
        assert f'descr="{ALT} {report.cover.link}"' in package.read("word/document.xml").decode()
    assert modules(drawn, len(wanted)) == wanted
    assert report.cover.link in docx_text(data)


def test_the_pdf_stays_tagged_and_names_the_code_for_those_who_cannot_see_it(tmp_path):
    data = compile_pdf(coded()).data
    info = poppler_info(data, tmp_path)
    assert re.search(r"Tagged:\s+yes", info)
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert coded().cover.link in by_pdfium(data).replace("\r\n", "")


def test_the_web_page_draws_the_code_itself_and_names_it():
    report = coded()
    page = HtmlFile().render(report, {}).data.decode()
    assert f'role="img" aria-label="{ALT} {report.cover.link}"' in page
    assert qr_svg(report.cover.link, inline=True) in page
    assert f'href="{report.cover.link}"' in page
    assert "xmlns" not in qr_svg(report.cover.link, inline=True)


@pytest.mark.parametrize("draw", [compile_pdf, lambda report: DocxFile().render(report, {})])
def test_the_same_version_is_the_same_bytes(draw):
    assert draw(coded()).data == draw(coded()).data
    assert qr_png(SITE) == qr_png(SITE)


def test_without_a_public_address_only_the_code_in_letters_is_there():
    report = coded(site="")
    assert "<svg" not in HtmlFile().render(report, {}).data.decode()
    with zipfile.ZipFile(io.BytesIO(DocxFile().render(report, {}).data)) as package:
        assert not [name for name in package.namelist() if name.startswith("word/media/")]
    text = by_pdfium(compile_pdf(report).data)
    assert report.cover.version.split()[-1] in text
    assert "http" not in text
