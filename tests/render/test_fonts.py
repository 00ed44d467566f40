"""Which fonts a report is set in."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from bot.adapters.render.fonts import SARABUN, VENDORED, font_set
from bot.adapters.render.mark_anchors import flatten, places_tones_by_substitution
from bot.adapters.render.typst_pdf import compile_pdf
from bot.domain.rounds import RoundNo
from bot.reporting.build import build_report
from tests.render.reading_back import by_pdfium, folded
from tests.reporting.sample_year import NOW, one_measure


def font_named(family: str, folder: Path) -> Path:
    """A font of another name made from ours, as an agency might put it into its folder."""
    with TTFont(VENDORED / "Sarabun-Regular.ttf") as font:
        for record in font["name"].names:
            if record.nameID in {1, 16}:
                record.string = family
            elif record.nameID in {4, 6}:
                record.string = family.replace(" ", "")
        font.save(folder / "own.ttf")
    return folder


def test_without_an_agencys_fonts_the_text_is_sarabun():
    assert font_set().families[0] == SARABUN
    assert font_set() is font_set()


@pytest.mark.parametrize(("family", "shows_thai"), [("TH SarabunIT๙", True), ("TH Sarabun New", False)])
def test_an_agencys_own_official_font_comes_first(family: str, shows_thai: bool, tmp_path: Path):
    fonts = font_set((font_named(family, tmp_path),))
    assert fonts.families[:2] == (family, SARABUN)
    assert fonts.body_pt == 16
    assert fonts.draws_thai_digits is shows_thai
    report = build_report(one_measure(), RoundNo.TWELVE, compiled_at=NOW)
    done = compile_pdf(report, font_dirs=(tmp_path,))
    assert folded("จัดทำคู่มือมาตรฐานการให้บริการประชาชน") in folded(by_pdfium(done.data))
    assert done.findings == ()


def test_a_broken_font_file_is_passed_over(tmp_path: Path):
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    assert font_set((tmp_path,)).families[0] == SARABUN


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_sarabun_is_flat_and_places_its_tone_marks_by_substitution(weight: str):
    with TTFont(VENDORED / f"Sarabun-{weight}.ttf") as font:
        assert places_tones_by_substitution(font)
        before = font["GPOS"].compile(font)
        flatten(font)
        assert font["GPOS"].compile(font) == before


def test_every_font_has_its_licence_beside_it():
    fonts = list(VENDORED.glob("*.ttf"))
    licences = list(VENDORED.glob("OFL-*.txt"))
    assert len(fonts) == 13
    assert len(licences) == 12
    assert all("SIL OPEN FONT LICENSE" in licence.read_text().upper() for licence in licences)
    assert sum(font.stat().st_size for font in fonts) < 6_000_000
