"""Knows the columns of a plan or report by what their headers mean, never by where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum, StrEnum
from functools import lru_cache

from bot.domain.text import match_key


class Field(StrEnum):
    """What a column holds."""

    NO = "no"
    SECTION = "section"
    INDICATOR = "indicator"
    TITLE = "title"
    APPROACH = "approach"
    STEPS = "steps"
    RESPONSIBLE = "responsible"
    MONITORING = "monitoring"
    PERIOD = "period"
    SUMMARY = "summary"
    OUTPUT = "output"
    OUTCOME = "outcome"
    OBSTACLES = "obstacles"
    REMARK = "remark"
    ANALYSIS = "analysis"
    SCORE = "score"
    INSTRUMENT = "instrument"
    IGNORED = "ignored"


class Certainty(IntEnum):
    """How sure the meaning of a header is."""

    LOOSE = 1  # it only begins as one that is known
    CLOSE = 2  # it is one that is known, with a slip of the keyboard
    EXACT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """The meaning of one header cell."""

    field: Field
    certainty: Certainty


_KNOWN: dict[Field, tuple[str, ...]] = {
    Field.NO: ("ลำดับ", "ลำดับที่", "ที่", "ข้อ", "ข้อที่", "เลขที่", "no", "no."),
    Field.SECTION: ("หมวด", "หมวดมาตรการ", "กลุ่ม", "กลุ่มมาตรการ", "ด้าน", "ด้านที่", "หัวข้อ"),
    Field.INDICATOR: (
        "ตัวชี้วัด", "ตัวชี้วัดการประเมิน", "ตัวชี้วัดการประเมิน ITA", "ตัวชี้วัด ITA", "ตัวชี้วัดที่",
        "ประเด็น", "ประเด็นการประเมิน", "ประเด็นที่ต้องปรับปรุง", "ประเด็นที่ต้องพัฒนา", "ประเด็นที่จะต้องพัฒนา",
        "ประเด็นตัวชี้วัด",
    ),
    Field.TITLE: (
        "มาตรการ", "มาตรการ/แนวทาง", "แนวทาง/มาตรการ", "มาตรการ/กิจกรรม", "มาตรการ/กิจกรรม/แนวทางที่ดำเนินการ",
        "มาตรการหรือกิจกรรมที่ดำเนินการ", "โครงการ/กิจกรรม", "กิจกรรม/โครงการ", "มาตรการ/โครงการ/กิจกรรม",
        "มาตรการ/โครงการ", "โครงการ/มาตรการ", "โครงการ/มาตรการ/กิจกรรม", "กิจกรรม", "โครงการ", "ชื่อมาตรการ",
        "ชื่อโครงการ/กิจกรรม", "มาตรการที่ดำเนินการ",
    ),
    Field.APPROACH: (
        "แนวทาง", "แนวทางการปฏิบัติ", "แนวทางปฏิบัติ", "แนวทางการพัฒนา", "แนวทางการดำเนินการ", "แนวทางการดำเนินงาน",
    ),
    Field.STEPS: (
        "ขั้นตอน", "ขั้นตอน/วิธีการปฏิบัติ", "ขั้นตอน/วิธีปฏิบัติ", "ขั้นตอน/วิธีการ", "ขั้นตอนหรือวิธีการดำเนินการ",
        "ขั้นตอนการดำเนินการ", "ขั้นตอนการดำเนินงาน", "รายละเอียดการดำเนินงาน", "รายละเอียดการดำเนินการ", "รายละเอียด",
        "วิธีการดำเนินการ", "วิธีดำเนินการ", "วิธีการดำเนินงาน", "วิธีการปฏิบัติ", "วิธีการ",
    ),
    Field.RESPONSIBLE: (
        "ผู้รับผิดชอบ", "หน่วยงานผู้รับผิดชอบ", "หน่วยงานที่รับผิดชอบ", "หน่วยงานรับผิดชอบ", "ส่วนราชการที่รับผิดชอบ",
        "ส่วนราชการ/หน่วยงานที่รับผิดชอบ", "ส่วนราชการผู้รับผิดชอบ", "ผู้รับผิดชอบดำเนินการ", "ผู้รับผิดชอบหลัก",
    ),
    Field.MONITORING: (
        "การกำกับติดตาม", "การกำกับ ติดตาม", "การติดตามประเมินผล", "การกำกับติดตามและรายงานผล", "การติดตามผล",
        "การกำกับติดตามและประเมินผล", "การรายงานผล",
    ),
    Field.PERIOD: (
        "ระยะเวลา", "ระยะเวลาดำเนินการ", "ระยะเวลาในการดำเนินการ", "ระยะเวลาการดำเนินการ", "ระยะเวลาการดำเนินงาน",
        "ระยะเวลาดำเนินงาน", "กำหนดแล้วเสร็จ", "ห้วงเวลา", "ห้วงเวลาดำเนินการ", "ช่วงเวลา", "ช่วงเวลาดำเนินการ",
        "กำหนดเวลา", "กรอบเวลา", "วันเริ่มต้น", "วันสิ้นสุด", "เริ่มต้น", "สิ้นสุด",
    ),
    Field.SUMMARY: (
        "สรุปผลการดำเนินการ", "สรุปผลดำเนินการ", "สรุปผลการดำเนินงาน", "สรุปผลการดำเนินการตามมาตรการหรือกิจกรรม",
        "ผลการดำเนินงาน", "ผลการดำเนินการ", "ความก้าวหน้า", "รายงานผลการดำเนินการ", "ผลการปฏิบัติงาน", "สรุปผล",
    ),
    Field.OUTPUT: ("ผลผลิต",),
    Field.OUTCOME: (
        "ผลลัพธ์", "ผลลัพธ์/ความสำเร็จ", "ผลลัพธ์หรือความสำเร็จในการดำเนินการ", "ผลสัมฤทธิ์", "ผลที่ได้รับ",
        "ความสำเร็จ", "ผลลัพธ์ที่ได้", "ผลลัพธ์หรือความสำเร็จของการดำเนินการ",
    ),
    Field.OBSTACLES: (
        "ปัญหาอุปสรรค", "ปัญหา/อุปสรรค", "ปัญหา อุปสรรค และข้อเสนอแนะ", "ข้อเสนอแนะ", "อุปสรรค", "ปัญหา",
        "ปัญหาอุปสรรคข้อเสนอแนะ",
    ),
    Field.REMARK: ("หมายเหตุ",),
    Field.ANALYSIS: ("ผลการวิเคราะห์", "การวิเคราะห์", "ผลวิเคราะห์"),
    Field.SCORE: ("คะแนน", "ค่าคะแนน", "ผลคะแนน", "คะแนนที่ได้", "ระดับ", "ผลการประเมิน"),
    Field.INSTRUMENT: ("เครื่องมือ", "เครื่องมือการประเมิน", "แบบวัด"),
    Field.IGNORED: (
        "งบประมาณ", "ตัวชี้วัดความสำเร็จ", "หลักฐาน", "ลิงก์", "ลิงค์", "link", "url", "สถานะ", "สถานะการดำเนินการ",
        "เอกสารหลักฐาน", "เป้าหมาย", "วัตถุประสงค์", "ผลที่คาดว่าจะได้รับ", "ร้อยละ", "ค่าเป้าหมาย", "เอกสารอ้างอิง",
        "งบประมาณที่ใช้", "แหล่งงบประมาณ", "ผู้รายงาน",
    ),
}  # fmt: skip

# What begins so means this, when it is short enough for a header; the longest beginning wins.
_BEGINNINGS: dict[str, Field] = {
    "ตัวชี้วัดความสำเร็จ": Field.IGNORED, "ตัวชี้วัดผลสำเร็จ": Field.IGNORED, "ผลที่คาดว่า": Field.IGNORED,
    "งบประมาณ": Field.IGNORED, "หลักฐาน": Field.IGNORED, "เอกสาร": Field.IGNORED, "สถานะ": Field.IGNORED,
    "ตัวชี้วัด": Field.INDICATOR, "ประเด็น": Field.INDICATOR, "มาตรการ": Field.TITLE, "โครงการ": Field.TITLE,
    "กิจกรรม": Field.TITLE, "แนวทาง": Field.APPROACH, "ขั้นตอน": Field.STEPS, "วิธีการ": Field.STEPS,
    "รายละเอียด": Field.STEPS, "ผู้รับผิดชอบ": Field.RESPONSIBLE, "หน่วยงาน": Field.RESPONSIBLE,
    "ส่วนราชการ": Field.RESPONSIBLE, "การกำกับ": Field.MONITORING, "การติดตาม": Field.MONITORING,
    "ระยะเวลา": Field.PERIOD, "ช่วงเวลา": Field.PERIOD, "ห้วงเวลา": Field.PERIOD, "กำหนดแล้วเสร็จ": Field.PERIOD,
    "สรุปผล": Field.SUMMARY, "ผลการดำเนิน": Field.SUMMARY, "ผลผลิต": Field.OUTPUT, "ผลลัพธ์": Field.OUTCOME,
    "ผลสัมฤทธิ์": Field.OUTCOME, "ปัญหา": Field.OBSTACLES, "ข้อเสนอแนะ": Field.OBSTACLES, "หมายเหตุ": Field.REMARK,
    "ผลการวิเคราะห์": Field.ANALYSIS, "คะแนน": Field.SCORE,
}  # fmt: skip

_LONGEST_HEADER = 60
_CLOSE_ENOUGH = 0.84
_TAGS = re.compile(r"<[^<>]{0,200}>")
_PRINTED_NO = re.compile(r"^\(?[0-9]{1,2}[.)]+")
# Marks that PDF copies lose, and the private-use glyphs some fonts write in their place.
_MARKS = re.compile("[\u0e47-\u0e4e\uf700-\uf71a]")
_BETWEEN = re.compile(r"หรือ|และ|[/\\|()\[\].,:;*_#–—\-]")


def header_key(text: str) -> str:
    """The key under which two spellings of a header meet."""
    key = _PRINTED_NO.sub("", match_key(_TAGS.sub("", text)))
    return _MARKS.sub("", _BETWEEN.sub("", key)).replace("\u0e33", "\u0e32")


_EXACT = {header_key(text): field for field, texts in _KNOWN.items() for text in texts}
_STARTS = sorted(((header_key(text), field) for text, field in _BEGINNINGS.items()), key=lambda p: -len(p[0]))


@lru_cache(maxsize=4096)
def read_header(text: str) -> Meaning | None:
    """What a header cell means; None when it is no header that is known."""
    if len(text) > 4 * _LONGEST_HEADER:
        return None
    key = header_key(text)
    if not key or len(key) > _LONGEST_HEADER:
        return None
    if key in _EXACT:
        return Meaning(field=_EXACT[key], certainty=Certainty.EXACT)
    close = _closest(key)
    if close is not None:
        return Meaning(field=close, certainty=Certainty.CLOSE)
    for start, field in _STARTS:
        if key.startswith(start):
            return Meaning(field=field, certainty=Certainty.LOOSE)
    return Meaning(field=Field.RESPONSIBLE, certainty=Certainty.LOOSE) if "ผูรับผิดชอบ" in key else None


def _closest(key: str) -> Field | None:
    """The one field whose known headers are nearly this one; None when two fields are as near."""
    if len(key) < 6:
        return None
    best: dict[Field, float] = {}
    matcher = SequenceMatcher(None, "", key, autojunk=False)
    for known, field in _EXACT.items():
        if abs(len(known) - len(key)) > 3:
            continue
        matcher.set_seq1(known)
        if matcher.quick_ratio() >= _CLOSE_ENOUGH:
            best[field] = max(best.get(field, 0.0), matcher.ratio())
    ranked = sorted(best.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < _CLOSE_ENOUGH:
        return None
    if len(ranked) > 1 and ranked[1][1] >= ranked[0][1] - 0.02:
        return None
    return ranked[0][0]


def looks_like_header(cells: Sequence[str]) -> bool:
    """Whether a row's cells are headers: most of them known, at least two surely, or a lone sure measure column."""
    filled = [cell for cell in cells if cell.strip()]
    meanings = [meaning for meaning in map(read_header, filled) if meaning is not None]
    sure = {meaning.field for meaning in meanings if meaning.certainty >= Certainty.CLOSE}
    if len(sure) >= 2 or (sure and len({meaning.field for meaning in meanings}) >= 3):
        return len(meanings) * 2 >= len(filled)
    exact = {meaning.field for meaning in meanings if meaning.certainty is Certainty.EXACT}
    return Field.TITLE in exact and len(cells) <= 2 and all(len(cell) <= _LONGEST_HEADER for cell in filled)
