"""ISO base media files: HEIC and AVIF images, MP4, MOV, M4A and 3GP recordings."""

from __future__ import annotations

from collections.abc import Iterator

from bot.adapters.media.positions.iso_boxes import Box, boxes
from bot.adapters.media.positions.iso_items import item_patches
from bot.adapters.media.positions.patches import Data, Patch, number
from bot.adapters.media.positions.xmp import xmp_patches

# A box that says where: its type, wherever it stands in user data or metadata.
_PLACES = (b"\xa9xyz", b"loci", b"gps ", b"GPS ", b"\xa9gps")
_CONTAINERS = (b"moov", b"trak", b"udta", b"ilst", b"mpvd", b"moof", b"traf")
_XMP_ID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_DEEPEST = 8
_MOST_KEYS = 10_000


def iso_patches(data: Data, start: int, end: int, depth: int = 0) -> Iterator[Patch]:
    """Position data of the boxes between two offsets and of those within them."""
    if depth > _DEEPEST:
        return
    for box in boxes(data, start, end):
        if box.kind in _PLACES and depth:
            yield from _freed(box)
        elif box.kind == b"meta":
            yield from _metadata(data, box, depth)
        elif box.kind in _CONTAINERS:
            yield from iso_patches(data, box.body, box.end, depth + 1)
        elif box.kind == b"XMP_":
            yield from xmp_patches(data, box.body, box.end)
        elif box.kind == b"uuid" and data[box.body : box.body + 16] == _XMP_ID:
            yield from xmp_patches(data, box.body + 16, box.end)


def _freed(box: Box) -> Iterator[Patch]:
    """The box made free space."""
    yield box.at + 4, b"free"
    yield box.body, bytes(box.end - box.body)


def _metadata(data: Data, meta: Box, depth: int) -> Iterator[Patch]:
    """A metadata box: items (images), or keys with values (QuickTime), or iTunes' list."""
    start = meta.body if data[meta.body + 4 : meta.body + 8] == b"hdlr" else meta.body + 4
    children = {box.kind: box for box in boxes(data, start, meta.end)}
    yield from item_patches(data, children)
    keys, values = children.get(b"keys"), children.get(b"ilst")
    if keys and values:
        places = _keys_of_places(data, keys)
        for value in boxes(data, values.body, values.end):
            if int.from_bytes(value.kind, "big") in places:
                yield from _freed(value)
    yield from iso_patches(data, start, meta.end, depth + 1)


def _keys_of_places(data: Data, keys: Box) -> set[int]:
    """Which keys (from 1) are about a place: com.apple.quicktime.location.ISO6709 and its like."""
    found: set[int] = set()
    at = keys.body + 8
    for index in range(1, min(number(data, keys.body + 4, 4), _MOST_KEYS) + 1):
        if at + 8 > keys.end:
            break
        size = number(data, at, 4)
        name = data[at + 8 : min(at + size, keys.end)].lower()
        if b"location" in name or b"gps" in name:
            found.add(index)
        at += max(size, 8)
    return found
