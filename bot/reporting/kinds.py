"""The kinds of documents that can be compiled from a year."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of document; the values are those of `compile --kind`."""

    PROGRESS = "progress"
    PLAN = "plan"
    ANALYSIS = "analysis"
    OUTCOME = "outcome"
    ANNEX = "annex"
    SET = "set"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWords:
    """What a kind is called.

    Attributes:
        title: the cover's lines.
        sheet: the name of its table's sheet.
        of_round: whether it tells of a round, and not of the plan alone.
    """

    title: tuple[str, ...]
    sheet: str
    of_round: bool = True


_PROGRESS_TITLE = ("รายงานผลการดำเนินการ", "เพื่อส่งเสริมคุณธรรมและความโปร่งใส", "ภายในหน่วยงาน")
WORDS = {
    Kind.PROGRESS: KindWords(title=_PROGRESS_TITLE, sheet="ตารางรายงานผล"),
    Kind.PLAN: KindWords(
        title=("มาตรการส่งเสริมคุณธรรม", "และความโปร่งใส", "ภายในหน่วยงาน"), sheet="แผนมาตรการ", of_round=False
    ),
    Kind.ANALYSIS: KindWords(
        title=("การวิเคราะห์ผลการประเมิน", "คุณธรรมและความโปร่งใส", "ในการดำเนินงานของหน่วยงาน (ITA)"),
        sheet="ผลการวิเคราะห์",
        of_round=False,
    ),
    Kind.OUTCOME: KindWords(
        title=("รายงานผลผลิตและผลลัพธ์", "ตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส", "ภายในหน่วยงาน"), sheet="ผลผลิตและผลลัพธ์"
    ),
    Kind.ANNEX: KindWords(
        title=("ภาคผนวกหลักฐาน", "ประกอบรายงานผลการดำเนินการ", "เพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"), sheet="ปก"
    ),
    Kind.SET: KindWords(title=_PROGRESS_TITLE, sheet="ตารางรายงานผล"),
}

TABLES: dict[Kind, tuple[Kind, ...]] = {
    Kind.PROGRESS: (Kind.PROGRESS,),
    Kind.PLAN: (Kind.PLAN,),
    Kind.ANALYSIS: (),
    Kind.OUTCOME: (Kind.OUTCOME,),
    Kind.ANNEX: (),
    Kind.SET: (Kind.PLAN, Kind.PROGRESS),
}
"""Which tables a document holds, in this order."""

WITH_SCORES = frozenset({Kind.ANALYSIS, Kind.SET})
"""Documents that begin with the analysis of the last assessment, where its results are known."""

WITH_NOTES = frozenset({Kind.PROGRESS, Kind.OUTCOME, Kind.SET})
"""Documents that also print the answers for which their tables have no column."""

WITH_ANNEX = frozenset({Kind.PROGRESS, Kind.ANNEX, Kind.SET})
"""Documents that end with the annex of evidence."""
