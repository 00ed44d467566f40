"""Days of leave and hours of the day, as people write them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import clock_times, day_spans

pytestmark = pytest.mark.pure

THURSDAY = date(2024, 9, 12)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("วันนี้", "2024-09-12", "2024-09-12"),
        ("พรุ่งนี้", "2024-09-13", "2024-09-13"),
        ("๑๐-๑๒ ต.ค.", "2024-10-10", "2024-10-12"),
        ("10 ถึง 12 ตุลาคม 2567", "2024-10-10", "2024-10-12"),
        ("วันที่ ๑๐ ต.ค. – ๑๒", "2024-10-10", "2024-10-12"),
        ("10/10/2567-12/10/2567", "2024-10-10", "2024-10-12"),
        ("2024-10-10 ถึง 2024-10-12", "2024-10-10", "2024-10-12"),
        ("2024-10-10", "2024-10-10", "2024-10-10"),
        ("๓๐ ธ.ค. ถึง ๓ ม.ค.", "2024-12-30", "2025-01-03"),
        ("พรุ่งนี้ถึงมะรืน", "2024-09-13", "2024-09-14"),
        ("ถึง ๒๐ ก.ย.", "2024-09-12", "2024-09-20"),
        ("จันทร์หน้า ถึง ศุกร์หน้า", "2024-09-16", "2024-09-20"),
        ("วันจันทร์-วันพุธ", "2024-09-16", "2024-09-18"),
        ("๓ วัน", "2024-09-12", "2024-09-14"),
        ("พรุ่งนี้ ๓ วัน", "2024-09-13", "2024-09-15"),
        ("3 วัน ตั้งแต่ 1 ต.ค.", "2024-10-01", "2024-10-03"),
        ("สัปดาห์หน้า", "2024-09-16", "2024-09-22"),
        ("อาทิตย์นี้", "2024-09-12", "2024-09-15"),
        ("ทั้งเดือนตุลาคม", "2024-10-01", "2024-10-31"),
        ("เดือนหน้า", "2024-10-01", "2024-10-31"),
        ("เดือนนี้", "2024-09-12", "2024-09-30"),
        ("๒๘ ก.พ. ๒๕๗๑ ถึง ๒๙ ก.พ. ๒๕๗๑", "2028-02-28", "2028-02-29"),
        ("๑ ก.ย. ๒๕๖๗ ถึง ๒๐ ก.ย. ๒๕๖๗", "2024-09-01", "2024-09-20"),
        ("๑ ก.ย. ถึง ๒๐ ก.ย.", "2024-09-01", "2024-09-20"),
        ("tomorrow to 20/9", "2024-09-13", "2024-09-20"),
        ("tomorrow 3 days", "2024-09-13", "2024-09-15"),
        ("next week", "2024-09-16", "2024-09-22"),
    ],
)
def test_a_stretch_of_days_is_understood(said: str, first: str, last: str) -> None:
    span = day_spans.read(said, THURSDAY)
    assert span is not None, said
    assert (str(span.first), str(span.last)) == (first, last)


@pytest.mark.parametrize(
    "said",
    ["", "-", "หน้าหนาว", "ถึง", "๓๒ ต.ค.", "๐ วัน", "๙๙๙ วัน", "๑๒ ต.ค. ๒๕๖๗ ถึง ๑๐ ต.ค. ๒๕๖๗", "๒๙ ก.พ. ๒๕๖๘", "ออก"],
)
def test_what_names_no_days_is_no_leave(said: str) -> None:
    assert day_spans.read(said, THURSDAY) is None


def test_only_what_is_to_come_of_a_stretch_counts() -> None:
    span = day_spans.Span(first=date(2024, 9, 1), last=date(2024, 9, 12))
    left = day_spans.trimmed(span, THURSDAY)
    assert left is not None
    assert (left.first, left.days) == (THURSDAY, 1)
    assert day_spans.trimmed(span, date(2024, 9, 13)) is None


@pytest.mark.parametrize(
    ("said", "begins", "ends", "sure"),
    [
        ("๑๒.๐๐-๑๓.๐๐ น.", time(12), time(13), True),
        ("12:00–13:30", time(12), time(13, 30), True),
        ("12-13", time(12), time(13), True),
        ("เที่ยงถึงบ่ายโมง", time(12), time(13), True),
        ("เที่ยงครึ่ง ถึง บ่าย ๒", time(12, 30), time(14), True),
        ("๙ โมง ถึง ๑๐ โมงครึ่ง", time(9), time(10, 30), True),
        ("บ่ายสองถึงสี่โมงเย็น", None, None, False),
        ("๔ โมงเย็น ถึง ๑ ทุ่ม", time(16), time(19), True),
        ("ตั้งแต่ ๑๕.๐๐ น. จนถึง ๑๖.๐๐ น.", time(15), time(16), True),
        ("๑-๒", time(13), time(14), False),
        ("1.30-2.30", time(13, 30), time(14, 30), False),
        ("12-1pm", time(12), time(13), True),
        ("9am to 10am", time(9), time(10), True),
        ("noon until 1 pm", time(12), time(13), True),
        ("๒๕.๐๐-๒๖.๐๐", None, None, False),
        ("๑๒.๐๐", None, None, False),
        ("๑๒.๐๐-๑๒.๐๐", None, None, False),
        ("ตอนประชุม", None, None, False),
    ],
)
def test_a_stretch_of_the_day_is_understood(said: str, begins: time | None, ends: time | None, sure: bool) -> None:
    hours = clock_times.read(said)
    if begins is None:
        assert hours is None
    else:
        assert hours is not None, said
        assert (hours.begins, hours.ends, hours.sure) == (begins, ends, sure)


@given(st.text(max_size=60), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_no_text_breaks_the_readers(text: str, today: date) -> None:
    span = day_spans.read(text, today)
    assert span is None or 1 <= span.days <= day_spans.LONGEST
    clock_times.read(text)


@given(
    st.dates(date(2024, 1, 1), date(2030, 12, 1)), st.integers(0, 200), st.dates(date(2024, 1, 1), date(2030, 12, 1))
)
def test_a_stretch_written_out_is_read_back(first: date, more: int, today: date) -> None:
    last = date.fromordinal(first.toordinal() + more)
    span = day_spans.read(f"{first:%d/%m}/{first.year + 543} ถึง {last:%d/%m}/{last.year + 543}", today)
    assert span == day_spans.Span(first=first, last=last)
