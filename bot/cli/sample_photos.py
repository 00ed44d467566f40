"""Draws the sample agency's photos: simple scenes, so that no real person or place is shown."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

_SIZE = (1200, 900)
_SKY, _WALL, _FLOOR, _WOOD = "#dbe9f4", "#f7f1e3", "#d9c9a8", "#9c6b3f"
_SHIRTS = ("#3b6ea5", "#c0504d", "#6a9955", "#8064a2", "#d19a3a", "#4f8f8f")


def photo(scene: str) -> bytes:
    """A JPEG of the scene: counter, assembly or meeting."""
    from PIL import Image
    from PIL import ImageDraw as Drawing

    image = Image.new("RGB", _SIZE, _WALL)
    draw = Drawing.Draw(image)
    draw.rectangle((0, 620, 1200, 900), fill=_FLOOR)
    _SCENES[scene](draw)
    stored = io.BytesIO()
    image.save(stored, "JPEG", quality=88)
    return stored.getvalue()


def _counter(d: ImageDraw) -> None:
    _board(d, (120, 90, 560, 470), rows=7)
    d.rectangle((640, 140, 1100, 420), fill=_SKY, outline=_WOOD, width=10)
    d.line((870, 140, 870, 420), fill=_WOOD, width=8)
    d.rectangle((60, 560, 1140, 800), fill=_WOOD)
    d.rectangle((60, 540, 1140, 575), fill="#7b5230")
    for place, x in enumerate((330, 860)):
        _person(d, x, 540, _SHIRTS[place])


def _assembly(d: ImageDraw) -> None:
    _board(d, (300, 60, 900, 300), rows=3)
    for row, y in enumerate((620, 760, 890)):
        for place in range(6):
            _person(d, 130 + place * 190 + (row % 2) * 60, y, _SHIRTS[(row + place) % len(_SHIRTS)])


def _meeting(d: ImageDraw) -> None:
    _chart(d)
    d.polygon(((180, 700), (1020, 700), (1160, 860), (40, 860)), fill=_WOOD)
    for place, x in enumerate((210, 400, 600, 800, 990)):
        _person(d, x, 710, _SHIRTS[place])


_SCENES: dict[str, Callable[[ImageDraw], None]] = {"counter": _counter, "assembly": _assembly, "meeting": _meeting}


def _person(d: ImageDraw, x: int, y: int, shirt: str) -> None:
    d.ellipse((x - 38, y - 190, x + 38, y - 110), fill="#e0b48a", outline="#5b4636", width=3)
    d.pieslice((x - 40, y - 196, x + 40, y - 120), 180, 360, fill="#2e2620")
    d.rounded_rectangle((x - 62, y - 108, x + 62, y + 10), radius=26, fill=shirt)


def _board(d: ImageDraw, box: tuple[int, int, int, int], rows: int) -> None:
    left, top, right, bottom = box
    d.rectangle(box, fill="white", outline=_WOOD, width=12)
    d.rectangle((left + 30, top + 28, right - 30, top + 62), fill="#274b6d")
    step = (bottom - top - 100) / rows
    for row in range(rows):
        y = top + 90 + row * step
        d.ellipse((left + 34, y, left + 54, y + 20), fill="#d19a3a")
        d.rectangle((left + 70, y + 3, right - 60 - (row % 3) * 40, y + 15), fill="#8aa0b4")


def _chart(d: ImageDraw) -> None:
    d.rectangle((330, 60, 870, 420), fill="white", outline="#444444", width=8)
    for place, height in enumerate((90, 150, 190, 260)):
        x = 410 + place * 110
        d.rectangle((x, 380 - height, x + 70, 380), fill=_SHIRTS[place])
    d.line((390, 380, 830, 380), fill="#444444", width=4)
