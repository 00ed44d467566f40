"""Draws the rich menus' pictures; `make rich-menus` writes them to templates/rich_menus, where they are kept.

They are drawn here once and not at every start: letters need Pillow with Raqm to set Thai vowels and tone marks
where they belong, which not every machine has.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, PngImagePlugin, features

from bot.adapters.line.menu_icons import draw_icon
from bot.conversation.rich_menus import LANGUAGES, MENUS, WIDTH, Menu, Tile

ROOT = Path(__file__).resolve().parents[3]
PICTURES = ROOT / "templates" / "rich_menus"
_FONTS = ROOT / "vendor" / "fonts"

DESIGN = "1"
"""Raised when the same tiles are to look different."""

SHARPER = 2
"""Drawn so many times larger, then made smaller: round edges come out smooth."""

GREEN, DEEP, PAPER, CARD, LINE, INK, GREY, PALE = (
    "#0F5132", "#0B3D26", "#E6EFE9", "#FFFFFF", "#C7D8CD", "#12241B", "#4B5B52", "#DDEBE2",
)  # fmt: skip
MOST_COLOURS = 128
MARK = "Kaona-Menu"


def picture_path(menu: Menu, language: str) -> Path:
    """Where a menu's picture is kept."""
    return PICTURES / f"{menu.kind.value}.{language}.png"


def fingerprint(menu: Menu, language: str) -> str:
    """What a picture shows, shortened: written into it, so that one that is out of date is noticed."""
    return hashlib.sha256(f"{DESIGN}|{language}|{menu}".encode()).hexdigest()[:16]


def draw(menu: Menu, language: str) -> Image.Image:
    """The whole picture, in few colours so that it stays far below LINE's 1 MB."""
    canvas = Image.new("RGB", (WIDTH * SHARPER, menu.height * SHARPER), PAPER)
    pen = ImageDraw.Draw(canvas)
    for tile, place in menu.places():
        _draw_tile(pen, tile, LANGUAGES.index(language), place)
    small = canvas.resize((WIDTH, menu.height), Image.Resampling.LANCZOS)
    return small.quantize(MOST_COLOURS, dither=Image.Dither.NONE)


def _draw_tile(pen: ImageDraw.ImageDraw, tile: Tile, language: int, place: tuple[int, int, int, int]) -> None:
    left, top, width, height = (each * SHARPER for each in place)
    gap = 26 * SHARPER
    box = (left + gap, top + gap, left + width - gap, top + height - gap)
    fill, ink, faint = (GREEN, "#FFFFFF", "#D5EBDD") if tile.foremost else (CARD, INK, GREY)
    pen.rounded_rectangle(
        box, radius=64 * SHARPER, fill=fill, outline=DEEP if tile.foremost else LINE, width=5 * SHARPER
    )
    middle = (box[0] + box[2]) // 2
    reach = 118 * SHARPER
    centre = (middle, box[1] + 236 * SHARPER)
    disc = (centre[0] - reach * 1.3, centre[1] - reach * 1.3, centre[0] + reach * 1.3, centre[1] + reach * 1.3)
    pen.ellipse(disc, fill=DEEP if tile.foremost else PALE)
    draw_icon(pen, tile.icon, centre, reach, "#FFFFFF" if tile.foremost else GREEN)
    room = box[2] - box[0] - 60 * SHARPER
    _write(pen, tile.label[language], (middle, box[1] + 588 * SHARPER), "Bold", 132, room, ink)
    _write(pen, tile.hint[language], (middle, box[1] + 733 * SHARPER), "Regular", 82, room, faint)


def _write(
    pen: ImageDraw.ImageDraw, text: str, foot: tuple[int, int], weight: str, size: int, room: int, ink: str
) -> None:
    """A line of text standing on a point, smaller where it would not fit."""
    while True:
        font = ImageFont.truetype(_FONTS / f"Sarabun-{weight}.ttf", size * SHARPER, layout_engine=ImageFont.Layout.RAQM)
        if pen.textlength(text, font=font, language="th") <= room or size <= 60:
            break
        size -= 4
    pen.text(foot, text, font=font, fill=ink, anchor="ms", language="th")


def main() -> None:
    """Draw every menu in every language."""
    if not features.check("raqm"):
        raise SystemExit("Pillow has no Raqm here, so Thai marks would be misplaced; nothing was drawn")
    PICTURES.mkdir(exist_ok=True)
    for menu in MENUS.values():
        for language in LANGUAGES:
            about = PngImagePlugin.PngInfo()
            about.add_text(MARK, fingerprint(menu, language))
            draw(menu, language).save(picture_path(menu, language), optimize=True, pnginfo=about)


if __name__ == "__main__":
    main()
