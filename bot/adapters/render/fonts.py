"""The fonts that reports are set in: the agency's own first, then Sarabun, then fallbacks for everything else.

System fonts are left alone, so that the same report gives the same file on every machine.
"""

from __future__ import annotations

import io
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # fontTools ships no type marker

from bot.adapters.render.mark_anchors import flatten, places_tones_by_substitution

VENDORED = Path(__file__).resolve().parents[3] / "vendor" / "fonts"
OFFICIAL = ("TH SarabunIT๙", "TH Sarabun New", "TH SarabunPSK")
"""The official faces, in the order in which an agency's own files are preferred."""
SARABUN = "Sarabun"
FALLBACKS = (
    "Noto Sans",
    "Noto Emoji",
    "Noto Sans Symbols",
    "Noto Sans Symbols 2",
    "Noto Sans Math",
    "Noto Sans Lao",
    "Noto Sans Khmer",
    "Noto Sans Myanmar",
    "Noto Sans Arabic",
    "Noto Sans Devanagari",
    "Noto Sans SC",
)
MISSING = "□"
_BODY_PT = {SARABUN: 11.5}
_OFFICIAL_PT = 16.0
_KO_KAI = 0x0E01
_FONT_SUFFIXES = {".ttf", ".otf"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FontSet:
    """Fonts loaded for Typst, with what they can show.

    Attributes:
        families: family names, first choice first.
        body_pt: the size at which the first family looks like TH Sarabun at 16 pt.
        draws_thai_digits: the first family draws Arabic digits as Thai ones (the IT๙ faces do), so addresses
            must not be set in it.
    """

    families: tuple[str, ...]
    body_pt: float
    draws_thai_digits: bool
    coverage: frozenset[int]
    loaded: typst.Fonts

    def shows(self, character: str) -> bool:
        """Whether some font has a glyph for the character, or it needs none."""
        return ord(character) in self.coverage or needs_no_glyph(character)


def needs_no_glyph(character: str) -> bool:
    """Whether a character is invisible by nature: line ends, joiners, variation selectors, direction marks."""
    return (
        character == "\n"
        or unicodedata.category(character) == "Cf"
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )


@lru_cache(maxsize=8)
def font_set(font_dirs: tuple[Path, ...] = ()) -> FontSet:
    """The fonts for an agency whose own files are in these folders; loaded once per process."""
    own = [_prepared(folder) for folder in font_dirs if folder.is_dir()]
    own_families = dict(family for folder in own for family in _families(folder))
    first = _first_family(own_families)
    families = tuple(dict.fromkeys(([first] if first else []) + [SARABUN, *FALLBACKS]))
    coverage = frozenset(
        point for folder in (*own, VENDORED) for name, cmap in _families(folder) if name in families for point in cmap
    )
    return FontSet(
        families=families,
        body_pt=_BODY_PT.get(first or SARABUN, _OFFICIAL_PT if first in OFFICIAL else 12.0),
        draws_thai_digits="IT๙" in (first or "") or "IT9" in (first or ""),
        coverage=coverage,
        loaded=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder) for folder in (*own, VENDORED)],
        ),
    )


def _first_family(own: dict[str, frozenset[int]]) -> str | None:
    for family in (*OFFICIAL, SARABUN):
        if family in own:
            return family
    return next((family for family, cmap in sorted(own.items()) if _KO_KAI in cmap), None)


_kept: list[tempfile.TemporaryDirectory[str]] = []
"""Folders of prepared fonts; they live as long as the process, because Typst reads fonts when it needs them."""


def _prepared(folder: Path) -> Path:
    """A folder with copies of an agency's fonts that Typst can set without doubling text."""
    kept = tempfile.TemporaryDirectory(prefix="kaona-fonts-")
    _kept.append(kept)
    for file, font in _fonts(folder):
        if places_tones_by_substitution(font):
            flatten(font)
        font.save(Path(kept.name) / file.name)
    return Path(kept.name)


def _families(folder: Path) -> Iterator[tuple[str, frozenset[int]]]:
    for _, font in _fonts(folder):
        yield font["name"].getBestFamilyName(), frozenset(font.getBestCmap())


def _fonts(folder: Path) -> Iterator[tuple[Path, TTFont]]:
    for file in sorted(_files(folder)):
        font = _readable(file)
        if font is not None:
            yield file, font


def _readable(file: Path) -> TTFont | None:
    """The font in a file; None for a broken one, which is no reason to print nothing."""
    try:
        font = TTFont(io.BytesIO(file.read_bytes()), recalcTimestamp=False)
        usable = font["name"].getBestFamilyName() and font.getBestCmap()
    except Exception:  # fontTools fails in many ways on a damaged file
        return None
    return font if usable else None


def _files(folder: Path) -> Iterable[Path]:
    return (file for file in folder.iterdir() if file.suffix.lower() in _FONT_SUFFIXES)
