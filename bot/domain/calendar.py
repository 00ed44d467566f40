"""Time as a Thai office counts it: Bangkok days, Buddhist years, fiscal years, quarters.

A fiscal year N (BE) runs from 1 October N−1 to 30 September N (Budget Procedures Act); CE = BE − 543.
Leap years follow the CE year.
"""

from __future__ import annotations

import calendar as _calendar
from datetime import date, datetime, timedelta, timezone
from typing import NewType

from bot.domain.text import thai_digits

FiscalYear = NewType("FiscalYear", int)
"""A fiscal year in the Buddhist era, e.g. 2567."""

BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")
"""Thailand's only zone: UTC+7 without daylight saving since 1920; needs no zone database on the machine."""

BE_OFFSET = 543
MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
SHORT_MONTHS = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip


def bangkok_day(moment: datetime) -> date:
    """The calendar day in Bangkok at an aware moment."""
    return moment.astimezone(BANGKOK).date()


def fiscal_year_of(day: date) -> FiscalYear:
    """The fiscal year (BE) that a day falls in."""
    return FiscalYear(day.year + BE_OFFSET + (1 if day.month >= 10 else 0))


def fiscal_year_range(year: FiscalYear) -> tuple[date, date]:
    """First and last day of a fiscal year."""
    ce = year - BE_OFFSET
    return date(ce - 1, 10, 1), date(ce, 9, 30)


def quarter_range(year: FiscalYear, quarter: int) -> tuple[date, date]:
    """First and last day of quarter 1–4; quarter 1 is October–December of the year before."""
    ce = year - BE_OFFSET
    first_month = (10, 1, 4, 7)[quarter - 1]
    first = date(ce - 1 if quarter == 1 else ce, first_month, 1)
    return first, last_day_of_month(first.year, first_month + 2)


def last_day_of_month(ce_year: int, month: int) -> date:
    """The last day of a month."""
    return date(ce_year, month, _calendar.monthrange(ce_year, month)[1])


def thai_date(day: date, *, short: bool = False) -> str:
    """A day as official letters write it: ๑๕ สิงหาคม ๒๕๖๖, or short: ๑๕ ส.ค. ๖๖."""
    be = day.year + BE_OFFSET
    if short:
        return thai_digits(f"{day.day} {SHORT_MONTHS[day.month - 1]} {be % 100:02d}")
    return thai_digits(f"{day.day} {MONTHS[day.month - 1]} {be}")


def thai_date_time(moment: datetime) -> str:
    """A moment in Bangkok: ๑๕ สิงหาคม ๒๕๖๖ เวลา ๑๐.๐๓ น."""
    local = moment.astimezone(BANGKOK)
    return f"{thai_date(local.date())} เวลา {thai_digits(f'{local.hour:02d}.{local.minute:02d}')} น."


_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def english_date(day: date, *, short: bool = False) -> str:
    """10 October 2024, or 10 Oct 2024: the common era, as English readers count."""
    month = _ENGLISH_MONTHS[day.month - 1]
    return f"{day.day} {month[:3] if short else month} {day.year}"


def english_date_time(moment: datetime) -> str:
    """10 October 2024, 09:03 in Bangkok."""
    local = moment.astimezone(BANGKOK)
    return f"{english_date(local.date())}, {local:%H:%M}"
