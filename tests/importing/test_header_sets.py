"""Every set of headings that plans and reports are known to print: columns are known by meaning, never by place."""

from __future__ import annotations

import pytest

from bot.domain.calendar import FiscalYear
from bot.importing.headers import Field, read_header
from bot.importing.periods import read_period
from bot.importing.plan import read_plan

pytestmark = pytest.mark.pure

F = Field
SIX = [F.TITLE, F.STEPS, F.RESPONSIBLE, F.PERIOD, F.SUMMARY, F.OUTCOME]
SETS = {
    "A1": ("มาตรการ | แนวทางการปฏิบัติ | ขั้นตอน/วิธีการปฏิบัติ | ผู้รับผิดชอบ | การกำกับ ติดตาม",
           [F.TITLE, F.APPROACH, F.STEPS, F.RESPONSIBLE, F.MONITORING]),
    "B4": ("ตัวชี้วัด | โครงการ/กิจกรรม | ขั้นตอนหรือวิธีการดำเนินการ | ระยะเวลาในการดำเนินการ | ผู้รับผิดชอบ",
           [F.INDICATOR, F.TITLE, F.STEPS, F.PERIOD, F.RESPONSIBLE]),
    "A3": ("มาตรการหรือกิจกรรม ที่ดำเนินการ | ขั้นตอนหรือ วิธีการดำเนินการ | ผู้รับผิดชอบ | ระยะเวลา ในการ ดำเนินการ"
           " | สรุปผลการดำเนินการตาม มาตรการหรือกิจกรรม | ผลลัพธ์หรือความสำเร็จ ในการดำเนินการ", SIX),
    "A3 in paragraphs": ("<p>มาตรการหรือกิจกรรมที่ดำเนินการ</p> | <p>ขั้นตอนหรือวิธีการดำเนินการ</p> | <p>ผู้รับผิดชอบ</p>"
           " | <p>ระยะเวลาในการดำเนินการ</p> | <p>สรุปผลการดำเนินการตามมาตรการหรือกิจกรรม</p>"
           " | <p>ผลลัพธ์หรือความสำเร็จในการดำเนินการ</p>", SIX),
    "C1": ("มาตรการ/กิจกรรม/ แนวทางที่ดำเนินการ | ขั้นตอน/วิธีการปฏิบัติ | ผู้รับผิดชอบ | ระยะเวลา ดำเนินการ"
           " | สรุปผลการดำเนินการ | ผลลัพธ์/ความสำเร็จ", SIX),
    "D1": ("มาตรการ/แนวทาง | ขั้นตอน/วิธีปฏิบัติ | หน่วยงานผู้รับผิดชอบ | ระยะเวลาดำเนินการ"
           " | สรุปผลดำเนินการ | ผลลัพธ์/ความสำเร็จ", SIX),
    "D1 on one page": ("มาตรการ/ แนวทาง | ขั้นตอน/วิธีปฏิบัติ | หน่วยงาน ผู้รับผิดชอบ | ระยะเวลา ดำเนินการ"
           " | สรุปผลดำเนินการ | ผลลัพธ์/ความสำเร็จ", SIX),
}  # fmt: skip
SHOWN = {F.TITLE: "title", F.STEPS: "steps", F.RESPONSIBLE: "responsible", F.SUMMARY: "summary", F.OUTCOME: "outcome",
         F.APPROACH: "approach", F.MONITORING: "monitoring", F.INDICATOR: "indicator"}  # fmt: skip


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("turned", [False, True], ids=["as printed", "from right to left"])
def test_each_column_of_a_known_set_is_read_into_its_field(name: str, turned: bool) -> None:
    printed, wanted = SETS[name]
    heads, fields = printed.split(" | "), list(wanted)
    if turned:
        heads, fields = heads[::-1], fields[::-1]
    known = [read_header(head) for head in heads]
    assert [meaning.field if meaning else None for meaning in known] == fields
    values = ["ตลอดปี" if field is F.PERIOD else f"ค่าของ{field.value}" for field in fields]
    text = "\n".join("\t".join(cells) for cells in (heads, values))
    (measure,) = read_plan("plan.txt", text.encode(), FiscalYear(2567), results=True).measures
    for field, value in zip(fields, values, strict=True):
        assert (measure.period.text if field is F.PERIOD else getattr(measure, SHOWN[field])) == value


def test_the_output_and_outcome_table_is_read_below_its_two_header_rows() -> None:
    heads = "มาตรการ\tรายละเอียดการดำเนินงาน\tระยะเวลาการดำเนินงาน\tผลการดำเนินการ\t\tหมายเหตุ\n\t\t\tผลผลิต\tผลลัพธ์\t\n"
    text = heads + "จัดทำคู่มือ\tสำรวจ\tตลอดปี\tคู่มือ ๑ เล่ม\tสะดวกขึ้น\tไม่มี\n"
    (read,) = read_plan("plan.txt", text.encode(), FiscalYear(2567), results=True).measures
    assert (read.title, read.steps, read.period.text) == ("จัดทำคู่มือ", "สำรวจ", "ตลอดปี")
    assert (read.output, read.outcome, read.remark) == ("คู่มือ ๑ เล่ม", "สะดวกขึ้น", "ไม่มี")


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("(รอบ ๑๒ เดือน)", "2024-09-30"),
        ("(รอบ๑๒เดือน)", "2024-09-30"),
        ("รอบ (๑๒ เดือน)", "2024-09-30"),
        ("พ.ศ. ๒๕๖๗", "2024-09-30"),
        ("พ.ศ.๒๕๖๗", "2024-09-30"),
        ("พ. ศ.๒๕๖๗", "2024-09-30"),
        ("ไม่เกินวันที่ ๕ เมษายน ๒๕๖๗", "2024-04-05"),
        ("ต.ค. 2566 — ก.ย. 2567", "2024-09-30"),
    ],
)
def test_labels_of_rounds_and_years_end_where_they_say(text: str, end: str) -> None:
    period = read_period(text, FiscalYear(2567))
    assert str(period.end) == end
    assert period.text == text
