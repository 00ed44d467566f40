"""Days and years as people write them in Thai text, with their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.calendar import BE_OFFSET, MONTHS, SHORT_MONTHS
from bot.domain.text import arabic_digits


def _month_names() -> dict[str, int]:
    names: dict[str, int] = {}
    for number, (full, short) in enumerate(zip(MONTHS, SHORT_MONTHS, strict=True), start=1):
        first, second = short.rstrip(".").split(".")
        names |= dict.fromkeys((full, short, f"{first}.{second}", f"{first}. {second}."), number)
    names["กุมภาพันธ"] = 2
    names["กรกฏาคม"] = 7
    return names


_MONTHS = _month_names()
MONTH = "(?:" + "|".join(re.escape(name) for name in sorted(_MONTHS, key=len, reverse=True)) + ")"
YEAR_LEAD = r"\s*(?:พ\s*\.?\s*ศ\s*\.?|ค\.ศ\.|ปี)?\s*"
_DAY = re.compile(rf"(?<![0-9./])([0-9]{{1,2}})\s*(?:เดือน)?\s*({MONTH}){YEAR_LEAD}([0-9]{{2,7}})?(?![0-9])")
_NUMERIC = re.compile(r"(?<![0-9./:-])([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?![0-9./-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDay:
    """A day that a text names.

    Attributes:
        day: the day; None when there is no such day.
        year: the year as written, None without one.
        start: where it begins in the text, and `end` where it ends.
    """

    day: date | None
    year: str | None
    start: int
    end: int


def written_days(text: str) -> Iterator[WrittenDay]:
    """Every day with its year in the text, in any of the usual forms; Thai and Arabic digits alike."""
    plain = arabic_digits(text)
    for found in _DAY.finditer(plain):
        year = found[3]
        day = _day(found[1], _MONTHS[found[2]], year) if year and len(year) in (2, 4) else None
        if year:
            yield WrittenDay(day=day, year=year, start=found.start(), end=found.end())
    for found in _NUMERIC.finditer(plain):
        if found[2] != "." or len(found[4]) == 4:
            day = _day(found[1], int(found[3]), found[4])
            yield WrittenDay(day=day, year=found[4], start=found.start(), end=found.end())


def common_era(year: str) -> int:
    """The year of the common era that a written year of 2 or 4 digits means."""
    number = int(year)
    if len(year) == 2:
        number += 2500
    return number - BE_OFFSET if number > 2300 else number


def _day(day: str, month: int, year: str) -> date | None:
    try:
        return date(common_era(year), month, int(day))
    except ValueError:
        return None
