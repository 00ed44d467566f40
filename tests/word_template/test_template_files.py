"""What may not be in an uploaded template is refused with a sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from bot.adapters.word_template.package import MOST_UNPACKED, Refused, open_package
from tests.word_template.files import changed, word

RELS = "word/_rels/document.xml.rels"
Parts = dict[str, bytes]


def _with(name: str, data: bytes) -> Callable[[Parts], None]:
    return lambda parts: parts.__setitem__(name, data)


def _relation(kind: str, target: str, *, external: bool = True) -> Callable[[Parts], None]:
    mode = ' TargetMode="External"' if external else ""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    line = f'<Relationship Id="rX" Type="{base}{kind}" Target="{target}"{mode}/></Relationships>'
    return lambda parts: parts.__setitem__(RELS, parts[RELS].replace(b"</Relationships>", line.encode()))


def _type(old: bytes, new: bytes) -> Callable[[Parts], None]:
    name = "[Content_Types].xml"
    return lambda parts: parts.__setitem__(name, parts[name].replace(old, new))


def _body(old: bytes, new: bytes) -> Callable[[Parts], None]:
    name = "word/document.xml"
    return lambda parts: parts.__setitem__(name, parts[name].replace(old, new, 1))


MAIN = b"openxmlformats-officedocument.wordprocessingml.document.main+xml"
XXE = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
FIELD = b'<w:r><w:instrText> DDEAUTO cmd "/c calc" </w:instrText></w:r></w:p>'


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_with("word/vbaProject.bin", b"x"), "แมโคร"),
        (_type(MAIN, b"ms-word.document.macroEnabled.main+xml"), ".docm"),
        (_type(MAIN, MAIN.replace(b"document.main", b"template.main")), ".dotx"),
        (_with("word/embeddings/oleObject1.bin", b"x"), "ฝังอยู่"),
        (_with("word/activeX/activeX1.xml", b"<a/>"), "ฝังอยู่"),
        (_relation("attachedTemplate", "https://elsewhere.example/t.dotm"), "อยู่นอกไฟล์"),
        (_relation("attachedTemplate", "t.dotm", external=False), "แม่แบบหรือไฟล์อื่น"),
        (_relation("image", "http://elsewhere.example/pixel.png"), "อยู่นอกไฟล์"),
        (_relation("hyperlink", "file://server/share"), "อยู่นอกไฟล์"),
        (_relation("oleObject", "x.bin", external=False), "แม่แบบหรือไฟล์อื่น"),
        (_with("word/settings.xml", XXE), "DOCTYPE"),
        (_with("word/document.xml", XXE), "DOCTYPE"),
        (_with("word/document.xml", b"<w:document"), "เสียหาย"),
        (_body(b"</w:p>", FIELD), "ดึงข้อมูลจากที่อื่น"),
        (lambda parts: parts.pop("word/document.xml"), "ไม่ใช่ไฟล์ Word"),
    ],
)
def test_a_file_with_a_sting_is_refused(change: Callable[[Parts], None], words: str) -> None:
    with pytest.raises(Refused, match=words):
        open_package(changed(word("ก"), change))


def test_a_link_for_readers_is_let_be() -> None:
    assert open_package(changed(word("ก"), _relation("hyperlink", "https://www.example.go.th")))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"%PDF-1.7", word("ก")[:400]])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="ไม่ใช่ไฟล์ Word"):
        open_package(data)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(MOST_UNPACKED + 1))
    with pytest.raises(Refused, match="คลายแล้วใหญ่เกิน"):
        open_package(out.getvalue())


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(changed(word("ก"), _with("word/big.xml", b"<a>" + b" " * 200_000 + b"</a>")))
    end = bytes(data).rindex(b"word/big.xml")
    data[end - 46 + 24 : end - 46 + 28] = (10).to_bytes(4, "little")  # the size in the directory
    with pytest.raises(Refused):
        open_package(bytes(data))
