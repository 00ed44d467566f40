"""Position properties in an XMP packet (XML), blanked as attributes and as elements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.adapters.media.positions.patches import Data, Patch

LARGEST_PACKET = 4 * 1024 * 1024
_MOST_ELEMENTS = 10_000
_LONGEST_ELEMENT = 64 * 1024

# exif:GPSLatitude and the like, drone-dji:GpsLongtitude (sic) and :Latitude, the W3C's geo:lat and geo:long.
_NAME = rb"(?:[A-Za-z_][\w.-]{0,40}:(?:[Gg][Pp][Ss]\w{0,60}|[Ll]atitude|[Ll]ongitude)|geo:(?:lat|long|alt))"
_ATTRIBUTE = re.compile(rb"(?<=[\s\"'])" + _NAME + rb"\s{0,20}=\s{0,20}(?:\"[^\"<]*\"|'[^'<]*')")
_OPENING = re.compile(rb"<(" + _NAME + rb")(?=[\s/>])[^<>]{0,4096}>")


def xmp_patches(data: Data, start: int, end: int) -> Iterator[Patch]:
    """Spaces over every position property; the XML stays well-formed and as long as it was."""
    packet = bytes(data[start : min(end, start + LARGEST_PACKET)])
    for found in _ATTRIBUTE.finditer(packet):
        yield start + found.start(), b" " * len(found.group())
    for count, opening in enumerate(_OPENING.finditer(packet)):
        if count >= _MOST_ELEMENTS:
            return
        closed = _end_of(packet, opening)
        if closed is not None:
            yield start + opening.start(), b" " * (closed - opening.start())


def _end_of(packet: bytes, opening: re.Match[bytes]) -> int | None:
    """Where the element ends; None when it does not."""
    if opening.group().endswith(b"/>"):
        return opening.end()
    closing = b"</" + opening.group(1)
    at = packet.find(closing, opening.end(), opening.end() + _LONGEST_ELEMENT)
    end = packet.find(b">", at, at + len(closing) + 20) if at >= 0 else -1
    return end + 1 if end >= 0 else None
