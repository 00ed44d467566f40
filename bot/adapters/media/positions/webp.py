"""WebP: the EXIF and XMP chunks of its RIFF container."""

from __future__ import annotations

from collections.abc import Iterator

from bot.adapters.media.positions.patches import Data, Patch
from bot.adapters.media.positions.tiff import tiff_patches
from bot.adapters.media.positions.xmp import xmp_patches

_MOST_CHUNKS = 1_000_000


def webp_patches(data: Data) -> Iterator[Patch]:
    """Position data of the metadata chunks."""
    at = 12
    for _ in range(_MOST_CHUNKS):
        if at + 8 > len(data):
            return
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body, end = at + 8, min(at + 8 + length, len(data))
        if kind == b"EXIF":
            # Some writers keep JPEG's "Exif" before the structure.
            yield from tiff_patches(data, body + 6 if data[body : body + 5] == b"Exif\x00" else body, end)
        elif kind == b"XMP ":
            yield from xmp_patches(data, body, end)
        at = body + length + length % 2
