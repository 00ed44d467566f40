"""A day as officers write it: Thai or Arabic digits, full, short, numeric or from today, พ.ศ. or ค.ศ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.conversation import relative_days
from bot.domain.calendar import BE_OFFSET, MONTHS, SHORT_MONTHS, last_day_of_month
from bot.domain.text import arabic_digits, match_key

_FIRST_BE = 2400
_SANE = range(1990, 2101)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a text was understood as; unsure when it could mean another day.

    Where the calendar has no such day (๓๑ ก.พ.), `day` is None and `last` the last one of that month.
    """

    day: date | None
    sure: bool = True
    last: date | None = None


NOT_A_DAY = Reading(day=None)


def _month_names() -> dict[str, int]:
    names: dict[str, int] = {}
    for number, (full, short) in enumerate(zip(MONTHS, SHORT_MONTHS, strict=True), start=1):
        names |= {match_key(full): number, match_key(short): number, match_key(short).replace(".", ""): number}
        names[match_key(short)[:-1]] = number  # the last full stop is often left out
        names[match_key(full).removesuffix("คม").removesuffix("ยน")] = number  # มกรา, เมษา
    names["กุมภา"] = 2
    return names


_MONTH_NAMES = _month_names()
_MONTH = "|".join(re.escape(name) for name in sorted(_MONTH_NAMES, key=len, reverse=True))
_PREFIX = r"(?:ภายใน|ประมาณ|ราว|คาดว่า|เริ่ม|ตั้งแต่|ใน)*(?:วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)ที่)?(?:วันที่)?"
_ERA = r"(?P<era>พ\.?ศ\.?|ค\.?ศ\.?|ปี)?"
_LEADING = re.compile(r"(?:ภายใน|ประมาณ|ราว|คาดว่า|น่าจะ|จะ|เริ่ม|ตั้งแต่|ช่วง|ใน)*")
_NAMED = re.compile(rf"{_PREFIX}(?P<day>\d{{1,2}})(?:เดือน)?(?P<month>{_MONTH}),?(?:{_ERA}(?P<year>\d{{4}}|\d{{2}}))?")
_MONTH_ONLY = re.compile(rf"{_PREFIX}(?:(?:ต้น)?เดือน)?(?P<month>{_MONTH})(?:{_ERA}(?P<year>\d{{4}}|\d{{2}}))?")
_NUMERIC = re.compile(rf"{_PREFIX}(?P<day>\d{{1,2}})[/.\-](?P<month>\d{{1,2}})(?:[/.\-](?P<year>\d{{4}}|\d{{2}}))?")
_ISO = re.compile(r"(?P<year>\d{4})[/.\-](?P<month>\d{1,2})[/.\-](?P<day>\d{1,2})")


def read(text: str, today: date) -> Reading:
    """Read a message as a day; `today` decides which year a day without one means."""
    key = match_key(arabic_digits(text))
    if found := _ISO.fullmatch(key):
        return _reading(found["year"], int(found["month"]), int(found["day"]), today)
    if found := _NAMED.fullmatch(key):
        return _reading(found["year"], _MONTH_NAMES[found["month"]], int(found["day"]), today, found["era"])
    if found := _NUMERIC.fullmatch(key):
        return _numeric(found["year"], int(found["month"]), int(found["day"]), today)
    if found := _MONTH_ONLY.fullmatch(key):
        first = _reading(found["year"], _MONTH_NAMES[found["month"]], 1, today, found["era"])
        return Reading(day=first.day, sure=False)
    return _relative(key, today)


def _relative(key: str, today: date) -> Reading:
    """พรุ่งนี้, สิ้นเดือนหน้า, ไตรมาส ๒ …; words before the day change nothing but how sure it is."""
    leading = _LEADING.match(key)
    found = relative_days.read(key, today) or relative_days.read(key[leading.end() if leading else 0 :], today)
    if found is None or found[0].year not in _SANE:
        return NOT_A_DAY
    return Reading(day=found[0], sure=found[1])


def _numeric(year: str | None, month: int, day: int, today: date) -> Reading:
    """Day before month, as Thais write; the other order is only offered, when it is the only one possible."""
    if month <= 12:
        return _reading(year, month, day, today)
    swapped = _reading(year, day, month, today)
    return Reading(day=swapped.day, sure=False)


def _reading(year: str | None, month: int, day: int, today: date, era: str | None = None) -> Reading:
    if year is None:
        this_year = _day(today.year, month, day)
        if this_year is not None and this_year < today:
            this_year = _day(today.year + 1, month, day)
        return Reading(day=this_year, sure=False) if this_year else _last_of(today.year, month, day, today)
    ce, sure = _ce_year(year, era, today)
    found = _day(ce, month, day)
    return Reading(day=found, sure=sure) if found else _last_of(ce, month, day, today)


def _last_of(ce: int, month: int, day: int, today: date) -> Reading:
    """A day from 29 to 31 that its month lacks; anything else is no day at all."""
    if day not in range(29, 32) or not 1 <= month <= 12 or ce not in _SANE:
        return NOT_A_DAY
    last = last_day_of_month(ce, month)
    if last < today and ce == today.year:
        last = last_day_of_month(ce + 1, month)
    return Reading(day=None, last=last)


def _ce_year(year: str, era: str | None, today: date) -> tuple[int, bool]:
    """The CE year, and whether no other era is likely; two digits are BE unless that is decades away."""
    number = int(year)
    is_ce = era is not None and era.startswith("ค")
    if len(year) == 4:
        return (number - BE_OFFSET, True) if number >= _FIRST_BE else (number, True)
    as_be, as_ce = 2500 + number - BE_OFFSET, 2000 + number
    if is_ce:
        return as_ce, True
    if abs(as_be - today.year) <= 10 or abs(as_ce - today.year) > 10:
        return as_be, True
    return as_ce, False


def _day(ce: int, month: int, day: int) -> date | None:
    try:
        return date(ce, month, day) if ce in _SANE else None
    except ValueError:
        return None
