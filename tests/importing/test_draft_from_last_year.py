"""Last year's report becomes this year's draft plan: periods moved, results left behind, doubts listed."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput
from bot.importing.drafting import as_draft, moved_years
from bot.importing.measures import Outcome
from bot.importing.plan import PlanReading, read_plan

pytestmark = pytest.mark.pure
REPORT = """มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\tระยะเวลา\tสรุปผลการดำเนินการ\tผลลัพธ์
๑. จัดทำคู่มือ\tทบทวนคู่มือปี ๒๕๖๖\tสำนักปลัด\tตุลาคม ๒๕๖๕ - เมษายน ๒๕๖๖\tทำแล้ว ๑๒ งาน\tดีขึ้น
๒. อบรม\tจัดอบรมตามระเบียบ พ.ศ. ๒๕๖๐\tกองคลัง\tไตรมาส ๒-๓\tอบรม ๒๕ คน\tเข้าใจ
"""


def draft(text: str = REPORT) -> PlanReading:
    return as_draft(read_plan("r.txt", text.encode(), FiscalYear(2566)), FiscalYear(2566), FiscalYear(2567))


def test_periods_move_by_a_year_and_are_read_anew() -> None:
    first, second = draft().measures
    assert first.period.text == "ตุลาคม ๒๕๖๖ - เมษายน ๒๕๖๗"
    assert (first.period.start, first.period.end) == (date(2023, 10, 1), date(2024, 4, 30))
    assert (second.period.text, second.period.start) == ("ไตรมาส ๒-๓", date(2024, 1, 1))


def test_results_stay_behind() -> None:
    assert {(m.summary, m.outcome) for m in draft().measures} == {(None, None)}


def test_what_was_moved_and_what_still_names_the_old_year_is_doubtful_the_rest_is_not() -> None:
    lines = [line for line in draft().lines if line.measure_no]
    assert [line.outcome for line in lines] == [Outcome.DOUBTFUL, Outcome.READ]
    assert "เลื่อนระยะเวลาจาก “ตุลาคม ๒๕๖๕ - เมษายน ๒๕๖๖” เป็น “ตุลาคม ๒๕๖๖ - เมษายน ๒๕๖๗”" in lines[0].sentence
    assert "ขั้นตอนยังกล่าวถึงปี ๒๕๖๖ โปรดแก้" in lines[0].sentence
    assert draft().measures[0].steps == "ทบทวนคู่มือปี ๒๕๖๖"


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("๑ ตุลาคม ๒๕๖๕ – ๓๐ กันยายน ๒๕๖๖", "๑ ตุลาคม ๒๕๖๖ – ๓๐ กันยายน ๒๕๖๗"),
        ("ต.ค. ๖๕ – มี.ค. ๖๖", "ต.ค. ๖๖ – มี.ค. ๖๗"),
        ("ต.ค.65-มี.ค.66", "ต.ค.66-มี.ค.67"),
        ("1/10/2565 - 31/03/2566", "1/10/2566 - 31/03/2567"),
        ("October 2022", "October 2023"),
        ("ปีงบประมาณ ๒๕๖๖", "ปีงบประมาณ ๒๕๖๗"),
        ("ไตรมาส ๑-๔", "ไตรมาส ๑-๔"),
        ("ทุกวันที่ ๕ ของเดือน", "ทุกวันที่ ๕ ของเดือน"),
        ("๑๕ มกราคม - ๓๑ มีนาคม ๒๕๖๖", "๑๕ มกราคม - ๓๑ มีนาคม ๒๕๖๗"),
        ("รอบ ๖ เดือน และ ๑๒ เดือน", "รอบ ๖ เดือน และ ๑๒ เดือน"),
    ],
)
def test_years_move_in_the_digits_and_forms_in_which_they_stand(text: str, moved: str) -> None:
    assert moved_years(text, 1) == moved


def test_a_draft_comes_from_an_earlier_year() -> None:
    reading = read_plan("r.txt", REPORT.encode(), FiscalYear(2566))
    with pytest.raises(BadInput, match="--from-year"):
        as_draft(reading, FiscalYear(2567), FiscalYear(2567))
