"""Keeps bot.ports.word_templates.WordTemplates's promise."""

from __future__ import annotations

from bot.adapters.render.pictures import prepare_pictures
from bot.adapters.word_template.drawing import draw_template
from bot.adapters.word_template.starting import KINDS, starting_template
from bot.domain.errors import NotFound
from bot.ports.outside import MediaStore
from bot.reporting.kinds import Kind
from bot.reporting.model import Report
from bot.reporting.rendering import DrawnTemplate
from bot.reporting.styles import TableStyle


class WordTemplateFiles:
    """Word templates by our own hands: found, filled and previewed without Word."""

    def starting(self, kind: Kind, style: TableStyle | None, *, thai_digits: bool, with_code: bool) -> bytes:
        """The template that an agency starts from.

        Raises:
            NotFound: documents of that kind have no template.
        """
        if kind not in KINDS:
            raise NotFound(f"documents of the kind {kind.value} have no template")
        return starting_template(kind, style, thai_digits=thai_digits, with_code=with_code)

    def draw(self, data: bytes, report: Report, media: MediaStore) -> DrawnTemplate:
        """The document with its outline, or every problem that was found."""

        def stored(key: str) -> bytes:
            with media.open(key) as file:
                return file.read()

        ready, pictures = prepare_pictures(report, stored)
        return draw_template(data, ready, pictures, with_outline=True)
