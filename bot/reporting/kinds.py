"""The kinds of documents that can be compiled from a year."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of document; the values are those of `compile --kind`."""

    PROGRESS = "progress"
    PLAN = "plan"
    ANALYSIS = "analysis"
    OUTCOME = "outcome"
    MEMO = "memo"
    ANNEX = "annex"
    SET = "set"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWords:
    """What a kind is called.

    Attributes:
        title: the cover's lines.
        sheet: the name of its table's sheet.
        of_round: whether it tells of a round, and not of the plan alone.
        short: what people call it.
    """

    title: tuple[str, ...]
    sheet: str
    of_round: bool = True
    short: str = ""


_PROGRESS_TITLE = ("รายงานผลการดำเนินการ", "เพื่อส่งเสริมคุณธรรมและความโปร่งใส", "ภายในหน่วยงาน")
WORDS = {
    Kind.PROGRESS: KindWords(title=_PROGRESS_TITLE, sheet="ตารางรายงานผล", short="รายงานผลการดำเนินการ"),
    Kind.PLAN: KindWords(
        title=("มาตรการส่งเสริมคุณธรรม", "และความโปร่งใส", "ภายในหน่วยงาน"),
        sheet="แผนมาตรการ",
        of_round=False,
        short="แผนมาตรการ",
    ),
    Kind.ANALYSIS: KindWords(
        title=("การวิเคราะห์ผลการประเมิน", "คุณธรรมและความโปร่งใส", "ในการดำเนินงานของหน่วยงาน (ITA)"),
        sheet="ผลการวิเคราะห์",
        of_round=False,
        short="วิเคราะห์ผลการประเมิน ITA",
    ),
    Kind.OUTCOME: KindWords(
        title=("รายงานผลผลิตและผลลัพธ์", "ตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส", "ภายในหน่วยงาน"),
        sheet="ผลผลิตและผลลัพธ์",
        short="รายงานผลผลิตและผลลัพธ์",
    ),
    Kind.MEMO: KindWords(title=("บันทึกข้อความ", "เสนอรายงานผลการดำเนินการ"), sheet="บันทึกข้อความ", short="บันทึกข้อความ"),
    Kind.ANNEX: KindWords(
        title=("ภาคผนวกหลักฐาน", "ประกอบรายงานผลการดำเนินการ", "เพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"),
        sheet="ปก",
        short="ภาคผนวกหลักฐาน",
    ),
    Kind.SET: KindWords(title=_PROGRESS_TITLE, sheet="ตารางรายงานผล", short="เอกสารทั้งชุด"),
}

TABLES: dict[Kind, tuple[Kind, ...]] = {
    Kind.PROGRESS: (Kind.PROGRESS,),
    Kind.PLAN: (Kind.PLAN,),
    Kind.ANALYSIS: (),
    Kind.OUTCOME: (Kind.OUTCOME,),
    Kind.MEMO: (),
    Kind.ANNEX: (),
    Kind.SET: (Kind.PLAN, Kind.PROGRESS),
}
"""Which tables a document holds by itself, in this order."""

PREFACE, CONTENTS = "preface", "contents"
PARTS: Mapping[str, str] = {
    PREFACE: "คำนำ",
    CONTENTS: "สารบัญ",
    Kind.MEMO: "บันทึกข้อความ",
    Kind.ANALYSIS: "การวิเคราะห์ผลการประเมิน (เมื่อมีคะแนน)",
    Kind.PLAN: "แผนมาตรการ",
    Kind.PROGRESS: "ตารางรายงานผล",
    Kind.OUTCOME: "ตารางผลผลิตและผลลัพธ์",
    Kind.ANNEX: "ภาคผนวกหลักฐาน",
}
"""What a set can be put together from, in the order in which it stands there, and what each part is called."""

USUAL_PARTS: tuple[str, ...] = (CONTENTS, Kind.ANALYSIS, Kind.PLAN, Kind.PROGRESS, Kind.ANNEX)
"""What a set holds where nobody chose."""

WITH_NOTES = frozenset({Kind.PROGRESS, Kind.OUTCOME})
"""Tables after which the answers are printed for which they have no column."""


def parts_of(kind: Kind, chosen: Collection[str] = ()) -> tuple[str, ...]:
    """What a document is made of: of a set the parts chosen, or the usual ones; else itself."""
    if kind is Kind.PROGRESS:
        return (Kind.PROGRESS, Kind.ANNEX)
    if kind is not Kind.SET:
        return (kind,)
    return tuple(part for part in PARTS if part in (chosen or USUAL_PARTS))


def tables_of(kind: Kind, chosen: Collection[str] = ()) -> tuple[Kind, ...]:
    """Its tables of measures in their order, of a set only those chosen."""
    return tuple(table for table in (Kind.PLAN, Kind.PROGRESS, Kind.OUTCOME) if table in parts_of(kind, chosen))
