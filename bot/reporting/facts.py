"""The facts of a year that a memo or a preface tells of, filled into the places of its words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.domain.calendar import thai_date
from bot.domain.results import INDICATORS, PASSING, AssessmentResult, rounded
from bot.domain.rounds import RoundNo, default_round
from bot.domain.updates import Status
from bot.domain.years import AgencyYear
from bot.reporting.analysis import chosen_result
from bot.reporting.columns import Reported
from bot.reporting.merge import merged_status

_PLACE = re.compile(r"\{([a-z_]+)\}")
UNKNOWN = "......"

PLACES: Mapping[str, str] = {
    "agency": "ชื่อหน่วยงาน",
    "fiscal_year": "ปีงบประมาณ",
    "round": "รอบ (๖ หรือ ๑๒)",
    "from": "วันแรกของรอบ",
    "to": "วันสุดท้ายของรอบ",
    "measures": "จำนวนมาตรการในแผน",
    "reported": "จำนวนที่รายงานแล้ว",
    "unreported": "จำนวนที่ยังไม่รายงาน",
    "done": "จำนวนที่แล้วเสร็จ",
    "in_progress": "จำนวนที่กำลังดำเนินการ",
    "not_started": "จำนวนที่ยังไม่เริ่ม",
    "cancelled": "จำนวนที่ไม่ดำเนินการ",
    "statuses": "จำนวนตามสถานะที่มี เป็นข้อความ",
    "score": "คะแนน ITA โดยรวม",
    "level": "ระดับผลการประเมิน",
    "score_year": "ปีที่ประเมิน",
    "weak": "ตัวชี้วัดที่ได้ต่ำกว่า ๘๕",
    "code": "รหัสฉบับของรายงานที่แนบ",
}
"""The places that words may have, with what each holds."""


def facts_of(
    year: AgencyYear,
    round_no: RoundNo,
    measures: Sequence[Reported],
    results: Sequence[AssessmentResult],
    code: str,
) -> dict[str, str]:
    """What each place holds; "" where it is not known."""
    first, last = default_round(year.agency.id, year.fiscal_year, round_no).covers()
    reported = [each for each in measures if each.parts]
    counts = dict.fromkeys(Status, 0)
    for each in reported:
        status = merged_status(part.update.status for part in each.parts)
        if status is not None:
            counts[status] += 1
    told = [f"{status.thai} {count} มาตรการ" for status, count in counts.items() if count]
    return {
        "agency": year.agency.name,
        "fiscal_year": str(year.fiscal_year),
        "round": str(round_no.value),
        "from": thai_date(first),
        "to": thai_date(last),
        "measures": str(len(measures)),
        "reported": str(len(reported)),
        "unreported": str(len(measures) - len(reported)),
        **{status.value: str(count) for status, count in counts.items()},
        "statuses": " ".join(told),
        "code": code,
        **_scores(chosen_result(results)),
    }


def _scores(result: AssessmentResult | None) -> dict[str, str]:
    if result is None or result.overall is None:
        return {"score": "", "level": "", "score_year": "", "weak": ""}
    weak = [number for number, score in sorted(result.indicators.items()) if score < PASSING]
    return {
        "score": f"{rounded(result.overall)}",
        "level": result.level or "",
        "score_year": str(result.fiscal_year),
        "weak": " ".join(f"({n}) {INDICATORS[number - 1]}" for n, number in enumerate(weak, start=1)),
    }


def filled(words: str, facts: Mapping[str, str]) -> str:
    """The words with their places filled: dots where a fact is not known, braces of another kind as they are."""
    return _PLACE.sub(lambda place: (facts[place[1]] or UNKNOWN) if place[1] in facts else place[0], words)
