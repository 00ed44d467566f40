from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.calendar import FiscalYear
from bot.domain.plans import Precision
from bot.importing.periods import read_period

pytestmark = pytest.mark.pure
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


# text | fiscal year | start | end: the period texts that real reports print
PRINTED = [
    ("ตุลาคม ๒๕๖๖ - กันยายน ๒๕๖๗", 2567, "2023-10-01", "2024-09-30"),
    ("เดือนมีนาคม ๒๕๖๗", 2567, "2024-03-01", "2024-03-31"),
    ("เดือนมกราคม ๒๕๖๗", 2567, "2024-01-01", "2024-01-31"),
    ("๑ ตุลาคม ๒๕๖๘ ถึง ๓๐ กันยายน ๒๕๖๙", 2569, "2025-10-01", "2026-09-30"),
    ("ไตรมาส ๒-๓", 2566, "2023-01-01", "2023-06-30"),
    ("ไตรมาสที่ ๑", 2566, "2022-10-01", "2022-12-31"),
    ("ไตรมาส ๑-๔", 2566, "2022-10-01", "2023-09-30"),
    ("ตุลาคม ๒๕๖๕ - เมษายน ๒๕๖๖", 2566, "2022-10-01", "2023-04-30"),
    ("ตุลาคม ๒๕๖๕ - ธันวาคม ๒๕๖๕", 2566, "2022-10-01", "2022-12-31"),
    ("เป็นประจำทุกเดือน รอบไตรมาส รอบ๖เดือน ในปีงบประมาณ พ.ศ.๒๕๖๖", 2566, "2022-10-01", "2023-09-30"),
    ("๑ มกราคม – มิถุนายน ๒๕๖๖", 2566, "2023-01-01", "2023-06-30"),
    ("๑ มกราคม – ๓๐ มิถุนายน ๒๕๖๖", 2566, "2023-01-01", "2023-06-30"),
    ("๑ ตุลาคม ๒๕๖๕ – ๓๐ กันยายน ๒๕๖๖", 2566, "2022-10-01", "2023-09-30"),
    ("เริ่ม ๑ ตุลาคม ๒๕๖๕-๓๐ กันยายน ๒๕๖๖", 2566, "2022-10-01", "2023-09-30"),
]

# other spellings that are accepted without a doubt, fiscal year 2567
ACCEPTED = [
    ("ต.ค. ๖๖ – มี.ค. ๖๗", "2023-10-01", "2024-03-31"),
    ("ต.ค.66-มี.ค.67", "2023-10-01", "2024-03-31"),
    ("ตค 66 - มีค 67", "2023-10-01", "2024-03-31"),
    ("1/10/2566 - 31/03/2567", "2023-10-01", "2024-03-31"),
    ("2023-10-01 - 2024-03-31", "2023-10-01", "2024-03-31"),
    ("๑ ต.ค. ๖๖ ถึง ๓๑ มี.ค. ๖๗", "2023-10-01", "2024-03-31"),
    ("๑ ต.ค. ๖๖ จนถึง ๓๑ มี.ค. ๖๗", "2023-10-01", "2024-03-31"),
    ("วันที่ 1 ตุลาคม 2566 ถึงวันที่ 31 มีนาคม พ.ศ. 2567", "2023-10-01", "2024-03-31"),
    ("๑ ตุลาคม 25๖๖ — 31 มีนาคม ๒๕67", "2023-10-01", "2024-03-31"),
    ("ตุลาคม 2023 - มีนาคม 2024", "2023-10-01", "2024-03-31"),
    ("ตุลาคม ๒๕๖๖\n- มีนาคม ๒๕๖๗", "2023-10-01", "2024-03-31"),
    ("ตุลา คม ๒๕๖๖ - มีนา คม พ. ศ.๒๕๖๗", "2023-10-01", "2024-03-31"),
    ("ม.ค. - มี.ค. ๖๗", "2024-01-01", "2024-03-31"),
    ("เดือนตุลาคม - ธันวาคม ๒๕๖๖", "2023-10-01", "2023-12-31"),
    ("พฤศจิกายน - กุมภาพันธ์ ๒๕๖๗", "2023-11-01", "2024-02-29"),
    ("ตุลาคม ๒๕๖๖ - มีนาคม", "2023-10-01", "2024-03-31"),
    ("๑-๓๑ มีนาคม ๒๕๖๗", "2024-03-01", "2024-03-31"),
    ("๑๙ เมษายน ๒๕๖๗", "2024-04-19", "2024-04-19"),
    ("ภายในเดือนมีนาคม ๒๕๖๗", None, "2024-03-31"),
    ("ภายใน ๓๑ มี.ค. ๖๗", None, "2024-03-31"),
    ("ไม่เกินวันที่ ๓๑ มีนาคม ๒๕๖๗", None, "2024-03-31"),
    ("ตลอดปีงบประมาณ", "2023-10-01", "2024-09-30"),
    ("ตลอดปี", "2023-10-01", "2024-09-30"),
    ("ทั้งปี", "2023-10-01", "2024-09-30"),
    ("ปีงบประมาณ ๒๕๖๗", "2023-10-01", "2024-09-30"),
    ("ปีงบประมาณ พ.ศ. ๒๕๖๗", "2023-10-01", "2024-09-30"),
    ("ประจำปี ๒๕๖๗", "2023-10-01", "2024-09-30"),
    ("ต.ค. – ก.ย.", "2023-10-01", "2024-09-30"),
    ("ตุลาคม - กันยายน ปีงบประมาณ พ.ศ. ๒๕๖๗", "2023-10-01", "2024-09-30"),
    ("กรกฏาคม", "2024-07-01", "2024-07-31"),
    ("พฤศจิกายน", "2023-11-01", "2023-11-30"),
    ("ทุกไตรมาส", "2023-10-01", "2024-09-30"),
    ("Q1-Q2", "2023-10-01", "2024-03-31"),
    ("ไตรมาส 1/2567", "2023-10-01", "2023-12-31"),
    ("ไตรมาสที่ 1-2 ปี 2567", "2023-10-01", "2024-03-31"),
    ("ไตรมาสที่ ๑ ถึง ไตรมาสที่ ๓", "2023-10-01", "2024-06-30"),
    ("ไตรมาสที่ ๒ และ ๓", "2024-01-01", "2024-06-30"),
    ("ไตรมาสที่สอง", "2024-01-01", "2024-03-31"),
    ("ไตรมาสสุดท้าย", "2024-07-01", "2024-09-30"),
    ("รอบ ๖ เดือน", "2023-10-01", "2024-03-31"),
    ("รอบ (๖ เดือน)", "2023-10-01", "2024-03-31"),
    ("รอบ ๖ เดือนแรก", "2023-10-01", "2024-03-31"),
    ("๖ เดือนหลัง", "2024-04-01", "2024-09-30"),
    ("รอบ ๑๒ เดือน", "2023-10-01", "2024-09-30"),
    ("-รอบ ๖ เดือน -รอบ ๑๒ เดือน", "2023-10-01", "2024-09-30"),
]

RECURRING = [
    ("ทุกเดือน", ("monthly",)),
    ("ทุกวันที่ ๕ ของเดือน", ("monthly",)),
    ("เดือนละ ๑ ครั้ง", ("monthly",)),
    ("ทุกไตรมาส", ("quarterly",)),
    ("ทุก ๖ เดือน", ("half-yearly",)),
    ("ทุกหกเดือน", ("half-yearly",)),
    ("อย่างน้อยปีละ ๑ ครั้ง", ("yearly",)),
    ("ปีละ ๒ ครั้ง", ("half-yearly",)),
    ("ต่อเนื่อง", ("continuous",)),
    ("เป็นประจำทุกเดือน รอบไตรมาส รอบ๖เดือน ในปีงบประมาณ พ.ศ.๒๕๖๗", ("monthly", "quarterly", "half-yearly")),
]


@pytest.mark.parametrize(("text", "year", "start", "end"), PRINTED)
def test_every_printed_period_is_read_without_doubt(text: str, year: int, start: str, end: str) -> None:
    period = read_period(text, FiscalYear(year))
    assert (period.start, period.end, period.doubts) == (_day(start), _day(end), ())
    assert period.text == text


@pytest.mark.parametrize(("text", "start", "end"), ACCEPTED)
def test_other_spellings_are_accepted_without_doubt(text: str, start: str | None, end: str) -> None:
    period = read_period(text, FiscalYear(2567))
    assert (period.start, period.end, period.doubts) == (_day(start), _day(end), ())


@pytest.mark.parametrize(("text", "recurrence"), RECURRING)
def test_a_recurrence_runs_through_the_whole_year(text: str, recurrence: tuple[str, ...]) -> None:
    period = read_period(text, FiscalYear(2567))
    assert period.recurrence == recurrence
    assert period.precision is Precision.RECURRING
    assert (period.start, period.end, period.doubts) == (date(2023, 10, 1), date(2024, 9, 30), ())


@pytest.mark.parametrize(
    "text", ["", " ", "-", "–", "ตามแผน", "พ.ศ. ๒๕๖๖ – ๒๕๗๐", "ปีงบประมาณ ๒๕๖๖ - ๒๕๗๐", "ไตรมาสที่ ๕"]
)
def test_a_text_without_a_period_has_no_days_and_a_doubt(text: str) -> None:
    period = read_period(text, FiscalYear(2567))
    assert (period.start, period.end) == (None, None)
    assert len(period.doubts) == 1


@pytest.mark.parametrize(
    ("text", "start", "end", "hint"),
    [
        ("ตุลาคม ๒๕๖๖ - กันยายน ๒๕๖๖๗๐", "2023-10-01", "2024-09-30", "พิมพ์เกิน"),
        ("มีนาคม ๒๕๖๗๐", "2024-03-01", "2024-03-31", "พิมพ์เกิน"),
        ("ไตรมาสที่ ๒ และ ๔", "2024-01-01", "2024-09-30", "ไม่ต่อเนื่อง"),
        ("ตุลาคม ๒๕๖๖ และ มีนาคม ๒๕๖๗", "2023-10-01", "2024-03-31", "หลายช่วง"),
        ("๓๑ เมษายน ๒๕๖๗", "2024-04-30", "2024-04-30", "ไม่มีวันที่"),
        ("๓๐ กุมภาพันธ์ ๒๕๖๗", "2024-02-29", "2024-02-29", "ไม่มีวันที่"),
        ("ตุลาคม ๒๕๖๗ - กันยายน ๒๕๖๗", "2023-10-01", "2024-09-30", "ปีก่อนหน้า"),
        ("ตั้งแต่ ๑ มกราคม ๒๕๖๗ เป็นต้นไป", "2024-01-01", "2024-09-30", "ไม่ได้ระบุวันสิ้นสุด"),
        ("๒๕๖๗", "2023-10-01", "2024-09-30", "มีแต่เลขปี"),
        ("ต.ค. 23 - มี.ค. 24", "2023-10-01", "2024-03-31", "คริสต์ศักราช"),
        ("๖ เดือน", "2023-10-01", "2024-03-31", "จำนวนเดือน"),
        ("มีนาคม ๒๕๖๗ ครั้งที่ ๒", "2024-03-01", "2024-03-31", "ตัวเลข"),
    ],
)
def test_an_uncertain_reading_is_doubted(text: str, start: str, end: str, hint: str) -> None:
    period = read_period(text, FiscalYear(2567))
    assert period.start == _day(start)
    assert period.end == _day(end)
    assert any(hint in doubt for doubt in period.doubts)


@pytest.mark.parametrize("text", ["๑ ตุลาคม ๒๕๖๘ ถึง ๓๐ กันยายน ๒๕๖๙", "ปีงบประมาณ ๒๕๖๙", "ไตรมาส 1/2569", "ตุลาคม ๒๕๖๘"])
def test_a_period_outside_the_fiscal_year_is_doubted(text: str) -> None:
    assert any("นอกปีงบประมาณ พ.ศ. ๒๕๖๘" in doubt for doubt in read_period(text, FiscalYear(2568)).doubts)
    assert read_period(text, FiscalYear(2569)).doubts == ()


def test_precision_tells_how_exactly_days_are_named() -> None:
    read = {
        text: read_period(text, FiscalYear(2567)).precision
        for text in ["๑ ต.ค. ๖๖ - ๓๑ มี.ค. ๖๗", "ต.ค. ๖๖", "ไตรมาส ๑", "ตลอดปี", "ทุกเดือน"]
    }
    assert list(read.values()) == [
        Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR, Precision.RECURRING,
    ]  # fmt: skip


_PIECES = st.sampled_from(
    re.split(
        r"\s+",
        """๑ 2 31 ๒๕๖๖ 2567 66 ๒๕๖๖๗๐ 0 99 ตุลาคม ต.ค. มีนาคม ก.พ. เดือน ไตรมาส ที่ Q รอบ - – ถึง / . , และ
        ภายใน ปีงบประมาณ พ.ศ. ปี ทุก เดือนแรก เดือนหลัง ตั้งแต่ เป็นต้นไป 30/02/2567 2024-13-40""",
    )
)


@UNTIMED
@given(st.one_of(st.text(), st.lists(_PIECES).map(" ".join), st.lists(_PIECES).map("".join)), st.integers(2500, 2650))
def test_any_text_is_read_and_kept(text: str, year: int) -> None:
    period = read_period(text, FiscalYear(year))
    assert period.text == text
    assert period.start is None or period.end is None or period.start <= period.end
    assert all(doubt.strip() for doubt in period.doubts)
