"""Makes the fonts in this folder from the published packages: `python -m vendor.fonts.derive` from the root.

Needs Node's `npm` (to fetch the pinned packages) and fontTools. Two things are done to the fonts, and nothing else:

* Sarabun's mark anchors are flattened: the Y of all GPOS mark-to-base and mark-to-mark anchors becomes 0. Typst
  writes a cluster twice into a PDF's text layer when a mark is moved vertically (typst #7610). Sarabun puts its
  marks in place by substitution, so the page looks the same.
* The fallback fonts are cut to what an officer may type, without hinting, to keep the repository small.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from bot.adapters.render.mark_anchors import flatten

HERE = Path(__file__).resolve().parent


def _span(*ranges: tuple[int, int]) -> frozenset[int]:
    return frozenset(point for first, last in ranges for point in range(first, last + 1))


def _common_han() -> frozenset[int]:
    """The 3,755 most used Chinese characters (GB 2312, level 1), kana and East Asian punctuation."""
    han = {
        ord(bytes((row, cell)).decode("gb2312", "ignore") or "一")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFF)
    }
    return frozenset(han) | _span((0x3000, 0x30FF), (0xFF00, 0xFFEF))


@dataclass(frozen=True)
class Source:
    """A font file in a published package, and the part of it that we keep (None: all)."""

    package: str
    version: str
    file: str
    keep: frozenset[int] | None = None
    flatten: bool = False

    @property
    def name(self) -> str:
        """The file's name here: NotoSansLao_400Regular.ttf is NotoSansLao-Regular.ttf."""
        family, _, style = Path(self.file).stem.partition("_")
        return f"{family}-{style.lstrip('0123456789')}.ttf"


LATIN = _span(
    (0x20, 0x52F),
    (0x1D00, 0x1FFF),
    (0x2000, 0x218F),
    (0x2C60, 0x2C7F),
    (0xA720, 0xA7FF),
    (0xFB00, 0xFB06),
    (0xFFFC, 0xFFFD),
)
SYMBOLS = _span((0x2000, 0x2BFF), (0x1F100, 0x1F2FF), (0x1F650, 0x1F67F), (0x1F780, 0x1F8FF))
MATHS = _span((0x2000, 0x22FF), (0x25A0, 0x25FF), (0x27C0, 0x29FF), (0x1D400, 0x1D7FF))
SOURCES = (
    Source("sarabun", "0.4.1", "400Regular/Sarabun_400Regular.ttf", flatten=True),
    Source("sarabun", "0.4.1", "700Bold/Sarabun_700Bold.ttf", flatten=True),
    Source("noto-sans", "0.4.2", "400Regular/NotoSans_400Regular.ttf", LATIN),
    Source("noto-sans-symbols-2", "0.4.1", "400Regular/NotoSansSymbols2_400Regular.ttf", SYMBOLS),
    Source("noto-sans-symbols", "0.4.1", "400Regular/NotoSansSymbols_400Regular.ttf", SYMBOLS),
    Source("noto-sans-math", "0.4.2", "400Regular/NotoSansMath_400Regular.ttf", MATHS),
    Source("noto-emoji", "0.4.7", "400Regular/NotoEmoji_400Regular.ttf", None),
    Source("noto-sans-lao", "0.4.2", "400Regular/NotoSansLao_400Regular.ttf", None),
    Source("noto-sans-khmer", "0.4.3", "400Regular/NotoSansKhmer_400Regular.ttf", None),
    Source("noto-sans-myanmar", "0.4.2", "400Regular/NotoSansMyanmar_400Regular.ttf", None),
    Source("noto-sans-arabic", "0.4.3", "400Regular/NotoSansArabic_400Regular.ttf", None),
    Source("noto-sans-devanagari", "0.4.1", "400Regular/NotoSansDevanagari_400Regular.ttf", None),
    Source("noto-sans-sc", "0.4.3", "400Regular/NotoSansSC_400Regular.ttf", _common_han()),
)


def cut(font: TTFont, keep: frozenset[int]) -> None:
    """Leaves only what is needed to show the given characters."""
    options = subset.Options(
        hinting=False, layout_features=["*"], name_IDs=["*"], notdef_outline=True, glyph_names=False
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=keep & frozenset(font.getBestCmap()))
    cutter.subset(font)


def derive(source: Source, package: tarfile.TarFile) -> None:
    """Writes one font and its licence here."""
    member = package.extractfile(f"package/{source.file}")
    licence = package.extractfile("package/LICENSE_FONT")
    if member is None or licence is None:
        raise SystemExit(f"{source.package}: {source.file} or its licence is not in the package")
    font = TTFont(io.BytesIO(member.read()), recalcTimestamp=False)
    if source.flatten:
        flatten(font)
    else:
        cut(font, source.keep if source.keep is not None else frozenset(font.getBestCmap()))
    font.save(HERE / source.name)
    (HERE / f"OFL-{source.package}.txt").write_bytes(licence.read())


def main() -> None:
    """Fetches each package once and derives its fonts."""
    with tempfile.TemporaryDirectory() as folder:
        for source in SOURCES:
            name = f"@expo-google-fonts/{source.package}@{source.version}"
            file = Path(folder) / f"expo-google-fonts-{source.package}-{source.version}.tgz"
            if not file.exists():
                subprocess.run(["npm", "pack", "--silent", name], cwd=folder, check=True, stdout=sys.stderr)
            with tarfile.open(file) as package:
                derive(source, package)


if __name__ == "__main__":
    main()
