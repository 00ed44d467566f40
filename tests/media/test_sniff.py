"""Files are known by their bytes, whatever they are called."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pytest

from bot.adapters.media.inspect import Inspector
from bot.adapters.media.names import LONGEST_NAME, clean_file_name
from bot.adapters.media.sniff import sniff

OFFICE = "application/vnd.openxmlformats-officedocument."
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def archive(*names: str, first: bytes = b"") -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as made:
        for name in names:
            made.writestr(name, first if name == "mimetype" else b"x")
    return into.getvalue()


def word() -> bytes:
    into = io.BytesIO()
    docx.Document().save(into)
    return into.getvalue()


def workbook() -> bytes:
    into = io.BytesIO()
    openpyxl.Workbook().save(into)
    return into.getvalue()


def test_photos_and_recordings_are_known(photos_with_position, file_of):
    kinds = {
        ".jpg": "image/jpeg",
        ".png": "image/png",
        ".webp": "image/webp",
        ".avif": "image/avif",
        ".heic": "image/heic",
        ".tiff": "image/tiff",
        ".mp4": "video/mp4",
        ".3gp": "video/3gpp",
        ".mov": "video/quicktime",
        ".m4a": "audio/mp4",
    }
    for name, content in photos_with_position.items():
        assert sniff(file_of(content)) == kinds["." + name.rpartition(".")[2]], name


@pytest.mark.parametrize(
    ("content", "mime"),
    [
        (b"", "application/octet-stream"),
        (bytes(50), "application/octet-stream"),
        (b"GIF89a" + bytes(20), "image/gif"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\r\n\r\n%PDF-1.4\n", "application/pdf"),
        (b"ID3\x04\0\0" + bytes(20), "audio/mpeg"),
        (b"\xff\xfb\x90\x64" + bytes(40), "audio/mpeg"),
        (b"\xff\xf1\x50\x80" + bytes(40), "audio/aac"),
        (b"RIFF\x24\0\0\0WAVEfmt ", "audio/wav"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + bytes(20), "image/heic"),
        (b"\0\0\0\x14ftypmif1\0\0\0\0mif1" + bytes(20), "image/heif"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isomheic" + bytes(20), "video/mp4"),
        ("รายงานผลการดำเนินการ".encode(), "text/plain"),
        ("ก".encode() * 4000, "text/plain"),
        (b"\xff\xfe\x01\x0e\x02\x0e\x03\x0e", "application/octet-stream"),
        (b"<svg onload=alert(1)>", "text/plain"),
        (b"<!doctype html><script>", "text/plain"),
        (b"Rar!\x1a\x07\x01\0", "application/vnd.rar"),
        (COMPOUND + "WordDocument".encode("utf-16-le"), "application/msword"),
        (COMPOUND + "Workbook".encode("utf-16-le"), "application/vnd.ms-excel"),
        (COMPOUND + "PowerPoint Document".encode("utf-16-le"), "application/vnd.ms-powerpoint"),
        (COMPOUND, "application/x-ole-storage"),
        (archive("a.txt"), "application/zip"),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), OFFICE + "presentationml.presentation"),
        (archive("xl/workbook.xml", "a.txt"), "application/zip"),
        (
            archive("mimetype", "content.xml", first=b"application/vnd.oasis.opendocument.text"),
            "application/vnd.oasis.opendocument.text",
        ),
        (archive("mimetype", first=b"text/html"), "application/zip"),
        (b"PK\x03\x04" + bytes(50), "application/zip"),
        (word(), OFFICE + "wordprocessingml.document"),
        (workbook(), OFFICE + "spreadsheetml.sheet"),
    ],
)
def test_a_file_is_what_its_bytes_say(content, mime, file_of):
    assert sniff(file_of(content)) == mime


def test_the_inspector_cleans_and_tells_the_type_whatever_the_name(photos_with_position, file_of):
    path = file_of(photos_with_position["exif.jpg"])
    assert Inspector().prepare(path, "รูป.exe") == "image/jpeg"
    assert b"network" not in path.read_bytes()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("รายงานการประชุม ครั้งที่ ๑.pdf", "รายงานการประชุม ครั้งที่ ๑.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\แผน.xlsx", "แผน.xlsx"),
        ("a\x00b\n\tc.pdf", "abc.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("  ..hidden.txt. ", "hidden.txt"),
        ('a<b>:"|?*.doc', "ab.doc"),
        ("folder/", "folder"),
        ("e\u0301.txt", "é.txt"),
        ("", None),
        (None, None),
        ("...", None),
        ("\u200b/", None),
    ],
)
def test_a_file_name_is_made_fit(given, shown):
    assert clean_file_name(given) == shown


def test_a_long_name_keeps_its_extension():
    name = clean_file_name("ก" * 500 + ".xlsx")
    assert name is not None
    assert len(name) == LONGEST_NAME
    assert name.endswith("ก.xlsx")
    assert len(clean_file_name("x" * 500) or "") == LONGEST_NAME
    assert len(clean_file_name("x." + "y" * 500) or "") == LONGEST_NAME
