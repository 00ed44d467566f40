"""Make a filled template a finished document: photos in their places, properties, the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.text.run import Run

from bot.adapters.render.docx_parts import add_picture
from bot.adapters.render.pictures import fitted
from bot.adapters.render.zips import stable
from bot.domain.calendar import BANGKOK
from bot.reporting.fields import PICTURES
from bot.reporting.rendering import Picture

PICTURE_MARK = "\ue000photo {}\ue001"
_MARK = re.compile("\ue000photo (\\d+)\ue001")
_CELL_SIDES_CM = 0.4
_TWIPS_A_CM = 567


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A photo with what it shows, in words for those who cannot see it, and the box in centimetres that it fills."""

    picture: Picture
    alt: str
    name: str
    box: tuple[float, float] = (13.0, 8.5)


def finished(filled: bytes, photos: Mapping[int, Shown], title: str, agency: str, moment: datetime) -> bytes:
    """The document.

    Args:
        filled: the template's archive with its fields filled.
        photos: by the number in their marks.
        title: the document's title, for its properties.
        agency: who published it.
        moment: when it was made.
    """
    document = Document(io.BytesIO(filled))
    for text in [t for t in document.element.body.iter(qn("w:t")) if t.text and _MARK.search(t.text)]:
        numbers = [int(number) for number in _MARK.findall(text.text)]
        text.text = _MARK.sub("", text.text)
        for number in numbers:
            _show(document, text, photos[number])
    core = document.core_properties
    core.title, core.author, core.last_modified_by = title[:255], agency[:255], agency[:255]
    core.created = core.modified = core.last_printed = moment.astimezone(BANGKOK).replace(tzinfo=None)
    core.revision = 1
    out = io.BytesIO()
    document.save(out)
    return stable(out.getvalue(), moment)


def marked(values: Any, number_of: Callable[[str], int | None]) -> Any:
    """The values with a mark for each photo that can be drawn, and none of the characters that marks are made of."""
    match values:
        case str():
            return values.translate({0xE000: None, 0xE001: None})
        case list():
            return [marked(each, number_of) for each in values]
        case dict():
            return {
                name: _mark(number_of(each)) if name in PICTURES else marked(each, number_of)
                for name, each in values.items()
            }
    return values


def _mark(number: int | None) -> str:
    return "" if number is None else PICTURE_MARK.format(number)


def _show(document: Any, text: Any, shown: Shown) -> None:
    element = next(text.iterancestors(qn("w:r")))
    run = Run(element, document.paragraphs[0] if document.paragraphs else document)
    width, height = fitted(shown.picture, *_room(element, shown.box))
    add_picture(run, shown.picture.data, width, height, alt=shown.alt, name=shown.name)


def _room(run: Any, box: tuple[float, float]) -> tuple[float, float]:
    """The size in centimetres that a photo may have: no wider than its cell, when it stands in a table."""
    cell = next(run.iterancestors(qn("w:tc")), None)
    width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}") if cell is not None else None
    if width is None or width.get(qn("w:type")) != "dxa":
        return box
    inner = max(1.0, int(width.get(qn("w:w")) or 0) / _TWIPS_A_CM - _CELL_SIDES_CM)
    return min(box[0], inner), box[1]
