"""The report renderer that the services ask for: every format, photos from the media store, progress in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

from bot.adapters.render.fonts import font_set
from bot.adapters.render.pictures import prepare_pictures
from bot.adapters.render.render_all import renderers
from bot.domain.errors import CompileFailed, KaonaError
from bot.ports.outside import MediaStore
from bot.reporting.model import Finding, Report
from bot.reporting.rendering import CompiledReport, Renderer

_WORDS = {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "html": "HTML", "json": "JSON"}


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

    def render(
        self, report: Report, formats: Sequence[str], media: MediaStore, progress: Callable[[str, float], None]
    ) -> CompiledReport:
        """Every asked-for format, with the findings of the model, the photos and the drawing."""
        progress("เตรียมภาพถ่าย", 0.05)
        ready, pictures = prepare_pictures(report, lambda key: _stored(media, key))
        files: dict[str, bytes] = {}
        findings: list[Finding] = list(ready.findings)
        for place, name in enumerate(formats):
            progress(f"จัดทำ {_WORDS.get(name, name)}", 0.2 + 0.75 * place / len(formats))
            try:
                drawn = self._renderers[name].render(ready, pictures)
            except KaonaError:
                raise
            except Exception as problem:
                raise CompileFailed(f"จัดทำ {_WORDS.get(name, name)} ไม่สำเร็จ ({type(problem).__name__})") from problem
            files[name] = drawn.data
            findings += drawn.findings
        return CompiledReport(files=files, findings=tuple(findings))


def _stored(media: MediaStore, key: str) -> bytes:
    with media.open(key) as file:
        return file.read()
