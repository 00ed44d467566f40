"""The Word file as an archive: what may not be in an uploaded template is refused with a sentence."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Any

from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]

from bot.adapters.word_template.places import shortened
from bot.reporting.rendering import TemplateProblem as Problem

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 1_000
BODY = "word/document.xml"
_KINDS = "[Content_Types].xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_NEVER = (
    (re.compile(r"vbaProject|vbaData|macro", re.IGNORECASE), "มีแมโคร บันทึกใหม่เป็นชนิด .docx ที่ไม่มีแมโคร"),
    (re.compile(r"/embeddings/|/activeX/|oleObject", re.IGNORECASE), "มีไฟล์หรือส่วนควบคุมฝังอยู่ โปรดลบออก"),
    (re.compile(r"afchunk|subDocument", re.IGNORECASE), "มีเอกสารอื่นฝังอยู่ โปรดลบออก"),
)
_LINKS = ("http://", "https://", "mailto:")
_FIELD = re.compile(r"^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|MACROBUTTON|DATABASE|RD|EMBED)\b", re.I)
_PARTS = re.compile(r"word/(header|footer)\d*\.xml")


class Refused(Exception):
    """The file cannot be a template; holds the problem."""

    def __init__(self, message: str, words: str = "") -> None:
        super().__init__(message)
        self.problem = Problem(place="ทั้งไฟล์", words=shortened(words), message=message)


def open_package(data: bytes) -> dict[str, bytes]:
    """The parts of a harmless Word file by name, in their order.

    Raises:
        Refused: it is no such file.
    """
    if len(data) > MOST_BYTES:
        raise Refused(f"ไฟล์ใหญ่เกิน {MOST_BYTES // 1024**2} เมกะไบต์")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
                raise Refused(f"เนื้อหาเมื่อคลายแล้วใหญ่เกิน {MOST_UNPACKED // 1024**2} เมกะไบต์")
            if any(info.flag_bits & 1 for info in infos):
                raise Refused("ไฟล์ใส่รหัสผ่านไว้ โปรดนำรหัสผ่านออก")
            parts = {info.filename: archive.read(info) for info in infos if not info.is_dir()}
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise Refused("ไฟล์นี้ไม่ใช่ไฟล์ Word (.docx) หรือเสียหาย") from error
    _check(parts)
    return parts


def printed_parts(parts: dict[str, bytes]) -> dict[str, str]:
    """The parts that can hold fields, with their names for people: the body, headers and footers."""
    words = {"header": "หัวกระดาษ", "footer": "ท้ายกระดาษ"}
    rest = {name: words[found[1]] for name in sorted(parts) if (found := _PARTS.fullmatch(name))}
    return {BODY: "เนื้อหา", **rest}


def parsed(data: bytes, name: str) -> Any:
    """The root of a part, without comments; nothing outside the file is read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refused("ไฟล์เสียหาย เปิดอ่านไม่ได้", name) from error
    if root.getroottree().docinfo.doctype:
        raise Refused("ไฟล์มีคำสั่ง DOCTYPE ซึ่งไม่อนุญาต", name)
    for comment in list(root.iter(etree.Comment, etree.ProcessingInstruction)):
        if comment.getparent() is not None:
            comment.getparent().remove(comment)
    return root


def _check(parts: dict[str, bytes]) -> None:
    for name in parts:
        for pattern, why in _NEVER:
            if pattern.search(name):
                raise Refused(f"ไฟล์{why}", name)
    if BODY not in parts or _KINDS not in parts:
        raise Refused("ไฟล์นี้ไม่ใช่ไฟล์ Word (.docx)")
    kinds = parsed(parts[_KINDS], _KINDS)
    main = [each.get("ContentType") for each in kinds if each.get("PartName") == f"/{BODY}"]
    if main != [_WORD]:
        raise Refused("ไฟล์ต้องเป็นชนิด .docx (ไม่ใช่ .docm หรือ .dotx) โปรดบันทึกใหม่", str(main[0]) if main else "")
    if any("macroEnabled" in (each.get("ContentType") or "") for each in kinds):
        raise Refused("ไฟล์มีแมโคร บันทึกใหม่เป็นชนิด .docx ที่ไม่มีแมโคร")
    for name, data in parts.items():
        if name.endswith(".rels"):
            _check_relations(parsed(data, name), name)
        elif name.endswith(".xml"):
            _check_fields(parsed(data, name))


def _check_relations(root: Any, name: str) -> None:
    for relation in root:
        kind, target = (relation.get("Type") or "").rpartition("/")[2], relation.get("Target") or ""
        if relation.get("TargetMode") == "External" and not (kind == "hyperlink" and target.lower().startswith(_LINKS)):
            raise Refused("ไฟล์โยงไปยังสิ่งที่อยู่นอกไฟล์ โปรดตัดการเชื่อมโยงหรือฝังภาพแทน", f"{kind}: {target}")
        if kind in ("attachedTemplate", "oleObject", "package", "aFChunk", "subDocument", "vbaProject", "control"):
            raise Refused("ไฟล์โยงไปยังแม่แบบหรือไฟล์อื่น โปรดลบออก", f"{kind}: {target} ({name})")


def _check_fields(root: Any) -> None:
    simple = [element.get(qn("w:instr")) or "" for element in root.iter(qn("w:fldSimple"))]
    for code in (*simple, *(element.text or "" for element in root.iter(qn("w:instrText")))):
        if _FIELD.match(code):
            raise Refused("ไฟล์มีคำสั่งที่ดึงข้อมูลจากที่อื่น โปรดลบออก", code)
