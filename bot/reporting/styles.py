"""Table styles: which columns a table has, their headings and order, how it is grouped, and its look on paper."""

from __future__ import annotations

from dataclasses import dataclass

from bot.reporting.kinds import Kind

PAPERS = {"a4": (21.0, 29.7), "a3": (29.7, 42.0), "f14": (21.59, 33.02)}
"""Width and height of the upright sheet in centimetres; F14 is the long sheet of Thai offices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleColumn:
    """A column: the key of what it holds, its heading, its share of the width, a heading over it and its neighbours."""

    key: str
    title: str
    width: float
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableStyle:
    """A named look of a kind's table.

    Attributes:
        sections: print the section of the measures as a row over the whole width.
        per_page: how many measures share a page; 0 lets them flow.
        title_again: repeat the title on each of those pages.
        title: the words above the table, with {fiscal_year}, {round}, {from} and {to}; "" for the kind's own.
        footer: the line under the table, with the same places to fill.
        thai_digits: None leaves it to the agency's setting.
    """

    name: str
    kind: Kind
    columns: tuple[StyleColumn, ...]
    sections: bool = True
    per_page: int = 0
    title_again: bool = False
    title: str = ""
    footer: str = ""
    paper: str = "a4"
    landscape: bool = True
    font_pt: float = 14
    thai_digits: bool | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns' keys in order."""
        return tuple(column.key for column in self.columns)


def _columns(*given: tuple[str, str, float] | tuple[str, str, float, str]) -> tuple[StyleColumn, ...]:
    return tuple(StyleColumn(key=c[0], title=c[1], width=c[2], group=c[3] if len(c) > 3 else "") for c in given)


STANDARD = TableStyle(
    name="standard",
    kind=Kind.PROGRESS,
    columns=_columns(
        ("measure", "มาตรการ/แนวทาง", 17),
        ("steps", "ขั้นตอน/วิธีการปฏิบัติ", 23),
        ("responsible", "ผู้รับผิดชอบ", 10),
        ("period", "ระยะเวลาดำเนินการ", 10),
        ("summary", "สรุปผลการดำเนินการ", 23),
        ("outcome", "ผลลัพธ์/ความสำเร็จ", 17),
    ),
)
A3 = TableStyle(
    name="A3",
    kind=Kind.PROGRESS,
    columns=_columns(
        ("measure", "มาตรการหรือกิจกรรม ที่ดำเนินการ", 17),
        ("steps", "ขั้นตอนหรือ วิธีการดำเนินการ", 22),
        ("responsible", "ผู้รับผิดชอบ", 10),
        ("period", "ระยะเวลา ในการ ดำเนินการ", 10),
        ("summary", "สรุปผลการดำเนินการตาม มาตรการหรือกิจกรรม", 23),
        ("outcome", "ผลลัพธ์หรือความสำเร็จ ในการดำเนินการ", 18),
    ),
)
C1 = TableStyle(
    name="C1",
    kind=Kind.PROGRESS,
    columns=_columns(
        ("measure", "มาตรการ/กิจกรรม/ แนวทางที่ดำเนินการ", 17),
        ("steps", "ขั้นตอน/วิธีการปฏิบัติ", 23),
        ("responsible", "ผู้รับผิดชอบ", 10),
        ("period", "ระยะเวลา ดำเนินการ", 9),
        ("summary", "สรุปผลการดำเนินการ", 23),
        ("outcome", "ผลลัพธ์/ความสำเร็จ", 18),
    ),
    per_page=2,
    title_again=True,
    footer="หมายเหตุ ข้อมูลครบ ๑ ปี (ปีงบประมาณ {fiscal_year}) เริ่ม {from} - {to}",
)
D1 = TableStyle(
    name="D1",
    kind=Kind.PROGRESS,
    columns=_columns(
        ("measure", "มาตรการ/แนวทาง", 16),
        ("steps", "ขั้นตอน/วิธีปฏิบัติ", 21),
        ("responsible", "หน่วยงานผู้รับผิดชอบ", 11),
        ("period", "ระยะเวลาดำเนินการ", 10),
        ("summary", "สรุปผลดำเนินการ", 24),
        ("outcome", "ผลลัพธ์/ความสำเร็จ", 18),
    ),
    sections=False,
    per_page=1,
)
PLAN = TableStyle(
    name="standard-plan",
    kind=Kind.PLAN,
    columns=_columns(
        ("measure", "มาตรการ", 22),
        ("steps", "ขั้นตอน/วิธีการปฏิบัติ", 36),
        ("responsible", "ผู้รับผิดชอบ", 13),
        ("period", "ระยะเวลาดำเนินการ", 13),
        ("monitoring", "การกำกับติดตาม", 16),
    ),
)
A1 = TableStyle(
    name="A1",
    kind=Kind.PLAN,
    columns=_columns(
        ("measure", "มาตรการ", 20),
        ("approach", "แนวทางการปฏิบัติ", 22),
        ("steps", "ขั้นตอน/วิธีการปฏิบัติ", 28),
        ("responsible", "ผู้รับผิดชอบ", 13),
        ("monitoring", "การกำกับ ติดตาม", 17),
    ),
)
B4 = TableStyle(
    name="B4",
    kind=Kind.PLAN,
    columns=_columns(
        ("indicator", "ตัวชี้วัด", 16),
        ("measure", "โครงการ/กิจกรรม", 24),
        ("steps", "ขั้นตอนหรือวิธีการดำเนินการ", 33),
        ("period", "ระยะเวลาในการดำเนินการ", 13),
        ("responsible", "ผู้รับผิดชอบ", 14),
    ),
    sections=False,
)
A2 = TableStyle(
    name="A2",
    kind=Kind.OUTCOME,
    columns=_columns(
        ("measure", "มาตรการ", 18),
        ("steps", "รายละเอียดการดำเนินงาน", 27),
        ("period", "ระยะเวลาการดำเนินงาน", 11),
        ("output", "ผลผลิต", 17, "ผลการดำเนินการ"),
        ("outcome", "ผลลัพธ์", 17, "ผลการดำเนินการ"),
        ("remark", "หมายเหตุ", 10),
    ),
)
NAMED: dict[str, TableStyle] = {style.name: style for style in (STANDARD, A3, C1, D1, PLAN, A1, B4, A2)}
"""The styles that an agency can pick by name."""

DEFAULTS = {Kind.PROGRESS: STANDARD, Kind.PLAN: PLAN, Kind.OUTCOME: A2}
"""What an agency has that picked none."""
