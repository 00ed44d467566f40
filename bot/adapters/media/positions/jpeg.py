"""JPEG: EXIF and XMP in APP1 segments, of the image and of what phones append to it."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

from bot.adapters.media.positions.iso_media import iso_patches
from bot.adapters.media.positions.patches import Data, Patch, joined, number, spread
from bot.adapters.media.positions.tiff import tiff_patches
from bot.adapters.media.positions.xmp import xmp_patches

_EXIF = b"Exif\x00"
_XMP = b"http://ns.adobe.com/xap/1.0/\x00"
_MORE_XMP = b"http://ns.adobe.com/xmp/extension/\x00"
_MORE_XMP_HEADER = len(_MORE_XMP) + 32 + 4 + 4  # the digest, the whole length, the offset of this part
_APP1, _START_OF_SCAN, _END_OF_IMAGE = 0xE1, 0xDA, 0xD9
_BARE_MARKERS = {0x01, *range(0xD0, 0xD9)}
# After entropy-coded data: a marker that is neither a stuffed FF, a restart nor padding.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_APPENDED = re.compile(rb"\xff\xd8\xff|\x00\x00[\x00-\x0f].ftyp", re.DOTALL)
_MOST_IMAGES = 16
_MOST_SEGMENTS = 100_000


def jpeg_patches(data: Data) -> Iterator[Patch]:
    """Position data of the image, then of appended ones (multi-picture files) and videos (motion photos)."""
    at = 0
    for _ in range(_MOST_IMAGES):
        end = yield from _image(data, at)
        found = _APPENDED.search(data, end)
        if found is None:
            return
        if found.group().endswith(b"ftyp"):
            yield from iso_patches(data, found.start(), len(data))
            return
        at = found.start()


def _image(data: Data, start: int) -> Generator[Patch, None, int]:
    """Yields the patches of one image and returns where it ends."""
    at = start + 2
    more_xmp: list[tuple[int, int]] = []
    for _ in range(_MOST_SEGMENTS):
        if at + 4 > len(data) or data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker == 0xFF or marker in _BARE_MARKERS:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == _END_OF_IMAGE:
            break
        body, end = at + 4, at + 2 + number(data, at + 2, 2)
        if marker == _APP1:
            yield from _app1(data, body, min(end, len(data)), more_xmp)
        at = end
        if marker == _START_OF_SCAN:
            found = _NEXT_MARKER.search(data, end)
            at = found.start() if found else len(data)
    yield from spread(xmp_patches(joined(data, more_xmp), 0, len(data)), more_xmp)
    return min(at + 2, len(data))


def _app1(data: Data, body: int, end: int, more_xmp: list[tuple[int, int]]) -> Iterator[Patch]:
    head = data[body : min(end, body + len(_MORE_XMP))]
    if head.startswith(_EXIF):
        yield from tiff_patches(data, body + 6, end)
    elif head.startswith(_XMP):
        yield from xmp_patches(data, body + len(_XMP), end)
    elif head == _MORE_XMP and body + _MORE_XMP_HEADER <= end:
        more_xmp.append((body + _MORE_XMP_HEADER, end - body - _MORE_XMP_HEADER))
