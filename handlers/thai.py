"""How pages write numbers, days and sizes: Thai digits, Buddhist years, Bangkok time."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask

from bot.domain.calendar import bangkok_day, thai_date, thai_date_time
from bot.domain.plans import Measure
from bot.domain.text import thai_digits, unnumbered

_DIGITS = tuple("0123456789๐๑๒๓๔๕๖๗๘๙")


def digits(value: object) -> str:
    """Anything as text with Thai digits."""
    return thai_digits(str(value))


def day(value: date | datetime, *, short: bool = False) -> str:
    """A day, in full or short."""
    return thai_date(bangkok_day(value) if isinstance(value, datetime) else value, short=short)


def short_day(value: date | datetime) -> str:
    """A day, short."""
    return day(value, short=True)


def moment(value: datetime) -> str:
    """A day with its time."""
    return thai_date_time(value)


def size(count: int | None) -> str:
    """A file's size in words; nothing when it is not known."""
    if count is None:
        return ""
    if count < 1024 * 1024:
        return digits(f"{max(1, round(count / 1024))} KB").replace("KB", "กิโลไบต์")
    return digits(f"{count / 1024 / 1024:.1f} MB").replace("MB", "เมกะไบต์")


def numbered(measure: Measure) -> str:
    """A measure's title with its number in front, unless the plan printed one there."""
    printed = measure.title[:1] in _DIGITS
    return measure.title if printed else f"{digits(measure.no)}. {measure.title}"


def install(app: Flask) -> None:
    """Give the templates these filters."""
    filters = {
        "thai": digits,
        "day": day,
        "short_day": short_day,
        "moment": moment,
        "size": size,
        "numbered": numbered,
        "unnumbered": unnumbered,
    }
    app.jinja_env.filters.update(filters)
