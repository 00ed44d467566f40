"""Draws one report in any of the formats."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from bot.adapters.render.docx import DocxFile
from bot.adapters.render.html import HtmlFile
from bot.adapters.render.json_ import JsonFile
from bot.adapters.render.pictures import prepare_pictures
from bot.adapters.render.typst_pdf import TypstPdf
from bot.adapters.render.xlsx import XlsxFile
from bot.domain.errors import CompileFailed, KaonaError
from bot.reporting.model import Finding, Report
from bot.reporting.rendering import CompiledReport, ImageSource, Renderer

TELL_EVERY = 0.5
"""Seconds between words about photos; a cancelled compile ends with the next of them."""
FORMATS = ("pdf", "docx", "xlsx", "html", "json")
_WORDS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "html": "HTML", "json": "JSON"}


def renderers(font_dirs: tuple[Path, ...] = ()) -> dict[str, Renderer]:
    """A renderer for each format; `font_dirs` are the folders with an agency's own fonts."""
    return {
        "pdf": TypstPdf(font_dirs),
        "docx": DocxFile(),
        "xlsx": XlsxFile(),
        "html": HtmlFile(),
        "json": JsonFile(),
    }


def render_all(
    report: Report,
    images: ImageSource,
    *,
    formats: Iterable[str] = FORMATS,
    drawers: Mapping[str, Renderer] | None = None,
    progress: Callable[[str, float], None] = lambda stage, part: None,
) -> CompiledReport:
    """The report's files by format, with all findings; a photo that cannot be read never stops the rest.

    Args:
        report: what to draw.
        images: gives a photo's stored bytes or file by its key.
        formats: names out of FORMATS.
        drawers: the renderers by format, when they are there already.
        progress: is told in Thai what is being done, and how far it is from 0 to 1.

    Raises:
        CompileFailed: a format cannot be drawn, or photos cannot be fetched just now.
    """
    drawers, wanted = drawers or renderers(), tuple(formats)
    progress("เตรียมภาพถ่าย", 0.05)
    told = time.monotonic()

    def photos(count: int, of: int) -> None:
        nonlocal told
        if time.monotonic() - told > TELL_EVERY:
            told = time.monotonic()
            progress(f"เตรียมภาพถ่าย {count} จาก {of}", 0.05 + 0.15 * count / of)

    ready, pictures = prepare_pictures(report, images, photos)
    files: dict[str, bytes] = {}
    findings: list[Finding] = list(ready.findings)
    for place, name in enumerate(wanted):
        words = _WORDS.get(name, name)
        progress(f"จัดทำ {words}", 0.2 + 0.75 * place / len(wanted))
        try:
            drawn = drawers[name].render(ready, pictures)
        except (KaonaError, TimeoutError, MemoryError):
            raise
        except Exception as problem:
            raise CompileFailed(f"จัดทำ {words} ไม่สำเร็จ ({type(problem).__name__})") from problem
        files[name] = drawn.data
        findings += drawn.findings
    return CompiledReport(files=files, findings=tuple(findings))
