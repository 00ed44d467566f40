"""How pages write numbers, days and sizes: Thai digits and Buddhist years, or as English readers count."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask
from flask_babel import get_locale, gettext  # type: ignore[import-untyped]

from bot.domain.calendar import bangkok_day, english_date, english_date_time, thai_date, thai_date_time
from bot.domain.plans import Measure
from bot.domain.text import thai_digits, unnumbered
from bot.domain.updates import Answer

_DIGITS = tuple("0123456789๐๑๒๓๔๕๖๗๘๙")


def in_english() -> bool:
    """Whether the page that is being made is an English one; outside a request nothing is."""
    locale = get_locale()
    return locale is not None and locale.language == "en"


def digits(value: object) -> str:
    """Anything as text, on a Thai page with Thai digits; what people typed in an English one stays as it is."""
    return str(value) if in_english() else thai_digits(str(value))


def day(value: date | datetime, *, short: bool = False) -> str:
    """A day, in full or short."""
    write = english_date if in_english() else thai_date
    return write(bangkok_day(value) if isinstance(value, datetime) else value, short=short)


def month(year: int, number: int) -> str:
    """A month of a year of the common era: ตุลาคม ๒๕๖๗, or October 2024."""
    return day(date(year, number, 1)).partition(" ")[2]


def short_day(value: date | datetime) -> str:
    """A day, short."""
    return day(value, short=True)


def moment(value: datetime) -> str:
    """A day with its time."""
    return english_date_time(value) if in_english() else thai_date_time(value)


def size(count: int | None) -> str:
    """A file's size in words; nothing when it is not known."""
    if count is None:
        return ""
    if count < 1024 * 1024:
        return str(gettext("%(count)s กิโลไบต์", count=digits(max(1, round(count / 1024)))))
    return str(gettext("%(count)s เมกะไบต์", count=digits(f"{count / 1024 / 1024:.1f}")))


def said(word: object) -> str:
    """A word of the core (a status, a heading, a kind of document) in the page's language; others as they are."""
    thai = word.heading if isinstance(word, Answer) else getattr(word, "thai", word)
    return str(gettext(str(thai))) if thai else ""


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
        "said": said,
        "numbered": numbered,
        "unnumbered": unnumbered,
    }
    app.jinja_env.filters.update(filters)
