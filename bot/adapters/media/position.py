"""Takes position data out of photos and recordings, losslessly and in place.

Nothing is encoded anew: what tells a place is blanked where it stands, so that lengths and all other bytes stay.
Covered: EXIF GPS directories and XMP position properties in JPEG, TIFF, PNG, WebP, HEIC and AVIF; location boxes
and keys in MP4, MOV, M4A and 3GP.
"""

from __future__ import annotations

import logging
import mmap
from collections.abc import Iterator
from pathlib import Path

from bot.adapters.media.positions.iso_media import iso_patches
from bot.adapters.media.positions.jpeg import jpeg_patches
from bot.adapters.media.positions.patches import Data, Patch
from bot.adapters.media.positions.png import SIGNATURE, png_patches
from bot.adapters.media.positions.tiff import tiff_patches
from bot.adapters.media.positions.webp import webp_patches

log = logging.getLogger(__name__)

_SHORTEST = 16


def strip_position(path: Path) -> bool:
    """Blank the file's position data and say whether there was any; a malformed file is cleaned as far as it goes."""
    if path.stat().st_size < _SHORTEST:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        found = [(at, new) for at, new in _found(data) if data[at : at + len(new)] != new]
    if not found:
        return False
    with path.open("r+b") as written:
        for at, new in found:
            written.seek(at)
            written.write(new)
    return True


def _found(data: Data) -> list[Patch]:
    """The patches; of a malformed file those that were found before it made no sense."""
    patches: list[Patch] = []
    try:
        for at, new in _patches(data):
            if at >= 0 and at + len(new) <= len(data):
                patches.append((at, new))  # what was found before an error is kept
    except (ValueError, IndexError, OverflowError) as problem:
        log.info("media_malformed problem=%s", problem)
    return patches


def _patches(data: Data) -> Iterator[Patch]:
    head = data[:_SHORTEST]
    if head.startswith(b"\xff\xd8\xff"):
        return jpeg_patches(data)
    if head.startswith(SIGNATURE):
        return png_patches(data)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return webp_patches(data)
    if head.startswith((b"II*\x00", b"MM\x00*")):
        return tiff_patches(data, 0, len(data))
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):  # old MOV files have no ftyp
        return iso_patches(data, 0, len(data))
    return iter(())
