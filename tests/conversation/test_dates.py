"""Days as officers write them; what could be another day is not taken for sure."""

from __future__ import annotations

from datetime import date, timedelta

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


@pytest.mark.parametrize("text", ["เร็ว ๆ นี้", "45 เมษายน 2568", "45/13/2568", "1 เม.ย. 9999", "๓", ""])
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


@pytest.mark.parametrize(
    ("text", "day", "sure"),
    [
        ("วันนี้", date(2024, 9, 12), True),
        ("พรุ่งนี้", date(2024, 9, 13), True),
        ("เริ่มพรุ่งนี้", date(2024, 9, 13), True),
        ("เมื่อวาน", date(2024, 9, 11), True),
        ("มะรืนนี้", date(2024, 9, 14), True),
        ("สิ้นเดือนนี้", date(2024, 9, 30), True),
        ("ภายในสิ้นเดือนหน้า", date(2024, 10, 31), True),
        ("สิ้นเดือนที่แล้ว", date(2024, 8, 31), True),
        ("เดือนหน้า", date(2024, 10, 1), False),
        ("กลางเดือนหน้า", date(2024, 10, 15), False),
        ("สัปดาห์หน้า", date(2024, 9, 16), False),
        ("วันจันทร์หน้า", date(2024, 9, 16), False),
        ("วันพฤหัสหน้า", date(2024, 9, 19), False),
        ("อีก ๓ วัน", date(2024, 9, 15), True),
        ("อีก 2 สัปดาห์", date(2024, 9, 26), True),
        ("อีก ๑ เดือน", date(2024, 10, 12), False),
        ("ไตรมาส ๑", date(2024, 10, 1), False),
        ("ไตรมาสที่ 4", date(2024, 7, 1), False),
        ("ไตรมาส ๒ ปีงบประมาณ ๒๕๖๙", date(2026, 1, 1), False),
        ("Q2/2568", date(2025, 1, 1), False),
        ("รอบ ๑๒ เดือน", date(2024, 4, 1), False),
        ("รอบ 6 เดือน", date(2024, 10, 1), False),
        ("ครึ่งปีหลัง", date(2024, 4, 1), False),
        ("ปีงบประมาณหน้า", date(2024, 10, 1), False),
        ("ปีงบประมาณ 2569", date(2025, 10, 1), False),
        ("สิ้นปีงบประมาณ", date(2024, 9, 30), True),
        ("ต้นปีหน้า", date(2025, 1, 1), False),
    ],
)
def test_a_day_named_from_today_is_read(text: str, day: date, sure: bool) -> None:
    assert read(text, TODAY) == Reading(day=day, sure=sure)


@pytest.mark.parametrize("text", ["ปีงบประมาณ", "เดือน", "อีก 999 เดือนก่อน", "ไตรมาส ๕", "รอบ ๙ เดือน", "หน้า", "ปลาย"])
def test_words_about_time_that_name_no_day_are_not_read(text: str) -> None:
    assert read(text, TODAY).day is None


@given(DAYS)
def test_relative_days_hold_on_every_day_of_the_year(today: date) -> None:
    assert read("พรุ่งนี้", today).day == today + timedelta(days=1)
    last = read("สิ้นเดือนนี้", today).day
    assert last is not None
    assert (last.month, (last + timedelta(days=1)).day) == (today.month, 1)
    ahead = read("เดือนหน้า", today).day
    assert ahead is not None
    assert (ahead.day, ahead > today, (ahead - today).days <= 31) == (1, True, True)
    for quarter in "๑๒๓๔":
        first = read(f"ไตรมาส {quarter}", today).day
        assert first is not None
        assert (first.month in {1, 4, 7, 10}, first.day) == (True, 1)
        assert -92 <= (first - today).days <= 366


@given(st.sampled_from(["อีก {} วัน", "อีก {} เดือน", "ไตรมาส {}", "ปีงบประมาณ {}", "สิ้นปีงบประมาณ {}"]), st.integers(0, 9999))
def test_any_number_in_a_relative_day_can_be_read(form: str, number: int) -> None:
    read(form.format(number), TODAY)


@given(st.text())
def test_any_text_at_all_can_be_read(text: str) -> None:
    read(text, TODAY)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("31 เมษายน 2568", "2025-04-30"),
        ("29 ก.พ. 2568", "2025-02-28"),
        ("๓๑ ก.พ.", "2025-02-28"),
        ("31/11/2567", "2024-11-30"),
    ],
)
def test_a_day_that_its_month_lacks_is_only_offered_as_the_last_one(text: str, last: str) -> None:
    assert read(text, TODAY) == Reading(day=None, last=date.fromisoformat(last))
