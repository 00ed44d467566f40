"""A stretch of days as people say it: ๑๐-๑๒ ต.ค., พรุ่งนี้ ถึง วันศุกร์หน้า, ๓ วัน ตั้งแต่พรุ่งนี้, สัปดาห์หน้า."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.conversation import dates
from bot.domain.calendar import last_day_of_month
from bot.domain.text import arabic_digits, match_key

LONGEST = 400
"""Days; a longer stretch was meant otherwise."""

_LEADING = re.compile(r"^(?:ตั้งแต่|เริ่ม|ระหว่าง|ช่วง|from)+")
_BETWEEN = re.compile(r"จนถึง|ถึง|until|till|to|[-–—~]")
_COUNT = r"(?P<count>\d{1,3})(?:วัน|days?)"
_DAYS_FIRST = re.compile(rf"{_COUNT}(?:ตั้งแต่|เริ่ม|จาก|from)(?P<first>.+)")
_DAYS_LAST = re.compile(rf"(?P<first>.*?)(?:เป็นเวลา|รวม|for)?{_COUNT}")
_WEEK = re.compile(r"(?:ทั้ง)?(?:สัปดาห์|อาทิตย์)(?P<which>นี้|หน้า)|(?P<english>this|next)week")
_WHOLE_MONTH = re.compile(r"(?:ทั้ง)?เดือน(?P<which>นี้|หน้า)|ทั้งเดือน(?P<named>.+)")
_DAY_OF_A_YEAR, _YEAR = re.compile(r"(?:วันที่)?\d"), re.compile(r"\d{4}")
_BARE = re.compile(r"(?:วันที่)?(?P<day>\d{1,2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The first and the last day, both meant."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days that is, weekends included."""
        return (self.last - self.first).days + 1


def read(text: str, today: date) -> Span | None:
    """The days that the text names, None when it names none or none that make sense."""
    key = _LEADING.sub("", match_key(arabic_digits(text)))
    found = next(_readings(key, today), None)
    return found if found is not None and 1 <= found.days <= LONGEST else None


def _readings(key: str, today: date) -> Iterator[Span]:
    """What the text may mean, the likeliest first."""
    yield from _named_stretch(key, today)
    day = _day(key, today)
    if day is not None:
        yield Span(first=day, last=day)
    for place in _BETWEEN.finditer(key):
        yield from _between(key[: place.start()], key[place.end() :], today)
    yield from _counted(key, today)


def _named_stretch(key: str, today: date) -> Iterator[Span]:
    """This or next week, from today or Monday to Sunday, and whole months."""
    if found := _WEEK.fullmatch(key):
        monday = today - timedelta(days=today.weekday())
        if found["which"] == "หน้า" or found["english"] == "next":
            yield Span(first=monday + timedelta(days=7), last=monday + timedelta(days=13))
        else:
            yield Span(first=today, last=monday + timedelta(days=6))
    elif found := _WHOLE_MONTH.fullmatch(key):
        first = _day(found["named"] or f"ต้นเดือน{found['which']}", today)
        if first is not None:
            last = last_day_of_month(first.year, first.month)
            yield Span(first=max(first, today) if last >= today else first, last=last)


def _between(left: str, right: str, today: date) -> Iterator[Span]:
    """From one day to another; the year, month or weekday of one may be said with the other only."""
    first, last = (_day(left, today) if left else today), _day(right, today)
    bare_first, bare_last = _BARE.fullmatch(left), _BARE.fullmatch(right)
    if last is not None and bare_first:
        first = _same_month(last, bare_first["day"])
    elif first is not None and last is None and bare_last and left:
        last = _same_month(first, bare_last["day"])
    if first is not None and last is not None and last < first:
        begun = _year_before(first) if _DAY_OF_A_YEAR.match(left) and not _YEAR.search(left) else None
        if begun is not None and begun <= today <= last:
            first = begun  # it began already, and its year was not said
        else:
            last = _day(right, first)
    if first is not None and last is not None and first <= last:
        yield Span(first=first, last=last)


def _counted(key: str, today: date) -> Iterator[Span]:
    """So many days, from today or from the day that is named."""
    found = _DAYS_FIRST.fullmatch(key) or _DAYS_LAST.fullmatch(key)
    if found is None:
        return
    first = _day(found["first"], today) if found["first"] else today
    count = int(found["count"])
    if first is not None and 1 <= count <= LONGEST:
        yield Span(first=first, last=first + timedelta(days=count - 1))


def _day(key: str, today: date) -> date | None:
    """A day; a weekday alone is the coming one."""
    if not key:
        return None
    spellings = (key, f"{key}นี้", f"วัน{key}", f"วัน{key}นี้")
    return next((day for each in spellings if (day := dates.read(each, today).day)), None)


def _same_month(day: date, number: str) -> date | None:
    try:
        return day.replace(day=int(number))
    except ValueError:
        return None


def _year_before(day: date) -> date | None:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return None


def trimmed(span: Span, today: date) -> Span | None:
    """What of the stretch is still to come, None when nothing is."""
    return None if span.last < today else replace(span, first=max(span.first, today))
