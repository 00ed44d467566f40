"""Days as officers write them; what could be another day is not taken for sure."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.dates import Reading, read
from bot.domain.calendar import BE_OFFSET, MONTHS, SHORT_MONTHS, thai_date
from bot.domain.text import thai_digits

pytestmark = pytest.mark.pure

TODAY = date(2024, 9, 12)
DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2033, 12, 31))


@pytest.mark.parametrize(
    "text",
    ["๑ เม.ย. ๒๕๖๘", "1 เมษายน 2568", "1/4/2568", "1-4-68", "01.04.2025", "2025-04-01", "2568-04-01", "1 เมย 68",
     "วันที่ 1 เมษายน พ.ศ. 2568", "ภายในวันที่ ๑ เม.ย. ๖๘", "วันอังคารที่ 1 เมษายน 2568", "1 เมษา 2568"],
)  # fmt: skip
def test_a_full_day_is_read_for_sure(text: str) -> None:
    assert read(text, TODAY) == Reading(day=date(2025, 4, 1))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 เม.ย.", date(2025, 4, 1)),
        ("30 กันยายน", date(2024, 9, 30)),
        ("เมษายน 2568", date(2025, 4, 1)),
        ("4/25/2568", date(2025, 4, 25)),
        ("1/4/25", date(2025, 4, 1)),
    ],
)
def test_what_may_mean_another_day_is_only_a_guess(text: str, day: date) -> None:
    assert read(text, TODAY) == Reading(day=day, sure=False)


@pytest.mark.parametrize("text", ["เร็ว ๆ นี้", "31 เมษายน 2568", "29 ก.พ. 2568", "45/13/2568", "1 เม.ย. 9999", "๓", ""])
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert read(text, TODAY).day is None


@given(DAYS)
def test_every_day_is_read_back_in_every_form(day: date) -> None:
    be = day.year + BE_OFFSET
    forms = [
        thai_date(day),
        thai_date(day, short=True),
        f"{day.day} {MONTHS[day.month - 1]} {be}",
        f"{day.day}{SHORT_MONTHS[day.month - 1]}{be}",
        f"{day.day} {SHORT_MONTHS[day.month - 1].replace('.', '')} ค.ศ. {day.year}",
        f"{day.day}/{day.month}/{be}",
        f"{day.day:02d}-{day.month:02d}-{day.year}",
        thai_digits(f"{day.day}/{day.month}/{be % 100}"),
        day.isoformat(),
    ]
    for form in forms:
        assert read(form, TODAY) == Reading(day=day), form


@given(st.text())
def test_any_text_at_all_can_be_read(text: str) -> None:
    read(text, TODAY)
