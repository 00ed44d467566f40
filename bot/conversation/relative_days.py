"""Days named by where they lie from today or in the fiscal year: พรุ่งนี้, สิ้นเดือนหน้า, ไตรมาส ๒, อีก ๓ วัน.

A text comes here folded (`match_key`): without blanks, with Arabic digits.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.domain.calendar import (
    FiscalYear,
    fiscal_year_of,
    fiscal_year_range,
    last_day_of_month,
    quarter_range,
)
from bot.domain.text import match_key

_FROM_TODAY = {
    match_key(word): days
    for word, days in {
        "วันนี้": 0, "พรุ่งนี้": 1, "วันพรุ่งนี้": 1, "มะรืน": 2, "มะรืนนี้": 2, "วันมะรืน": 2,
        "เมื่อวาน": -1, "เมื่อวานนี้": -1, "เมื่อวานซืน": -2, "today": 0, "tomorrow": 1, "yesterday": -1,
    }.items()
}  # fmt: skip
_MONTHS_AWAY = {"ที่แล้ว": -1, "ก่อน": -1, "นี้": 0, "หน้า": 1, "ถัดไป": 1}
_WEEKDAYS = {
    match_key(name): number for number, name in enumerate(("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"))
} | {match_key("พฤหัส"): 3}
_AWAY = "|".join(match_key(word) for word in _MONTHS_AWAY)
_MONTH = re.compile(rf"(?P<part>ต้น|กลาง|ปลาย|สิ้น)?เดือน(?P<away>{_AWAY})")
_WEEK = re.compile(r"(?:ต้น)?(?:สัปดาห์|อาทิตย์)หน้า")
_WEEKDAY = re.compile(rf"วัน(?P<day>{'|'.join(sorted(_WEEKDAYS, key=len, reverse=True))})(?P<away>นี้|หน้า|ที่จะถึง)")
_AFTER = re.compile(r"อีก(?:ประมาณ)?(?P<count>\d{1,3})(?P<unit>วัน|สัปดาห์|อาทิตย์|เดือน)(?:ข้างหน้า)?")
_QUARTER = re.compile(r"(?:ไตรมาส|q)(?:ที่)?(?P<no>[1-4])(?:(?:ของ)?(?:ปี)?(?:งบประมาณ)?(?:พ\.?ศ\.?)?/?(?P<year>25\d\d))?")
_ROUND = re.compile(r"รอบ(?:ที่)?(?P<no>6|12)เดือน")
_FISCAL = re.compile(r"(?P<part>ต้น|สิ้น|ปลาย)?ปีงบ(?:ประมาณ)?(?:พ\.?ศ\.?)?(?P<year>25\d\d|นี้|หน้า|ถัดไป)?")
_YEAR = re.compile(r"(?P<part>ต้น|กลาง|ปลาย|สิ้น)ปี(?P<away>นี้|หน้า)?")
_HALF = {match_key("ครึ่งปีแรก"): 10, match_key("ครึ่งปีหลัง"): 4}

Found = tuple[date, bool]
"""A day, and whether the words can hardly mean another one."""


def read(key: str, today: date) -> Found | None:
    """The day that the words name, counted from today; None when they name none."""
    if key in _FROM_TODAY:
        return today + timedelta(days=_FROM_TODAY[key]), True
    try:
        return _near(key, today) or _of_fiscal_year(key, today) or _of_year(key, today)
    except (ValueError, OverflowError):
        return None


def _near(key: str, today: date) -> Found | None:
    """Weeks, months and spans from today."""
    if found := _MONTH.fullmatch(key):
        first = _months_later(today.replace(day=1), _MONTHS_AWAY[found["away"]])
        return _in_month(first, found["part"])
    if _WEEK.fullmatch(key):
        return today + timedelta(days=7 - today.weekday()), False
    if found := _WEEKDAY.fullmatch(key):
        ahead = (_WEEKDAYS[found["day"]] - today.weekday()) % 7
        return today + timedelta(days=ahead + (7 if found["away"] == "หน้า" and ahead == 0 else 0)), False
    if found := _AFTER.fullmatch(key):
        return _after(today, int(found["count"]), found["unit"])
    return None


def _after(today: date, count: int, unit: str) -> Found:
    if unit == "เดือน":
        return _months_later(today, count), False
    return today + timedelta(days=count * (1 if unit == "วัน" else 7)), True


def _in_month(first: date, part: str | None) -> Found:
    match part:
        case "สิ้น":
            return last_day_of_month(first.year, first.month), True
        case "ปลาย":
            return last_day_of_month(first.year, first.month), False
        case "กลาง":
            return first.replace(day=15), False
        case _:
            return first, False


def _of_fiscal_year(key: str, today: date) -> Found | None:
    """Quarters, rounds and halves: of the year named, else the one that is not over yet."""
    year = fiscal_year_of(today)
    if found := _QUARTER.fullmatch(key):
        named = FiscalYear(int(found["year"])) if found["year"] else None
        first, last = quarter_range(named or year, int(found["no"]))
        if named is None and last < today:
            first, _ = quarter_range(FiscalYear(year + 1), int(found["no"]))
        return first, False
    if found := _ROUND.fullmatch(key):
        return _coming(year, 10 if found["no"] == "6" else 4, today), False
    if key in _HALF:
        return _coming(year, _HALF[key], today), False
    if found := _FISCAL.fullmatch(key):
        return _fiscal(found["part"], found["year"], year)
    return None


def _coming(year: FiscalYear, month: int, today: date) -> date:
    """The first day of that half of the fiscal year, of the next one when the half is over."""
    starts = quarter_range(year, 1 if month == 10 else 3)[0]
    ends = quarter_range(year, 2 if month == 10 else 4)[1]
    return starts if ends >= today else quarter_range(FiscalYear(year + 1), 1 if month == 10 else 3)[0]


def _fiscal(part: str | None, named: str | None, this_year: FiscalYear) -> Found | None:
    if part is None and named is None:
        return None
    year = {None: this_year, "นี้": this_year, "หน้า": this_year + 1, "ถัดไป": this_year + 1}.get(named)
    first, last = fiscal_year_range(FiscalYear(year if year is not None else int(named or 0)))
    return (last, part == "สิ้น") if part in {"สิ้น", "ปลาย"} else (first, False)


def _of_year(key: str, today: date) -> Found | None:
    """ต้นปีหน้า and the like may mean the calendar or the fiscal year: only a guess."""
    found = _YEAR.fullmatch(key)
    if found is None:
        return None
    year = today.year + (1 if found["away"] == "หน้า" else 0)
    month, day = {"ต้น": (1, 1), "กลาง": (7, 1), "ปลาย": (12, 31), "สิ้น": (12, 31)}[found["part"]]
    return date(year, month, day), False


def _months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    last = last_day_of_month(day.year + years, month + 1)
    return last.replace(day=min(day.day, last.day))
