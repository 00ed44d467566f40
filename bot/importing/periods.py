"""Reads a period (ระยะเวลา) as plans print it; what is uncertain becomes a doubt, never a guess in silence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.calendar import FiscalYear, fiscal_year_range, last_day_of_month, quarter_range
from bot.domain.calendar import thai_date as _thai
from bot.domain.plans import Period, Precision
from bot.domain.text import thai_digits
from bot.importing import period_words as words
from bot.importing.period_dates import Span, read_dates, read_year

_LONGEST_PERIOD = 500
_NOT_STATED = "ไม่ได้ระบุระยะเวลา"
_MANY_YEARS = "ดูเหมือนเป็นชื่อแผนหลายปี ไม่ใช่ระยะเวลาของมาตรการ จึงไม่กำหนดวันที่"
_UNREADABLE = "อ่านวันที่จากข้อความระยะเวลาไม่ได้ โปรดตรวจสอบ"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """What is left to read of a squeezed text, the year it speaks of, and the doubts so far."""

    rest: str
    year: FiscalYear
    says_year: bool = False
    doubts: tuple[str, ...] = ()

    def without(self, pattern: re.Pattern[str]) -> _Text:
        """The text with what the pattern matches crossed out."""
        return replace(self, rest=pattern.sub("\x00", self.rest))


def read_period(text: str, fiscal_year: FiscalYear) -> Period:
    """Reads a period text of a plan of the fiscal year; the text itself is kept verbatim."""
    squeezed = words.squeeze(text)
    if not squeezed.strip("-., \x00"):
        return Period(text=text, start=None, end=None, doubts=(_NOT_STATED,))
    if len(squeezed) > _LONGEST_PERIOD:
        return Period(text=text, start=None, end=None, doubts=(_UNREADABLE,))
    found = _take_fiscal_year(_Text(rest=squeezed, year=fiscal_year))
    if not words.DATE.search(found.rest) and not words.QUARTERS.search(found.rest):
        if words.MANY_YEARS.search(found.rest):
            return Period(text=text, start=None, end=None, doubts=(*found.doubts, _MANY_YEARS))
    else:
        found = found.without(words.MANY_YEARS)
    span, rest = _first_reading(found)
    recurrence, rest = _recurrence(rest)
    return _finish(text, fiscal_year, found, span, recurrence, rest)


def _take_fiscal_year(text: _Text) -> _Text:
    """Takes "ปีงบประมาณ ๒๕๖๗" out of the text; a span of fiscal years stays in it as a span of years."""
    match = words.FISCAL_YEAR.search(text.rest)
    if match is None:
        return text
    digits = match["year"]
    if match["more"]:
        left = text.rest[: match.start()] + f"{digits}{match['more']}" + text.rest[match.end() :]
        return replace(text, rest=left)
    taken = replace(text, rest=words.FISCAL_YEAR.sub("\x00", text.rest), says_year=True)
    if not digits:
        return taken
    year, doubts = read_year(digits, text.year)
    return replace(taken, year=FiscalYear(year) if year else text.year, doubts=doubts)


def _first_reading(text: _Text) -> tuple[Span | None, str]:
    """The span that the most telling words give, and what they left of the text."""
    readers: tuple[Callable[[_Text], tuple[Span | None, str]], ...] = (
        _quarters, _dates, _rounds, _whole_year, _lone_year,
    )  # fmt: skip
    for reader in readers:
        span, rest = reader(text)
        if span is not None:
            return span, rest
    return None, text.rest


def _dates(text: _Text) -> tuple[Span | None, str]:
    return read_dates(text.rest, text.year)


def _quarters(text: _Text) -> tuple[Span | None, str]:
    """Quarters, single, from–to or listed; with dates beside them the dates tell more."""
    matches = list(words.QUARTERS.finditer(text.rest))
    if not matches or words.DATE.search(words.QUARTERS.sub("\x00", text.rest)):
        return None, text.rest
    numbers: list[int] = []
    year = text.year
    doubts: tuple[str, ...] = ()
    listed = len(matches) > 1
    for match in matches:
        first = {"แรก": "1", "สุดท้าย": "4"}.get(match["first"], match["first"])
        more = words.QUARTER_MORE.findall(match["more"])
        listed = listed or any(link != "-" for link, _ in more)
        numbers += [int(first), *(int(number) for _, number in more)]
        if match["year"]:
            said, doubts = read_year(match["year"], text.year)
            year = FiscalYear(said) if said else year
    rest = words.QUARTERS.sub("\x00", text.rest)
    if not all(1 <= number <= 4 for number in numbers):
        return Span(doubts=("ไตรมาสมีเพียง ๑ ถึง ๔ โปรดตรวจสอบ",)), rest
    first_day, last_day = quarter_range(year, min(numbers))[0], quarter_range(year, max(numbers))[1]
    if listed and len(set(numbers)) <= max(numbers) - min(numbers):
        doubts = (*doubts, "ไตรมาสไม่ต่อเนื่องกัน จึงใช้วันแรกของไตรมาสแรกถึงวันสุดท้ายของไตรมาสสุดท้าย")
    return Span(start=first_day, end=last_day, precision=Precision.QUARTER, doubts=doubts), rest


def _rounds(text: _Text) -> tuple[Span | None, str]:
    """The halves of the year: รอบ ๖ เดือน, ๖ เดือนหลัง, รอบ ๑๒ เดือน; beside a recurrence they are one too."""
    matches = list(words.ROUND.finditer(text.rest))
    if not matches or _recurrence(words.ROUND.sub("\x00", text.rest))[0] or "ทุก" in text.rest:
        return None, text.rest
    first_day, last_day = fiscal_year_range(text.year)
    middle = last_day_of_month(last_day.year, 3)
    halves = {(match["half"] or match["semester"], match["months"]) for match in matches}
    rest = words.ROUND.sub("\x00", text.rest)
    certain = all(match["said"] or match["half"] or match["semester"] for match in matches)
    doubts: tuple[str, ...] = () if certain else ("อ่านจำนวนเดือนเป็นรอบของปีงบประมาณ โปรดตรวจสอบ",)
    if len({half for half, _ in halves}) == 1 and not any(months == "12" for _, months in halves):
        half = next(iter(halves))[0]
        start, end = (date(middle.year, 4, 1), last_day) if half == "หลัง" else (first_day, middle)
        return Span(start=start, end=end, precision=Precision.MONTH, doubts=doubts), rest
    return Span(start=first_day, end=last_day, precision=Precision.YEAR, doubts=doubts), rest


def _whole_year(text: _Text) -> tuple[Span | None, str]:
    if not text.says_year and not words.WHOLE_YEAR.search(text.rest):
        return None, text.rest
    start, end = fiscal_year_range(text.year)
    return Span(start=start, end=end, precision=Precision.YEAR), words.WHOLE_YEAR.sub("\x00", text.rest)


def _lone_year(text: _Text) -> tuple[Span | None, str]:
    """A year on its own is taken for the fiscal year of that name."""
    match = words.LONE_YEAR.search(text.rest)
    if match is None:
        return None, text.rest
    year, doubts = read_year(match["short"] or match["year"], text.year)
    if year is None:
        return Span(doubts=doubts), words.LONE_YEAR.sub("\x00", text.rest)
    if not match["said"] and "ปี" not in match["word"]:
        doubts = (*doubts, "มีแต่เลขปี จึงอ่านเป็นทั้งปีงบประมาณ")
    start, end = fiscal_year_range(FiscalYear(year))
    return Span(start=start, end=end, precision=Precision.YEAR, doubts=doubts), words.LONE_YEAR.sub("\x00", text.rest)


def _recurrence(rest: str) -> tuple[tuple[str, ...], str]:
    """How often, as the text says, and the text without the words that say so."""
    found: list[str] = []
    for name, pattern in words.RECURRENCES:
        if pattern.search(rest):
            found.append(name)
            rest = pattern.sub("\x00", rest)
    if found and words.ROUND.search(rest):
        rest = words.ROUND.sub("\x00", rest)
        found = [name for name, _ in words.RECURRENCES if name in {*found, "half-yearly"}]
    return tuple(found), rest


def _finish(
    verbatim: str, fiscal_year: FiscalYear, text: _Text, span: Span | None, recurrence: tuple[str, ...], rest: str
) -> Period:
    """Puts a reading together and doubts what is odd about it."""
    doubts = list(text.doubts)
    if span is None and not recurrence:
        return Period(text=verbatim, start=None, end=None, doubts=(*doubts, _UNREADABLE))
    vague = span is None or span.precision is Precision.YEAR
    if span is None:
        start, end = fiscal_year_range(text.year)
        span = Span(start=start, end=end)
    doubts += span.doubts
    if re.search("[0-9]", rest):
        doubts.append("มีตัวเลขในข้อความระยะเวลาที่ไม่ได้อ่าน โปรดตรวจสอบ")
    doubts += _outside(span, fiscal_year)
    return Period(
        text=verbatim,
        start=span.start,
        end=span.end,
        precision=Precision.RECURRING if recurrence and vague else span.precision,
        recurrence=recurrence,
        doubts=tuple(dict.fromkeys(doubts)),
    )


def _outside(span: Span, fiscal_year: FiscalYear) -> list[str]:
    first, last = fiscal_year_range(fiscal_year)
    days = [day for day in (span.start, span.end) if day is not None]
    if all(first <= day <= last for day in days):
        return []
    shown = " ถึง ".join(_thai(day) for day in days)
    return [f"ระยะเวลา {shown} อยู่นอกปีงบประมาณ พ.ศ. {thai_digits(str(fiscal_year))}"]
