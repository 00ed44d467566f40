"""PDF by Typst: tagged PDF/UA-1 and PDF/A-2a in one file, fonts embedded, the same bytes for the same report."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

import typst

from bot.adapters.render.fonts import FontSet, font_set
from bot.adapters.render.typst_data import Shown, picture_file, template_data
from bot.domain.errors import CompileFailed
from bot.reporting.model import Report
from bot.reporting.rendering import Picture, Rendered

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "report" / "progress"
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
_REFUSALS = 24
_REFUSED_TEXT = re.compile(r"the text `\"(.*)\"` could not be displayed|disallowed codepoint `\"(.*)\"`", re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")


class TypstPdf:
    """Draws the PDF; its fonts stay loaded, so a warm process is fast."""

    def __init__(self, font_dirs: tuple[Path, ...] = ()) -> None:
        self._font_dirs = font_dirs

    def render(self, report: Report, pictures: Mapping[str, Picture]) -> Rendered:
        """The PDF, with a finding for every text of which some character could not be shown."""
        return compile_pdf(report, pictures, font_dirs=self._font_dirs)


def compile_pdf(
    report: Report, pictures: Mapping[str, Picture] | None = None, *, font_dirs: tuple[Path, ...] = ()
) -> Rendered:
    """The report as PDF.

    Raises:
        CompileFailed: Typst refused the document for something other than a character.
    """
    fonts = font_set(font_dirs)
    pictures = pictures or {}
    with tempfile.TemporaryDirectory(prefix="kaona-pdf-") as folder:
        root = Path(folder)
        for number, picture in enumerate(pictures.values()):
            (root / picture_file(number)).write_bytes(picture.data)
        for template in TEMPLATES.glob("*.typ"):
            (root / template.name).write_bytes(template.read_bytes())
        refused: tuple[str, ...] = ()
        for _ in range(_REFUSALS):
            shown = Shown(fonts, refused)
            data = template_data(report, pictures, shown)
            try:
                return Rendered(data=_compile(root, data, report, fonts), findings=tuple(shown.findings))
            except typst.TypstError as error:
                refused = (*refused, _refused_text(error))
        raise CompileFailed("Typst refused too many characters")


def _compile(root: Path, data: Mapping[str, object], report: Report, fonts: FontSet) -> bytes:
    return typst.compile(
        str(root / "document.typ"),
        root=str(root),
        font_paths=fonts.loaded,
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=report.compiled_at,
    )


def _refused_text(error: typst.TypstError) -> str:
    """The text that Typst could not set, so that the next try prints a box in its place."""
    found = _REFUSED_TEXT.search(error.message)
    if not found:
        raise CompileFailed(error.message) from error
    quoted = found.group(1) or found.group(2) or ""
    return _ESCAPE.sub(lambda e: chr(int(e.group(1), 16)) if e.group(1) else _unescaped(e.group(2)), quoted)


def _unescaped(letter: str) -> str:
    return {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}.get(letter, letter)
