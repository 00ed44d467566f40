"""Draws one report in any of the formats."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.adapters.render.docx import DocxFile
from bot.adapters.render.html import HtmlFile
from bot.adapters.render.json_ import JsonFile
from bot.adapters.render.pictures import prepare_pictures
from bot.adapters.render.typst_pdf import TypstPdf
from bot.adapters.render.xlsx import XlsxFile
from bot.reporting.model import Finding, Report
from bot.reporting.rendering import CompiledReport, ImageSource, Renderer

FORMATS = ("pdf", "docx", "xlsx", "html", "json")


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
    font_dirs: tuple[Path, ...] = (),
) -> CompiledReport:
    """The report's files by format, with all findings; a photo that cannot be read never stops the rest.

    Args:
        report: what to draw.
        images: gives a photo's stored bytes or file by its key.
        formats: names out of FORMATS.
        font_dirs: folders with an agency's own fonts, used first.
    """
    ready, pictures = prepare_pictures(report, images)
    available = renderers(font_dirs)
    files: dict[str, bytes] = {}
    findings: list[Finding] = list(ready.findings)
    for name in formats:
        drawn = available[name].render(ready, pictures)
        files[name] = drawn.data
        findings += drawn.findings
    return CompiledReport(files=files, findings=tuple(findings))
