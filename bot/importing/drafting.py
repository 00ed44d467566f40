"""Last year's plan or report as this year's draft: years moved, results left behind, what needs a look doubted."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput
from bot.domain.plans import Measure, MeasureId, Period
from bot.domain.text import arabic_digits, thai_digits
from bot.importing.measures import Outcome
from bot.importing.period_words import MONTH
from bot.importing.periods import read_period
from bot.importing.plan import PlanReading, ReadingLine, ReadMeasure

_FULL_YEAR = re.compile("(?<![0-9๐-๙])(?:25[0-9]{2}|๒๕[๐-๙]{2}|20[0-9]{2})(?![0-9๐-๙])")
_SHORT_YEAR = re.compile(rf"({MONTH}\s*|(?<=[/-]))([0-9]{{2}}|[๐-๙]{{2}})(?![0-9๐-๙/])")
_TEXTS = {
    "section": "กลุ่ม",
    "indicator": "ตัวชี้วัด",
    "title": "ชื่อมาตรการ",
    "approach": "แนวทาง",
    "steps": "ขั้นตอน",
    "responsible": "ผู้รับผิดชอบ",
    "monitoring": "การกำกับติดตาม",
}
_RESULTS = ("summary", "output", "outcome", "obstacles", "remark")


def as_draft(reading: PlanReading, from_year: FiscalYear, fiscal_year: FiscalYear) -> PlanReading:
    """The reading of another year's document as a draft plan.

    Only periods are moved: other words stay verbatim, and those that name the old years are doubts.

    Raises:
        BadInput: the document is not of an earlier year.
    """
    if not from_year < fiscal_year:
        raise BadInput(f"--from-year must be before {fiscal_year}, not {from_year}")
    measures = tuple(_moved(measure, from_year, fiscal_year) for measure in reading.measures)
    doubts = {measure.no: measure.doubts for measure in measures}
    lines = tuple(_doubted(line, doubts) for line in reading.lines)
    return replace(reading, measures=measures, lines=lines)


def drafted(measure: Measure, measure_id: MeasureId, no: int, fiscal_year: FiscalYear) -> tuple[Measure, list[str]]:
    """A measure of an earlier year's plan as one of this year's, and what of it wants a look."""
    words = measure.period_text and moved_years(measure.period_text, fiscal_year - measure.fiscal_year)
    period = read_period(words, fiscal_year) if words else None
    doubts = [*(period.doubts if period else ()), *_still_old(measure, measure.fiscal_year)]
    new = replace(
        measure,
        id=measure_id,
        no=no,
        fiscal_year=fiscal_year,
        period_text=words,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
    )
    return new, doubts


def moved_years(text: str, years: int) -> str:
    """The text with every year so many later, in the digits and the era in which it stands."""
    moved = _FULL_YEAR.sub(lambda year: _added(year.group(), years), text)
    return _SHORT_YEAR.sub(lambda year: year[1] + _added(year[2], years), moved)


def _added(digits: str, years: int) -> str:
    later = f"{int(arabic_digits(digits)) + years:0{len(digits)}d}"
    return later if digits.isascii() else thai_digits(later)


def _moved(measure: ReadMeasure, from_year: FiscalYear, fiscal_year: FiscalYear) -> ReadMeasure:
    doubts = list(measure.doubts)
    period = measure.period
    if period.text:
        period = read_period(moved_years(period.text, fiscal_year - from_year), fiscal_year)
        if period.text != measure.period.text:
            doubts.append(f"เลื่อนระยะเวลาจาก “{measure.period.text}” เป็น “{period.text}” โปรดตรวจ")
        doubts += period.doubts
    doubts += _still_old(measure, from_year)
    left = dict.fromkeys(_RESULTS)
    return replace(measure, period=_sure(period), doubts=tuple(doubts), **left)  # type: ignore[arg-type]


def _sure(period: Period) -> Period:
    """The period without doubts of its own, which the measure's hold already."""
    return replace(period, doubts=())


def _still_old(measure: ReadMeasure | Measure, from_year: FiscalYear) -> list[str]:
    """Doubts about words that name the old year, or any year before it."""
    found = []
    for field, thai in _TEXTS.items():
        years = [year for year in _FULL_YEAR.findall(getattr(measure, field) or "") if _is_old(year, from_year)]
        if years:
            found.append(f"{thai}ยังกล่าวถึงปี {', '.join(dict.fromkeys(years))} โปรดแก้")
    return found


def _is_old(year: str, from_year: FiscalYear) -> bool:
    return int(arabic_digits(year)) in (from_year - 1, from_year, from_year - 544, from_year - 543)


def _doubted(line: ReadingLine, doubts: dict[int, tuple[str, ...]]) -> ReadingLine:
    """A measure's line with its doubts, told once, where the measure begins."""
    found = doubts.pop(line.measure_no, ()) if line.measure_no is not None else ()
    told = [doubt for doubt in found if doubt not in line.sentence]
    if not told:
        return line
    return replace(line, outcome=Outcome.DOUBTFUL, sentence=" · ".join([line.sentence, *told]))
