"""The items of HEIC and AVIF images that hold EXIF and XMP (ISO/IEC 14496-12, 8.11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.adapters.media.positions.iso_boxes import Box, boxes
from bot.adapters.media.positions.patches import Data, Patch, joined, number, spread
from bot.adapters.media.positions.tiff import tiff_patches
from bot.adapters.media.positions.xmp import xmp_patches

_MOST_ITEMS = 20_000
_IN_FILE, _IN_IDAT = 0, 1

Pieces = list[tuple[int, int]]


def item_patches(data: Data, children: Mapping[bytes, Box]) -> Iterator[Patch]:
    """Position data of the EXIF and XMP items of a metadata box with those children."""
    info, places = children.get(b"iinf"), children.get(b"iloc")
    if info is None or places is None:
        return
    kinds = dict(_kinds(data, info))
    inside = children.get(b"idat")
    for item, pieces in _places(data, places, inside):
        kind = kinds.get(item)
        if kind is None:
            continue
        content = joined(data, pieces)
        if kind == b"Exif" and len(content) > 4:
            start = 4 + int.from_bytes(content[:4], "big")
            yield from spread(tiff_patches(content, start, len(content)), pieces)
        elif kind == b"mime":
            yield from spread(xmp_patches(content, 0, len(content)), pieces)


def _kinds(data: Data, info: Box) -> Iterator[tuple[int, bytes]]:
    """Item ids with their types, EXIF and MIME ones only (of versions 2 and 3, the only ones with types)."""
    wide = data[info.body] != 0
    for count, box in enumerate(boxes(data, info.body + (8 if wide else 6), info.end)):
        version = data[box.body] if box.end > box.body else 0
        if box.kind != b"infe" or version < 2 or count > _MOST_ITEMS:
            continue
        id_size = 2 if version == 2 else 4
        kind = bytes(data[box.body + 4 + id_size + 2 : box.body + 4 + id_size + 6])
        if kind in (b"Exif", b"mime"):
            yield number(data, box.body + 4, id_size), kind


class _Cursor:
    """Reads numbers one after the other."""

    def __init__(self, data: Data, at: int, end: int) -> None:
        self._data, self.at, self._end = data, at, end

    def take(self, size: int) -> int:
        if self.at + size > self._end:
            raise ValueError("the box is cut short")
        value = number(self._data, self.at, size) if size else 0
        self.at += size
        return value


def _places(data: Data, places: Box, inside: Box | None) -> Iterator[tuple[int, Pieces]]:
    """Item ids with the pieces of the file that hold them."""
    cursor = _Cursor(data, places.body, places.end)
    version = cursor.take(1)
    cursor.take(3)
    sizes = cursor.take(2)
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    for _ in range(min(cursor.take(2 if version < 2 else 4), _MOST_ITEMS)):
        item = cursor.take(2 if version < 2 else 4)
        method = cursor.take(2) & 15 if version else _IN_FILE
        cursor.take(2)
        base = cursor.take(base_size)
        if method == _IN_IDAT and inside:
            base += inside.body
        pieces: Pieces = []
        for _ in range(cursor.take(2)):
            cursor.take(index_size)
            offset, length = cursor.take(offset_size), cursor.take(length_size)
            pieces.append((base + offset, length or len(data) - base - offset))
        if method == _IN_FILE or (method == _IN_IDAT and inside):
            yield item, pieces
