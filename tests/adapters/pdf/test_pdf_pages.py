"""The text layer of real PDF files: our own reports read back, and files that are no use refused in bounds."""

from __future__ import annotations

import zlib

import pytest

from bot.adapters.limited import Limits
from bot.adapters.pdf.pages import PdfPages
from bot.adapters.render.render_all import render_all
from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput
from bot.domain.rounds import RoundNo
from bot.importing.pdf_rows import tables_of_pdf
from bot.importing.plan import read_plan
from bot.reporting.build import build_report
from bot.reporting.kinds import Kind
from bot.reporting.styles import DEFAULTS, NAMED
from tests.reporting.sample_year import NOW, full_year


def pdf_of(style: str) -> bytes:
    chosen = NAMED[style]
    report = build_report(
        full_year(), RoundNo.TWELVE, compiled_at=NOW, kind=chosen.kind, styles={**DEFAULTS, chosen.kind: chosen}
    )
    return render_all(report, lambda key: b"", formats=("pdf",)).files["pdf"]


@pytest.mark.parametrize("style", ["A1", "B4"])
def test_our_own_plan_comes_back_as_a_draft(style: str) -> None:
    data = pdf_of(style)
    tables, _ = tables_of_pdf("plan.pdf", PdfPages().pages("plan.pdf", data))
    measures = read_plan("plan.pdf", data, FiscalYear(2567), tables=tables).measures
    wanted = [entry.measure for entry in full_year().measures]
    assert [m.title.replace(" ", "") for m in measures] == [
        m.title.replace(" ", "").translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) for m in wanted
    ]
    assert all(m.responsible == "สำนักปลัด/กองคลัง" for m in measures)
    assert NAMED[style].kind is Kind.PLAN


def _pdf(content: bytes, *, compress: bool = False) -> bytes:
    """A file of one page with this content."""
    body = zlib.compress(content, 9) if compress else content
    packed = b"/Filter /FlateDecode " if compress else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< " + packed + b"/Length %d >>\nstream\n%b\nendstream" % (len(body), body),
    ]
    out = bytearray(b"%PDF-1.4\n")
    for number, each in enumerate(objects, start=1):
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    return bytes(out) + b"trailer << /Root 1 0 R >>\n"


def test_a_plain_page_is_read_in_pieces_with_their_places() -> None:
    (page,) = PdfPages().pages("a.pdf", _pdf(b"BT /F 12 Tf 100 700 Td (Hello) Tj 200 0 Td (there) Tj ET"))
    assert [segment.text for segment in page.segments] == ["Hello", "there"]
    assert page.segments[0].left == pytest.approx(100, abs=2)
    assert page.segments[1].left == pytest.approx(300, abs=2)
    assert 125 < page.segments[0].middle < 150


@pytest.mark.parametrize("data", [b"%PDF-1.7 plan", b"%PDF-1.4\n%%EOF", _pdf(b"x")[:80]])
def test_a_damaged_file_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(BadInput, match="เสียหาย"):
        PdfPages().pages("ผิด.pdf", data)


def test_a_bomb_is_stopped_by_its_limits_and_told() -> None:
    bomb = _pdf(
        b"BT /F 1 Tf " + b"(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj " * 3_000_000 + b"ET", compress=True
    )
    assert len(bomb) < 1_000_000
    with pytest.raises(BadInput, match=r"นานเกินกำหนด|หน่วยความจำเกินกำหนด|เกิน 200 หน้า"):
        PdfPages(Limits(seconds=10, memory_mib=300, file_mib=10)).pages("bomb.pdf", bomb)
