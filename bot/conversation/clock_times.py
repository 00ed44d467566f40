"""A stretch of the day as people say it: ๑๒.๐๐-๑๓.๐๐ น., เที่ยงถึงบ่ายโมง, ๙ โมง ถึง ๑๐ โมงครึ่ง, 12-1pm."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from bot.domain.text import arabic_digits, match_key

_LEADING = re.compile(r"^(?:ตั้งแต่|เวลา|ช่วง|ระหว่าง|from)+")
_BETWEEN = re.compile(r"จนถึง|ถึง|until|till|to|[-–—~]")
_DIGITS = re.compile(r"(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?(?P<unit>น\.?|นาฬิกา|am|pm|a\.m\.|p\.m\.)?")
_SPOKEN = re.compile(r"(?P<part>บ่าย|ตี)?(?P<hour>\d{1,2})?(?P<unit>โมงเช้า|โมงเย็น|โมง|ทุ่ม)?(?P<half>ครึ่ง)?")
_NAMED = {"เที่ยง": (12, 0), "เที่ยงวัน": (12, 0), "เที่ยงครึ่ง": (12, 30), "บ่าย": (13, 0), "noon": (12, 0)}
_AFTER_NOON = range(1, 6)
"""Hours that in an office mean the afternoon when nothing else is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """From one moment of the day to another; `sure` when the text can hardly mean others."""

    begins: time
    ends: time
    sure: bool = True


def read(text: str) -> Hours | None:
    """The stretch that the text names, None when it names none; the end may lie before the beginning."""
    key = _LEADING.sub("", match_key(arabic_digits(text)))
    for place in _BETWEEN.finditer(key):
        begins, ends = _moment(key[: place.start()]), _moment(key[place.end() :])
        if begins is not None and ends is not None and begins[0] != ends[0]:
            return Hours(begins=begins[0], ends=ends[0], sure=begins[1] and ends[1])
    return None


def _moment(key: str) -> tuple[time, bool] | None:
    """A moment of the day, and whether no other is likely."""
    if key in _NAMED:
        return time(*_NAMED[key]), True
    if found := _DIGITS.fullmatch(key):
        return _digital(int(found["hour"]), int(found["minute"] or 0), found["unit"] or "", exact=bool(found["minute"]))
    if found := _SPOKEN.fullmatch(key):
        return _spoken(found["part"] or "", int(found["hour"] or 1), found["unit"] or "", bool(found["half"]))
    return None


def _digital(hour: int, minute: int, unit: str, *, exact: bool) -> tuple[time, bool] | None:
    if unit.startswith("p") and hour < 12:
        hour += 12
    elif unit.startswith("a") and hour == 12:
        hour = 0
    sure = bool(unit) or (exact and hour not in _AFTER_NOON) or hour > 5
    if not unit and hour in _AFTER_NOON:
        hour += 12
    return (time(hour, minute), sure) if hour < 24 and minute < 60 else None


def _spoken(part: str, hour: int, unit: str, half: bool) -> tuple[time, bool] | None:
    """บ่าย ๒, ๙ โมง, ๔ โมงเย็น, ๑ ทุ่ม."""
    if not unit and not part:
        return None
    if (part == "บ่าย" and hour < 7) or (unit == "โมงเย็น" and hour < 7):
        hour += 12
    elif unit == "ทุ่ม" and hour < 6:
        hour += 18
    return (time(hour, 30 if half else 0), True) if hour < 24 else None
