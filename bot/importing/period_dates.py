"""Reads the dates in a squeezed period text: which days, which year when none is printed, from where to where."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.calendar import BE_OFFSET, FiscalYear, fiscal_year_range, last_day_of_month
from bot.domain.plans import Precision
from bot.domain.text import thai_digits
from bot.importing import period_words as words

_PLAUSIBLE_BE = range(2400, 2700)
_PLAUSIBLE_CE = range(1900, 2200)
_FAR = 15
"""Years from the plan's year at which a two-digit year cannot be meant in the Buddhist era."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """What a text says of when: either end may be open."""

    start: date | None = None
    end: date | None = None
    precision: Precision | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A date as printed: parts that were left out are None; `year` is BE."""

    month: int
    day: int | None = None
    first_day: int | None = None
    year: int | None = None
    doubts: tuple[str, ...] = ()


def read_year(
    digits: str, fiscal_year: FiscalYear, *, expected: int | None = None
) -> tuple[int | None, tuple[str, ...]]:
    """A year in the Buddhist era from its digits, and the doubts about it; None when it cannot be one.

    Args:
        digits: two to six Arabic digits.
        fiscal_year: the year of the plan.
        expected: the year that the plan's year would have here; a slip of the keyboard is read as it.
    """
    number = int(digits)
    shown = thai_digits(digits)
    if len(digits) == 4:
        if number in _PLAUSIBLE_BE:
            return number, ()
        if number in _PLAUSIBLE_CE:
            return number + BE_OFFSET, ()
    if len(digits) == 2:
        in_be, in_ce = 2500 + number, 2000 + number + BE_OFFSET
        if abs(in_be - fiscal_year) > _FAR and abs(in_ce - fiscal_year) <= 2:
            return in_ce, (f"อ่านปี {shown} เป็นคริสต์ศักราช",)
        return in_be, ()
    if len(digits) > 4:
        for meant in (expected or fiscal_year, fiscal_year, int(digits[:4])):
            if abs(meant - fiscal_year) <= 1 and _leaves(digits, str(meant)):
                return meant, (f"ปี {shown} พิมพ์เกิน อ่านเป็น {thai_digits(str(meant))}",)
    return None, (f"ปี {shown} อ่านไม่ได้ จึงใช้ปีงบประมาณของแผน",)


def _leaves(digits: str, meant: str) -> bool:
    """Whether striking out digits that were typed too many leaves the year that is meant."""
    remaining = iter(digits)
    return all(digit in remaining for digit in meant)


def read_dates(text: str, year: FiscalYear) -> tuple[Span | None, str]:
    """The span of all dates in the text, and the text with them crossed out."""
    matches = list(words.DATE.finditer(text))
    if not matches:
        return None, text
    rest = words.DATE.sub("\x00", text)
    named = [_named(match, year) for match in matches]
    if any(each is None for each in named):
        return Span(doubts=("วันที่อ่านไม่ได้ โปรดตรวจสอบ",)), rest
    dates = [each for each in named if each is not None]
    spans: list[Span] = []
    at = 0
    while at < len(dates):
        gap = text[matches[at].end() : matches[at + 1].start()] if at + 1 < len(dates) else ""
        if words.BETWEEN_DATES.match(gap):
            spans.append(_from_to(dates[at], dates[at + 1], year))
            at += 2
        else:
            spans.append(_single(dates[at], year, text[: matches[at].start()], text[matches[at].end() :]))
            at += 1
    return _over_all(spans), rest


def _named(match: re.Match[str], year: FiscalYear) -> _Named | None:
    """One date as printed; None when its month cannot be."""
    if match["month"]:
        month, day, digits = words.month_number(match["month"]), match["day"], match["year"]
    elif match["iso"]:
        month, day, digits = int(match["im"]), match["id"], match["iy"]
    else:
        month, day, digits = int(match["nm"]), match["nd"], match["ny"]
    if not 1 <= month <= 12:
        return None
    said, doubts = read_year(digits, year, expected=_year_within(month, year)) if digits else (None, ())
    first_day = int(match["from"]) if match["from"] else None
    return _Named(month=month, day=int(day) if day else None, first_day=first_day, year=said, doubts=doubts)


def _year_within(month: int, year: FiscalYear) -> int:
    """The year that a month without one has in the fiscal year."""
    return year - 1 if month >= 10 else year


def _day(named: _Named, be_year: int, *, last: bool) -> tuple[date, tuple[str, ...]]:
    """The day itself, the month's first or last when none is printed; a day the month lacks becomes its last."""
    end = last_day_of_month(be_year - BE_OFFSET, named.month)
    if named.day is None:
        return (end if last else end.replace(day=1)), ()
    if 1 <= named.day <= end.day:
        return end.replace(day=named.day), ()
    return end, (f"ไม่มีวันที่ {thai_digits(str(named.day))} ในเดือนนั้น จึงใช้วันสุดท้ายของเดือน",)


def _single(named: _Named, year: FiscalYear, before: str, after: str) -> Span:
    """One date: its month or day; after "ภายใน" a deadline, after "ตั้งแต่" a beginning."""
    be_year = named.year or _year_within(named.month, year)
    end, end_doubts = _day(named, be_year, last=True)
    opening = replace(named, day=named.first_day) if named.first_day is not None else named
    start, start_doubts = _day(opening, be_year, last=False)
    doubts = (*named.doubts, *dict.fromkeys((*start_doubts, *end_doubts)))
    precision = Precision.MONTH if named.day is None else Precision.DAY
    if words.DEADLINE.search(before):
        return Span(start=None, end=end, precision=precision, doubts=doubts)
    if words.ONWARDS.search(before) or words.ONWARDS.search(after):
        last = fiscal_year_range(year)[1]
        doubts = (*doubts, "ไม่ได้ระบุวันสิ้นสุด จึงใช้วันสุดท้ายของปีงบประมาณ")
        end = max(last, end)
    if start > end:
        return Span(end=end, precision=precision, doubts=(*doubts, "วันเริ่มอยู่หลังวันสิ้นสุด โปรดตรวจสอบ"))
    return Span(start=start, end=end, precision=precision, doubts=doubts)


def _from_to(first: _Named, last: _Named, year: FiscalYear) -> Span:
    """A span of two dates; one printed year serves both, counted over the turn of the year."""
    first_year, last_year = first.year, last.year
    if first_year is None and last_year is None:
        first_year, last_year = _year_within(first.month, year), _year_within(last.month, year)
        last_year += 1 if (first_year, first.month) > (last_year, last.month) else 0
    elif first_year is None and last_year is not None:
        first_year = last_year - (1 if first.month > last.month else 0)
    elif first_year is not None and last_year is None:
        last_year = first_year + (1 if first.month > last.month else 0)
    if first_year is None or last_year is None:
        return Span()
    start, start_doubts = _day(first, first_year, last=False)
    end, end_doubts = _day(last, last_year, last=True)
    doubts = (*first.doubts, *last.doubts, *start_doubts, *end_doubts)
    exact = first.day is not None and last.day is not None
    span = Span(start=start, end=end, precision=Precision.DAY if exact else Precision.MONTH, doubts=doubts)
    return span if start <= end else _turned_round(span, first, first_year, year)


def _turned_round(span: Span, first: _Named, first_year: int, year: FiscalYear) -> Span:
    """A span that ends before it starts: most often the first year is a slip for the year before."""
    earlier, _ = _day(first, first_year - 1, last=False)
    if span.end and fiscal_year_range(year)[0] <= earlier <= span.end:
        return replace(span, start=earlier, doubts=(*span.doubts, "ปีของวันเริ่มอยู่หลังวันสิ้นสุด จึงอ่านเป็นปีก่อนหน้า"))
    return replace(span, start=None, end=None, doubts=(*span.doubts, "วันเริ่มอยู่หลังวันสิ้นสุด โปรดตรวจสอบ"))


def _over_all(spans: list[Span]) -> Span:
    """Several spans as one from the first day to the last, which is then a doubt."""
    if len(spans) == 1:
        return spans[0]
    starts = [each.start for each in spans if each.start]
    ends = [each.end for each in spans if each.end]
    doubts = [doubt for each in spans for doubt in each.doubts]
    start, end = min(starts, default=None), max(ends, default=None)
    if start and end and start > end:
        start = None
    exact = all(each.precision is Precision.DAY for each in spans)
    return Span(
        start=start,
        end=end,
        precision=Precision.DAY if exact else Precision.MONTH,
        doubts=(*doubts, "มีหลายช่วงเวลา จึงใช้วันแรกสุดถึงวันสุดท้าย"),
    )
