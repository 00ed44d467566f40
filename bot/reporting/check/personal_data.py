"""Personal data that has no place in a published file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.text import arabic_digits
from bot.reporting.check.subject import Subject
from bot.reporting.model import Finding, Severity

_ID = re.compile(r"(?<![0-9])[1-8](?:[ -]?[0-9]){12}(?![0-9]|[ -][0-9])")
_MOBILE = re.compile(r"(?<![0-9])(?:0|\+?66[ -]?)[689](?:[ -]?[0-9]){8}(?![0-9])")
_COMPLAINANT = re.compile(
    r"(?:ผู้ร้องเรียน|ผู้ร้องทุกข์|ผู้ร้อง|ผู้แจ้งเบาะแส|ผู้แจ้งเหตุ|ผู้เสียหาย|ผู้ป่วย)\s*(?:ชื่อ|คือ|ได้แก่|ราย)?\s*:?\s*"
    r"(?:นางสาว|นาย|นาง|น\.ส\.|ด\.ช\.|ด\.ญ\.|เด็กชาย|เด็กหญิง)\s*[ก-๎]+(?:\s[ก-๎]+)?"
)
_URL = re.compile(r"(?:https?://|www\.)\S+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    code: str
    severity: Severity
    what: str
    why: str


_NUMBER = _Kind(
    code="personal_id",
    severity=Severity.ERROR,
    what="เลขประจำตัวประชาชน",
    why="เผยแพร่ไม่ได้ และเมื่อต้องถอดไฟล์ออก ลิงก์ที่ส่งให้ผู้ตรวจจะเปิดไม่ได้",
)
_PHONE = _Kind(code="personal_phone", severity=Severity.WARNING, what="หมายเลขโทรศัพท์เคลื่อนที่", why="อาจเป็นหมายเลขส่วนบุคคล")
_PERSON = _Kind(
    code="personal_name",
    severity=Severity.WARNING,
    what="ชื่อผู้ร้องเรียน ผู้แจ้งเบาะแส หรือผู้ป่วย",
    why="หน่วยงานต้องปกปิดข้อมูลของบุคคลเหล่านี้",
)


def find(subject: Subject) -> Iterator[Finding]:
    """Identity numbers with a right check digit, mobile numbers, and people who must not be named."""
    for passage in subject.passages:
        # An address may hold any digits: it is blanked, its length kept.
        text = _URL.sub(lambda url: "\u2007" * len(url.group()), arabic_digits(passage.text))
        places = [(_NUMBER, found) for found in _ID.finditer(text) if is_citizen_id(found.group())]
        places += [(_PHONE, found) for found in _MOBILE.finditer(text)]
        places += [(_PERSON, found) for found in _COMPLAINANT.finditer(text)]
        for kind, found in places:
            yield passage.finding(
                kind.code,
                kind.severity,
                kind.what,
                words=passage.text[found.start() : found.end()],
                why=kind.why,
                source="พ.ร.บ. คุ้มครองข้อมูลส่วนบุคคล พ.ศ. ๒๕๖๒",
                action="ตัดข้อมูลนี้ออก หรือใช้ตำแหน่งและหมายเลขของสำนักงานแทน",
            )


def is_citizen_id(text: str) -> bool:
    """Whether 13 digits, with blanks or dashes among them, are a Thai identity number by its check digit."""
    digits = [int(character) for character in text if character.isdigit()]
    if len(digits) != 13:
        return False
    weighted = sum(digit * weight for digit, weight in zip(digits, range(13, 1, -1), strict=False))
    return (11 - weighted % 11) % 10 == digits[12]
