"""What a file is, by its bytes: names and senders may say anything.

A table of the kinds that officers send; a library for hundreds of kinds would know less about Office files, which
are ZIP archives told apart by what they hold.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

UNKNOWN = "application/octet-stream"
_HEAD = 4096
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."

# First bytes, in the order in which they are tried.
_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}

# Brands of ISO base media files (ISO/IEC 14496-12); HEIC and AVIF by their own specifications.
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis"), "image/heic"),
    **dict.fromkeys((b"mif1", b"msf1"), "image/heif"),
    **dict.fromkeys((b"avif", b"avis"), "image/avif"),
    **dict.fromkeys((b"M4A ", b"M4B "), "audio/mp4"),
    b"qt  ": "video/quicktime",
    **dict.fromkeys((b"3gp4", b"3gp5", b"3gp6", b"3gp7", b"3ge6", b"3gg6", b"3gr6"), "video/3gpp"),
}

# Compound files (Office 97–2003) name their streams in UTF-16; these tell the programs apart.
_COMPOUND_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_COMPOUND_STREAMS = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
_COMPOUND_SEARCHED = 4 * 1024 * 1024


def sniff(path: Path) -> str:
    """The MIME type of a file; application/octet-stream when its bytes say nothing."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for start, mime in _STARTS:
        if head.startswith(start):
            return mime
    for look in (_riff, _iso_media, _pdf, _mpeg_audio):
        found = look(head)
        if found:
            return found
    slow = _SLOW.get(head[:4])
    if slow:
        return slow(path)
    return _text(head) or UNKNOWN


def _riff(head: bytes) -> str | None:
    return _RIFF.get(head[8:12]) if head.startswith(b"RIFF") else None


def _iso_media(head: bytes) -> str | None:
    """By the major brand, else by the first compatible one that says more than "some MP4"."""
    if head[4:8] != b"ftyp":
        return None
    size = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, size - 3, 4))]
    if brands[0] in (b"mif1", b"msf1"):  # says only "an image"; the compatible brands say which
        telling = (_BRANDS[brand] for brand in brands if brand in _BRANDS and brand not in (b"mif1", b"msf1"))
        return next((mime for mime in telling if mime.startswith("image/")), "image/heif")
    return _BRANDS.get(brands[0], "video/mp4")


def _pdf(head: bytes) -> str | None:
    return "application/pdf" if b"%PDF-" in head[:1024] else None


def _mpeg_audio(head: bytes) -> str | None:
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    if head[1] & 0xF6 == 0xF0:  # ADTS: layer bits 00
        return "audio/aac"
    version, layer, rate = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 4
    is_mp3 = version != 1 and layer == 1 and 0 < rate < 15 and head[2] >> 2 & 3 != 3
    return "audio/mpeg" if is_mp3 else None


def _zip(path: Path) -> str:
    """Office files are archives with a telling folder; everything else stays a ZIP."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            declared = _declared(archive, names)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return "application/zip"
    if declared:
        return declared
    if "[Content_Types].xml" in names:
        for folder, kind in (("word/", "wordprocessingml.document"), ("xl/", "spreadsheetml.sheet")):
            if any(name.startswith(folder) for name in names):
                return _OFFICE + kind
        if any(name.startswith("ppt/") for name in names):
            return _OFFICE + "presentationml.presentation"
    return "application/zip"


def _declared(archive: zipfile.ZipFile, names: list[str]) -> str | None:
    """OpenDocument and EPUB files begin with their own MIME type."""
    if not names or names[0] != "mimetype" or archive.getinfo("mimetype").file_size > 100:
        return None
    said = archive.read("mimetype").decode("ascii", "replace").strip()
    return said if said.startswith(_OPEN_DOCUMENT) or said == "application/epub+zip" else None


def _compound(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(_COMPOUND_SEARCHED)
    if not start.startswith(_COMPOUND_START):
        return UNKNOWN
    for stream, mime in _COMPOUND_STREAMS:
        if stream.encode("utf-16-le") in start:
            return mime
    return "application/x-ole-storage"


def _text(head: bytes) -> str | None:
    """Plain text: UTF-8 (the last character may be cut) without control characters; HTML and SVG are only text."""
    if not head or any(byte < 9 or 13 < byte < 27 for byte in head):
        return None
    for cut in range(4):
        try:
            head[: len(head) - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return "text/plain"
    return None


_SLOW: dict[bytes, Callable[[Path], str]] = {
    b"PK\x03\x04": _zip,
    b"PK\x05\x06": _zip,
    _COMPOUND_START[:4]: _compound,
}
