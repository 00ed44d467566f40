"""The report renderer that the services ask for: every format, photos from the media store, progress in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from bot.adapters.render.fonts import font_set
from bot.adapters.render.mark import renderer_mark
from bot.adapters.render.render_all import render_all, renderers
from bot.ports.outside import MediaStore
from bot.reporting.model import Report
from bot.reporting.rendering import CompiledReport, Renderer


class ReportFiles:
    """Keeps bot.ports.outside.ReportRenderer's promise; fonts and templates stay warm between compiles.

    Args:
        own_fonts: a folder with the agency's own fonts, used first; it need not exist.
    """

    def __init__(self, own_fonts: Path) -> None:
        self._own_fonts = own_fonts

    @cached_property
    def _font_dirs(self) -> tuple[Path, ...]:
        return (self._own_fonts,) if self._own_fonts.is_dir() else ()

    @cached_property
    def _renderers(self) -> dict[str, Renderer]:
        return renderers(self._font_dirs)

    def load(self) -> None:
        """Read the fonts now, so that the forks of a worker need not; starts no thread."""
        font_set(self._font_dirs)

    def mark(self) -> str:
        """Of the renderers, the shipped templates, the fonts and what they are built on."""
        return renderer_mark(self._own_fonts)

    def render(
        self, report: Report, formats: Sequence[str], media: MediaStore, progress: Callable[[str, float], None]
    ) -> CompiledReport:
        """Every asked-for format, with the findings of the model, the photos and the drawing."""

        def stored(key: str) -> bytes:
            with media.open(key) as file:
                return file.read()

        drawers = self._renderers
        if report.word_template and "docx" in formats:
            from bot.adapters.word_template.drawing import TemplatedDocx

            drawers = {**drawers, "docx": TemplatedDocx(stored(report.word_template.key))}
        return render_all(report, stored, formats=formats, drawers=drawers, progress=progress)
