from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.importing.headers import Field, looks_like_header, read_header

pytestmark = pytest.mark.pure
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

SEEN = {
    Field.INDICATOR: ["ตัวชี้วัด", "ตัวชี้วัดการประเมิน ITA", "ประเด็นการประเมิน", "ประเด็นที่ต้องปรับปรุง"],
    Field.TITLE: [
        "มาตรการ", "มาตรการ/แนวทาง", "มาตรการ/ แนวทาง", "มาตรการ/กิจกรรม/ แนวทางที่ดำเนินการ", "กิจกรรม",
        "มาตรการหรือกิจกรรม ที่ดำเนินการ", "<p>มาตรการหรือกิจกรรมที่ดำเนินการ</p>", "โครงการ/กิจกรรม", "มาตรการ/โครงการ/กิจกรรม",
    ],
    Field.APPROACH: ["แนวทางการปฏิบัติ", "แนวทางการพัฒนา"],
    Field.STEPS: [
        "ขั้นตอน/วิธีการปฏิบัติ", "ขั้นตอน/วิธีปฏิบัติ", "ขั้นตอนหรือ วิธีการดำเนินการ", "ขั้นตอนหรือวิธีการดำเนินการ",
        "รายละเอียดการดำเนินงาน", "วิธีการดำเนินการ",
    ],
    Field.RESPONSIBLE: [
        "ผู้รับผิดชอบ", "หน่วยงานผู้รับผิดชอบ", "หน่วยงาน ผู้รับผิดชอบ", "ส่วนราชการ/หน่วยงานที่รับผิดชอบ",
        "ผู้ ร ับ ผิ ด ช อบ", "ผู้รับผิชอบ", "<b>ผู้รับผิดชอบ</b>",
    ],
    Field.PERIOD: [
        "ระยะเวลา ดำเนินการ", "ระยะเวลาในการดำเนินการ", "ระยะเวลา ในการ ดำเนินการ", "ระยะเวลาการดำเนินงาน",
        "กำหนดแล้วเสร็จ", "ห้วงเวลา", "ระยะเวลาดาเนินการ", "ระยะเวลา\nดํ าเนินการ",
    ],
    Field.SUMMARY: [
        "สรุปผลการดำเนินการ", "สรุปผลดำเนินการ", "สรุปผลการดำเนินการตาม มาตรการหรือกิจกรรม", "ผลการดำเนินงาน", "ความก้าวหน้า",
    ],
    Field.OUTCOME: ["ผลลัพธ์/ความสำเร็จ", "ผลลัพธ์หรือความสำเร็จ ในการดำเนินการ", "ผลลัพธ์", "ผลสัมฤทธิ์", "ผลที่ได้รับ"],
    Field.OUTPUT: ["ผลผลิต"],
    Field.REMARK: ["หมายเหตุ"],
    Field.MONITORING: ["การกำกับ ติดตาม", "การติดตามประเมินผล"],
    Field.OBSTACLES: ["ปัญหาอุปสรรค", "ข้อเสนอแนะ", "ปัญหา อุปสรรค และข้อเสนอแนะ"],
    Field.ANALYSIS: ["ผลการวิเคราะห์"],
    Field.SCORE: ["คะแนน"],
    Field.INSTRUMENT: ["เครื่องมือ"],
    Field.NO: ["ลำดับ", "ที่"],
    Field.IGNORED: ["งบประมาณ", "ตัวชี้วัดความสำเร็จ", "หลักฐาน", "ลิงก์", "สถานะ", "ผลที่คาดว่าจะได้รับ"],
}  # fmt: skip


@pytest.mark.parametrize(("field", "text"), [(field, text) for field, texts in SEEN.items() for text in texts])
def test_a_header_is_known_by_its_meaning(field: Field, text: str) -> None:
    meaning = read_header(text)
    assert meaning is not None
    assert meaning.field is field


@pytest.mark.parametrize("text", ["", "สำนักปลัด", "๑ ตุลาคม ๒๕๖๖", "จัดทำคู่มือการปฏิบัติงาน", "มาตรการ" * 30, "๑."])
def test_what_is_no_header_has_no_meaning(text: str) -> None:
    assert read_header(text) is None


def test_a_row_of_measures_is_no_header_row() -> None:
    assert not looks_like_header(["กิจกรรมวันต่อต้านการทุจริต", "๑. จัดกิจกรรม", "สำนักปลัด", "ตลอดปี"])
    assert not looks_like_header(["มาตรการส่งเสริมความโปร่งใสในการจัดซื้อจัดจ้าง", "", "", ""])


def test_a_header_row_is_known_wherever_its_columns_stand() -> None:
    assert looks_like_header(["ผู้รับผิดชอบ", "ระยะเวลา", "มาตรการ"])
    assert looks_like_header(["ตัวชี้วัด", "คะแนน"])
    assert looks_like_header(["มาตรการ"])
    assert not looks_like_header(["ผู้รับผิดชอบ"])


@UNTIMED
@given(st.text())
def test_any_text_may_stand_in_a_header(text: str) -> None:
    meaning = read_header(text)
    assert meaning is None or meaning.field in Field
