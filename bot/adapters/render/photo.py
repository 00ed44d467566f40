"""One photo made ready for print: upright, small, without metadata. Imports nothing of ours, for a quick process."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

PRINT_PIXELS, MANY_PIXELS, VERY_MANY_PIXELS = 1600, 1000, 640
"""The longest side; of many photos two share a line, where 1000 pixels are more than 300 to the inch and 640 above 200.

Typst holds all photos of a document unpacked at once: of three hundred, 640 pixels keep a compile below 1 GB.
"""
MANY, VERY_MANY = 12, 100
JPEG_QUALITY = 85
MAX_PIXELS = 80_000_000
BUDGET = 4_200_000
"""Bytes that the photos of a report of ordinary size share, so that its file stays under 5 MB."""
_LEAST_SHARE = 105_000
_TRIES = ((1.0, JPEG_QUALITY), (1.0, 76), (0.8, 72), (0.62, 66), (0.5, 60))
"""Parts of the size and qualities, until a photo fits its share."""


def for_print(stored: bytes, photos: int) -> tuple[bytes, int, int]:
    """The photo as JPEG with its width and height, made for a report of so many; raises for what is no photo."""
    with Image.open(io.BytesIO(stored)) as image:
        if image.width * image.height > MAX_PIXELS:
            raise ValueError("too many pixels")
        pixels = PRINT_PIXELS if photos <= MANY else MANY_PIXELS if photos <= VERY_MANY else VERY_MANY_PIXELS
        read_small(image, pixels)
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((pixels, pixels))
        flat = Image.new("RGB", upright.size, "white")
        with_alpha = upright.convert("RGBA") if "A" in upright.getbands() or "transparency" in upright.info else None
        flat.paste(with_alpha or upright.convert("RGB"), mask=with_alpha)
    return _within(flat, max(BUDGET // max(1, photos), _LEAST_SHARE))


def read_small(image: Image.Image, pixels: int) -> None:
    """Lets the JPEG decoder make the photo small while it reads; other files are read whole."""
    scale = min(1.0, pixels / max(image.size))
    image.draft("RGB", (max(1, int(image.width * scale)), max(1, int(image.height * scale))))


def _within(image: Image.Image, share: int) -> tuple[bytes, int, int]:
    """The photo as JPEG, made smaller and coarser until it fits its share of the file."""
    for part, quality in _TRIES:
        tried = image
        if part < 1:
            tried = image.resize((max(1, round(image.width * part)), max(1, round(image.height * part))))
        out = io.BytesIO()
        tried.save(out, "JPEG", quality=quality)
        if out.tell() <= share:
            break
    return out.getvalue(), tried.width, tried.height
