"""PNG: the eXIf chunk, XMP in iTXt, and the raw profiles that older programs wrote as text."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from bot.adapters.media.positions.patches import Data, Patch, applied, number
from bot.adapters.media.positions.tiff import tiff_patches
from bot.adapters.media.positions.xmp import xmp_patches

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_XMP_KEYWORD = b"XML:com.adobe.xmp"
_RAW_PROFILES = (b"Raw profile type exif", b"Raw profile type APP1", b"Raw profile type xmp")
_TEXTS = (b"tEXt", b"zTXt", b"iTXt")
_MOST_CHUNKS = 1_000_000
_LARGEST_TEXT = 8 * 1024 * 1024


def png_patches(data: Data) -> Iterator[Patch]:
    """Position data chunk by chunk, with the chunk's checksum made right again."""
    at = len(SIGNATURE)
    for _ in range(_MOST_CHUNKS):
        if at + 12 > len(data):
            return
        length, kind = number(data, at, 4), bytes(data[at + 4 : at + 8])
        if at + 12 + length > len(data):
            return
        if kind == b"eXIf" or (kind in _TEXTS and length <= _LARGEST_TEXT):
            yield from _chunk(data, at + 4, length)
        if kind == b"IEND":
            return
        at += 12 + length


def _chunk(data: Data, at: int, length: int) -> Iterator[Patch]:
    """Patches of the chunk whose type is at `at`, its checksum last."""
    chunk = bytes(data[at : at + 4 + length])
    changed = applied(chunk, _exif(chunk) if chunk.startswith(b"eXIf") else _text(chunk))
    if changed != chunk:
        yield at, changed
        yield at + len(chunk), zlib.crc32(changed).to_bytes(4, "big")


def _exif(chunk: bytes) -> Iterator[Patch]:
    """The chunk's EXIF data; some writers keep JPEG's "Exif" before it."""
    yield from tiff_patches(chunk, 10 if chunk[4:9] == b"Exif\x00" else 4, len(chunk))


def _text(chunk: bytes) -> Iterator[Patch]:
    kind, (keyword, mark, rest) = chunk[:4], chunk[4:].partition(b"\x00")
    begins = len(chunk) - len(rest)
    if not mark or (keyword != _XMP_KEYWORD and keyword not in _RAW_PROFILES):
        return
    if kind == b"iTXt":
        compressed = rest[:1] == b"\x01"
        language = rest[2:].partition(b"\x00")[2]
        text = language.partition(b"\x00")[2]
        if not compressed and keyword == _XMP_KEYWORD:
            yield from xmp_patches(chunk, len(chunk) - len(text), len(chunk))
            return
    else:
        compressed = kind == b"zTXt"
        text = rest[1:] if compressed else rest
    if _tells_position(_inflated(text) if compressed else text):
        # What is compressed or written as hex digits cannot be blanked in part: the whole text becomes blanks,
        # as a plain tEXt chunk of the same length.
        yield 0, b"tEXt"
        yield begins, b" " * len(rest)


def _inflated(text: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(text, _LARGEST_TEXT)
    except zlib.error:
        return b""


def _tells_position(text: bytes) -> bool:
    """Whether a packet, or a raw profile (a line break, its name, its length and hex digits), holds a position."""
    if any(True for _ in xmp_patches(text, 0, len(text))):
        return True
    digits = b"".join(text.split()[2:])
    try:
        raw = bytes.fromhex(digits.decode("ascii"))
    except ValueError:
        return False
    start = 6 if raw.startswith(b"Exif\x00") else 0
    return any(True for _ in (*tiff_patches(raw, start, len(raw)), *xmp_patches(raw, 0, len(raw))))
