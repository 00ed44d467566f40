"""Another agency's name, left behind when its text was copied."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from bot.reporting.check.agency_name import best_ending
from bot.reporting.check.folding import Folded, fold
from bot.reporting.check.naming import KIND_WORDS, Name, allowed_slips, name_of
from bot.reporting.check.subject import Subject
from bot.reporting.model import Finding, Severity

# What follows the words for a kind when no name does.
_NO_NAME = re.compile(
    r"[^ก-ฮเแโใไ]|$|(?:และ|หรือ|ได้|ให้|มี|ที่|ทุก|ใน|ของ|เพื่อ|โดย|กับ|จาก|ตาม|จึง|จะ|ต้อง|ควร|ไม่|เป็น|ว่า|ซึ่ง|อยู่|แต่|แล้ว|"
    "จัด|ดำเนิน|กำหนด|ประกาศ|ประชา|ประชุม|ประเมิน|ปรับ|เปิด|เผย|แจ้ง|แต่ง|แสดง|อื่น|ต่าง|ทั้ง|ร่วม|สามารถ|สำนัก|กอง|งาน|นี้|นั้น|ดังกล่าว|พ|ผู้|"
    "เรื่อง|ทราบ|ทำ|รับ|ราย|ระเบียบ|หน่วย|ส่วน|สมาชิก|สภา|พนักงาน|บุคลากร|เจ้าหน้าที่|นายก|ปลัด|รอง|เดียวกัน|ขนาด|ประจำ|ปี|ขอ|นำ|ใช้|ถือ|มอบ|มุ่ง|"
    "อย่าง|อนุมัติ|เข้า|ออก|ผ่าน|ต่อ|ถึง|เห็น|เกี่ยว|ครั้ง|ด้าน|ตั้ง|สู่|เอง|เรา|บริหาร|บริการ|บรรจุ|พัฒนา|วาง|ส่ง|สร้าง|ลง|เน้น|ตระหนัก|ยึด|คำนึง|สนับสนุน|เสริม|ส่งเสริม|ยัง)"
)
_BEGINNING = 3
_PLACE_NAME = re.compile("[ก-๎]{2,16}")
_PLACE_WORDS = re.compile(r"\s*(?:อำเภอ|อ\.|จังหวัด|จ\.)")


class _Known:
    """The names of the agencies that the program knows, found by how they begin: there may be thousands."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._places: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for name in names:
            for kind in name.kinds:
                self._places[kind][name.place[:_BEGINNING]].add(name.place)

    def in_text(self, folded: Folded, own: Name | None) -> Iterator[tuple[str, Severity]]:
        """Each place in the text where a known name stands and ours does not."""
        for kind, places in self._places.items():
            for found in re.finditer(re.escape(kind), folded.text):
                start = found.end()
                if own is not None and folded.text.startswith(own.place, start):
                    continue
                for length in range(1, _BEGINNING + 1):
                    for place in places.get(folded.text[start : start + length], ()):
                        if folded.text.startswith(place, start):
                            yield folded.words(found.start(), start + len(place)), Severity.ERROR


def find(subject: Subject) -> Iterator[Finding]:
    """Names of agencies that this program knows, and what looks like the name of one that it does not."""
    own = name_of(subject.agency)
    known = _Known(name for other in subject.others if (name := name_of(other)) and name != own)
    for passage in subject.passages:
        folded = fold(passage.text)
        found = {*known.in_text(folded, own), *_unknown(passage.text, folded, own)}
        for words, severity in sorted(found):
            yield passage.finding(
                "other_agency_named",
                severity,
                "ชื่อหน่วยงานอื่น" if severity is Severity.ERROR else "อาจเป็นชื่อหน่วยงานอื่น",
                words=words,
                why="ข้อความของหน่วยงานอื่นที่ค้างอยู่ทำให้ผู้ตรวจไม่นับว่าเป็นเอกสารของหน่วยงาน",
                source=subject.items.plan if passage.of_plan else subject.items.report,
                action="ตรวจว่าตั้งใจกล่าวถึงหน่วยงานนั้น ถ้าไม่ใช่ให้แก้เป็นชื่อหน่วยงานของตน",
            )


def _unknown(text: str, folded: Folded, own: Name | None) -> Iterator[tuple[str, Severity]]:
    """Words for a kind with a name after them that is not ours and not a misspelling of ours."""
    for kind in KIND_WORDS.finditer(folded.text):
        if kind.end() >= len(folded.at) or _NO_NAME.match(folded.text, kind.end()):
            continue
        if own is not None:
            slips, _ = best_ending(folded.text, kind.end(), own.place, allowed_slips(own.place))
            if slips <= allowed_slips(own.place):
                continue
        start = folded.at[kind.end()]
        name = _PLACE_NAME.match(text, start)
        if name is None or (name.end() < len(text) and re.match("[ก-๎]", text[name.end()])):
            continue
        if start and text[start - 1].isspace():
            continue
        placed = _PLACE_WORDS.match(text, name.end())
        words = text[folded.at[kind.start()] : name.end()]
        yield words, Severity.ERROR if placed else Severity.WARNING
