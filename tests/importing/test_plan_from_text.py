from __future__ import annotations

import contextlib
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput
from bot.domain.plans import Precision
from bot.importing.columns import TableKind
from bot.importing.measures import Outcome
from bot.importing.plan import PlanReading, read_plan

UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "data" / "importing"
EXAMPLES = ROOT.parent / "shared" / "examples"
needs_examples = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="../shared is absent")


def _read(text: str, year: int = 2567, **options: object) -> PlanReading:
    return read_plan("plan.txt", text.encode(), FiscalYear(year), **options)  # type: ignore[arg-type]


def _sample(name: str, year: int, **options: object) -> PlanReading:
    return read_plan(name, (SAMPLES / name).read_bytes(), FiscalYear(year), **options)  # type: ignore[arg-type]


def test_a_finished_report_gives_each_measure_once_over_all_its_tables() -> None:
    reading = _sample("finished_report.txt", 2567, results=True)
    assert [(each.kind, each.taken, each.rows) for each in reading.tables] == [
        (TableKind.SCORES, False, 2),
        (TableKind.PLAN, True, 3),
        (TableKind.PROGRESS, True, 2),
        (TableKind.PROGRESS, True, 5),
    ]
    assert [(each.no, each.title, each.tables) for each in reading.measures] == [
        (1, "๑. จัดทำคู่มือการให้บริการ", (2, 3)),
        (2, "๒. เปิดเผยแผนการใช้จ่าย", (2, 4)),
        (3, "๒. รับเรื่องร้องเรียนผ่านเว็บ", (3,)),
        (4, "๔. กิจกรรมงดรับของขวัญ", (4,)),
        (5, "๕. ปรับปรุงช่องทางติดต่อ", (4,)),
    ]
    assert [each.section for each in reading.measures] == [
        "มาตรการส่งเสริมการปฏิบัติงานที่โปร่งใส",
        "มาตรการส่งเสริมการปฏิบัติงานที่โปร่งใส",
        None,
        "มาตรการการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ",
        "มาตรการการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ",
    ]


def test_a_further_table_fills_only_what_is_empty() -> None:
    first, second, *_ = _sample("finished_report.txt", 2567, results=True).measures
    assert first.steps == "๑) สำรวจงานบริการ\n๒) จัดทำคู่มือฉบับประชาชน ๓) เผยแพร่บนเว็บ"
    assert first.approach == "ให้บริการตามลำดับก่อนหลังและเผยแพร่ขั้นตอน"
    assert (first.output, first.outcome, first.remark) == ("คู่มือ ๑ เล่ม", "ประชาชนเข้าใจขั้นตอน", "-")
    assert (first.period.start, first.period.end) == (date(2023, 10, 1), date(2024, 3, 31))
    assert second.steps == "- ประกาศบนเว็บไซต์\n- ปิดประกาศที่สำนักงาน"
    assert second.summary == "ประกาศแผนเมื่อวันที่ ๓ ตุลาคม ๒๕๖๖"
    assert second.period.text == "ไตรมาส ๑-๔"


def test_continuation_rows_after_a_page_break_are_joined_without_a_space() -> None:
    gift = _sample("finished_report.txt", 2567, results=True).measures[3]
    assert gift.summary == "จัดประชุมประกาศเจตนารมณ์ที่หอประชุมเทศบาล"
    assert gift.outcome == "เจ้าหน้าที่ทุกคนร่วมลงนามและไม่พบการรับของขวัญ"
    last = _sample("finished_report.txt", 2567, results=True).measures[4]
    assert (last.responsible, last.period.text, last.summary) == ("สำนักปลัด/กองช่าง", "ต.ค. ๖๖ – มี.ค. ๖๗", None)


def test_without_results_no_result_is_read() -> None:
    for measure in _sample("finished_report.txt", 2567).measures:
        assert (measure.summary, measure.output, measure.outcome, measure.obstacles, measure.remark) == (None,) * 5


def test_every_row_of_a_taken_table_is_accounted_for() -> None:
    lines = _sample("finished_report.txt", 2567).lines
    told = {line.place.row: (line.outcome, line.sentence) for line in lines}
    assert told[8] == (Outcome.NOT_TAKEN, "ตารางที่ 1: เป็นตารางคะแนน ไม่ใช่ตารางมาตรการ")
    assert told[15][1].startswith("ชื่อกลุ่ม")
    assert told[16] == (Outcome.READ, "มาตรการที่ ๑: ๑. จัดทำคู่มือการให้บริการ")
    assert told[17] == (Outcome.READ, "ต่อจากแถวก่อน (มาตรการที่ ๑)")
    assert told[19] == (Outcome.NOT_TAKEN, "เส้นคั่น")
    assert told[35] == (Outcome.NOT_TAKEN, "หัวตารางซ้ำ")
    assert str(lines[0].place) == "finished_report.txt บรรทัด 8"


def test_a_plan_is_keyed_by_indicator_and_its_columns_are_known_by_header() -> None:
    reading = _sample("plan_by_indicator.txt", 2569)
    assert [(each.kind, each.taken) for each in reading.tables] == [(TableKind.ANALYSIS, False), (TableKind.PLAN, True)]
    assert [(each.indicator, each.title, each.responsible) for each in reading.measures] == [
        ("๑. การปฏิบัติหน้าที่", "จัดทำคู่มือการให้บริการ", "สำนักปลัด"),
        ("๒. การใช้งบประมาณ", "เปิดเผยแผนการใช้จ่าย", "กองคลัง"),
        ("๖. คุณภาพการดำเนินงาน", "จัดทำคู่มือการให้บริการ", "สำนักปลัด"),
        ("๙. การเปิดเผยข้อมูล", "ปรับปรุงเว็บไซต์", "กองช่าง"),
    ]
    assert reading.measures[0].steps == "๑.สำรวจงาน ๒.จัดทำคู่มือและเผยแพร่ทางเว็บไซต์ของหน่วยงาน"
    assert reading.measures[3].steps == "๑.ตรวจข้อมูล\n๒.ปรับปรุงทุกเดือน"
    assert not any(line.outcome is Outcome.DOUBTFUL for line in reading.lines)


def test_a_plan_of_another_year_is_doubted_row_by_row() -> None:
    reading = _sample("plan_by_indicator.txt", 2568)
    doubtful = [line for line in reading.lines if line.outcome is Outcome.DOUBTFUL]
    assert [line.measure_no for line in doubtful] == [1, 4]
    assert all("นอกปีงบประมาณ พ.ศ. ๒๕๖๘" in line.sentence for line in doubtful)


def test_one_table_alone_can_be_taken() -> None:
    reading = _sample("finished_report.txt", 2567, table=3)
    assert [each.title for each in reading.measures] == ["๑. จัดทำคู่มือการให้บริการ", "๒. รับเรื่องร้องเรียนผ่านเว็บ"]
    assert [each.taken for each in reading.tables] == [False, False, True, False]
    assert len(_sample("finished_report.txt", 2567, table="all").measures) == 5


@pytest.mark.parametrize(("table", "hint"), [(0, "ไม่มีตารางที่ 0"), (5, "4 ตาราง"), (1, "ตารางคะแนน")])
def test_a_table_that_cannot_be_taken_is_refused(table: int, hint: str) -> None:
    with pytest.raises(BadInput, match=hint):
        _sample("finished_report.txt", 2567, table=table)


def test_two_rows_of_one_table_are_never_one_measure() -> None:
    reading = _read("มาตรการ\tผู้รับผิดชอบ\tระยะเวลา\nงดรับของขวัญ\tสำนักปลัด\tตลอดปี\nงดรับของขวัญ\tกองคลัง\tตลอดปี\n")
    assert [each.responsible for each in reading.measures] == ["สำนักปลัด", "กองคลัง"]
    again = (
        "มาตรการ\tผู้รับผิดชอบ\tสรุปผลการดำเนินการ\nงดรับของขวัญ\tสำนักปลัด\tก\nงดรับของขวัญ\tกองคลัง\tข\nงดรับของขวัญ\tกองช่าง\tค\n"
    )
    both = _read(f"มาตรการ\tผู้รับผิดชอบ\nงดรับของขวัญ\tสำนักปลัด\nงดรับของขวัญ\tกองคลัง\n\n{again}", results=True)
    assert [each.summary for each in both.measures] == ["ก", "ข", "ค"]


def test_rows_may_lack_their_last_cells_and_a_group_row_its_empty_ones() -> None:
    text = "มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\nด้านการให้บริการ\n๑. ก\tข\n๒. ค\tง\tกองคลัง\nด้านงบประมาณ\n๓. จ\tฉ\tกองช่าง\n"
    reading = _read(text)
    assert [(each.title, each.section, each.responsible) for each in reading.measures] == [
        ("๑. ก", "ด้านการให้บริการ", None),
        ("๒. ค", "ด้านการให้บริการ", "กองคลัง"),
        ("๓. จ", "ด้านงบประมาณ", "กองช่าง"),
    ]


def test_a_numbered_title_alone_in_its_row_is_a_measure() -> None:
    reading = _read("มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\n๑. ก\tข\tค\n๒. ง\t\t\n๓. จ\tฉ\tช\n")
    assert [each.title for each in reading.measures] == ["๑. ก", "๒. ง", "๓. จ"]


def test_a_table_of_titles_alone_is_a_plan_with_doubts() -> None:
    reading = _read("มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\nงดรับของขวัญ\t\t\nจัดทำคู่มือ\t\t\n")
    assert [each.title for each in reading.measures] == ["งดรับของขวัญ", "จัดทำคู่มือ"]
    assert [line.outcome for line in reading.lines] == [Outcome.DOUBTFUL] * 2
    one_column = _read("ลำดับ\tมาตรการ\n1\tงดรับของขวัญ\n2\tจัดทำ\n\tคู่มือ\n")
    assert [each.title for each in one_column.measures] == ["งดรับของขวัญ", "จัดทำคู่มือ"]


def test_prose_and_signatures_after_a_table_are_no_measures() -> None:
    table = "มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\n๑. ก\tข\tค\n"
    reading = _read(f"{table}\nหมายเหตุ ข้อมูล ณ สิ้นปี\n\nลงชื่อ\tผู้รายงาน\nตำแหน่ง\tนิติกร\n")
    assert [each.title for each in reading.measures] == ["๑. ก"]


def test_pages_with_title_header_group_row_and_footer_are_one_table() -> None:
    header = "มาตรการ/กิจกรรม/ แนวทางที่ดำเนินการ\tขั้นตอน/วิธีการปฏิบัติ\tผู้รับผิดชอบ\tระยะเวลา ดำเนินการ\tสรุปผลการดำเนินการ"
    group = "มาตรการส่งเสริมคุณธรรม\t\t\t\t"
    footer = "หมายเหตุ ต้องรายงานข้อมูลให้ครบ ๑ ปี"
    pages = [
        f"รายงานผล\n{header}\n{group}\n๑. {name}\tก\tข\tไตรมาส ๑\tค\n- {page} -\n{footer}\n\f"
        for page, name in enumerate(["หนึ่ง", "สอง", "สาม"], start=1)
    ]
    reading = _read("\n".join(pages), results=True)
    assert [(each.rows, each.taken) for each in reading.tables] == [(3, True)]
    assert [(each.title, each.section) for each in reading.measures] == [
        ("๑. หนึ่ง", "มาตรการส่งเสริมคุณธรรม"),
        ("๑. สอง", "มาตรการส่งเสริมคุณธรรม"),
        ("๑. สาม", "มาตรการส่งเสริมคุณธรรม"),
    ]


def test_a_list_printed_twice_is_two_tables_and_its_measures_are_not_doubled() -> None:
    header = "มาตรการ\tผู้รับผิดชอบ\tสรุปผลการดำเนินการ\n"
    first = f"{header}๑. ก\tข\t\n{header}๒. ค\tง\tแล้ว\n"
    second = f"{header}๑. ก\tข\tเสร็จ\n{header}๒. ค\tง\tแล้ว\n"
    reading = _read(f"รอบ ๖ เดือน\n{first}\nรอบ ๑๒ เดือน\n{second}", results=True)
    assert [each.rows for each in reading.tables] == [2, 2]
    assert [(each.title, each.summary, each.tables) for each in reading.measures] == [
        ("๑. ก", "เสร็จ", (1, 2)),
        ("๒. ค", "แล้ว", (1, 2)),
    ]


def test_a_page_number_amid_a_table_is_no_group() -> None:
    rows = "๑. ก\tข\tค\n- ๒ -\n๒. ง\tจ\tฉ\n"
    reading = _read(f"มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\n{rows}")
    assert [(each.title, each.section) for each in reading.measures] == [("๑. ก", None), ("๒. ง", None)]


def test_a_group_row_without_its_header_is_known_after_a_page_break() -> None:
    group = "มาตรการที่โปร่งใส\t\t"
    reading = _read(f"มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\n{group}\n๑. ก\tข\tค\n\n{group}\n\tต่อ\t\n๒. ง\tจ\tฉ\n")
    assert [(each.title, each.steps) for each in reading.measures] == [("๑. ก", "ขต่อ"), ("๒. ง", "จ")]


def test_sub_items_of_a_title_go_on_over_a_page_break() -> None:
    title = "<p>๑. ช่องทาง</p> <p>๑) เว็บ</p> <p>๒) โทรศัพท์</p>"
    reading = _read(f"มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\n{title}\tก\tข\n\n๓) ไลน์\t\t\n๒. ค\tง\tจ\n")
    assert [each.title for each in reading.measures] == ["๑. ช่องทาง\n๑) เว็บ\n๒) โทรศัพท์\n๓) ไลน์", "๒. ค"]


def test_a_numbering_column_and_rows_of_column_numbers_are_no_text() -> None:
    reading = _read("ลำดับ\tมาตรการ\tงบประมาณ\tผู้รับผิดชอบ\n(๑)\t(๒)\t(๓)\t(๔)\n1\tก\t5,000\tข\n2\tค\t\tง\n\tต่อท้าย\t\t\n")
    assert [(each.title, each.responsible) for each in reading.measures] == [("ก", "ข"), ("คต่อท้าย", "ง")]
    assert any(line.sentence == "ไม่นำเข้าคอลัมน์: งบประมาณ" for line in reading.lines)


def test_text_under_an_unknown_header_is_not_lost_in_silence() -> None:
    reading = _read("มาตรการ\tผู้รับผิดชอบ\tสีประจำวัน\nก\tข\tเหลือง\n")
    assert reading.lines[-1].outcome is Outcome.DOUBTFUL
    assert "คอลัมน์ 3" in reading.lines[-1].sentence


def test_a_spreadsheet_cell_copied_with_line_breaks_is_one_cell() -> None:
    reading = _read('มาตรการ\tขั้นตอน\tผู้รับผิดชอบ\nก\t"๑. ข\n๒. พูดว่า ""ค"""\tกองคลัง\nง\t"จ\tกองช่าง\n')
    assert [(each.title, each.steps, each.responsible) for each in reading.measures] == [
        ("ก", '๑. ข\n๒. พูดว่า "ค"', "กองคลัง"),
        ("ง", '"จ', "กองช่าง"),
    ]


def test_a_markdown_table_is_read_too() -> None:
    reading = _read("| มาตรการ | ผู้รับผิดชอบ |\n|---|---|\n| **ก** | ข |\n| ค | ง |\n")
    assert [(each.title, each.responsible) for each in reading.measures] == [("ก", "ข"), ("ค", "ง")]


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        (b"", "plan.txt.*ว่าง"),
        (b" \n\t\n", "ว่าง"),
        ("มาตรการ\tผู้รับผิดชอบ\nก\tข".encode("cp874"), r"plan\.txt บรรทัด 1 ไบต์ที่ 1: .*TIS-620/Windows-874"),
        ("ก\n\n".encode() + b"ab\xff", "บรรทัด 3 ไบต์ที่ 3"),
        ("มาตรการ".encode("utf-16"), "UTF-16"),
        ("ไม่มีตาราง".encode(), "ไม่พบหัวตาราง"),
        ("ชื่อ\tที่อยู่\nก\tข\n".encode(), r"ชื่อ \| ที่อยู่"),
        ("ผู้รับผิดชอบ\tระยะเวลา\tสีประจำวัน\nก\tข\tค\n".encode(), r"ไม่พบคอลัมน์มาตรการ.*ผู้รับผิดชอบ \| ระยะเวลา \| สีประจำวัน"),
        ("มาตรการ\tผู้รับผิดชอบ\n".encode(), "ไม่มีแถวมาตรการ"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xff\xd8\xff\xe0", "ภาพ"),
        (b"a\x00b", "ไม่ใช่ข้อความ"),
        (("มาตรการ\tผู้รับผิดชอบ\n" + "ก" * 100_001 + "\tข").encode(), r"บรรทัด 2 คอลัมน์ 1: .*ยาวเกิน"),
        (("ก\tข\n" * 20_001).encode(), "20,000 แถว"),
        (b"x" * (20 * 1024 * 1024 + 1), "20 MB"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, hint: str) -> None:
    with pytest.raises(BadInput, match=hint) as refusal:
        read_plan("plan.txt", data, FiscalYear(2567))
    assert "\n" not in refusal.value.detail
    assert refusal.value.detail.startswith("plan.txt")


def test_a_text_plan_does_not_load_the_readers_of_other_files() -> None:
    program = (
        "import sys; from bot.importing.plan import read_plan; "
        "read_plan('a', 'มาตรการ\\tผู้รับผิดชอบ\\nก\\tข'.encode(), 2567); "
        "print(sorted({'lxml', 'openpyxl', 'docx'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


_CELLS = st.sampled_from(
    ["", "มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา", "ผลการดำเนินการ", "ผลผลิต", "ตัวชี้วัด", "คะแนน", "๑. ก", "๒. ข", "๒) ค", "-",
     "--", "<p>ง</p> <p>จ</p>", "<b>ฉ</b>", '"ช', "หมายเหตุ ซ", "ต.ค. ๖๖", "##", "\n"]
)  # fmt: skip


@UNTIMED
@given(st.lists(st.lists(_CELLS | st.text(max_size=5)).map("\t".join)).map("\n".join), st.booleans())
def test_any_text_is_read_or_refused(text: str, results: bool) -> None:
    with contextlib.suppress(BadInput):
        reading = _read(text, results=results)
        assert [each.no for each in reading.measures] == list(range(1, len(reading.measures) + 1))
        assert all(each.title == each.title.strip() != "" for each in reading.measures)


@UNTIMED
@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        read_plan("plan.txt", data, FiscalYear(2567))


def _paragraphs(cell: str) -> str:
    """What the contract makes of a pasted cell, computed in the plainest way for comparison."""
    return "\n".join(re.findall("<p>(.*?)</p>", cell)) or cell


@needs_examples
def test_the_twelve_month_example_gives_its_six_measures_with_their_periods() -> None:
    source = next(EXAMPLES.glob("report-d-*.txt"))
    rows = [line.split("\t") for line in source.read_text("utf-8").splitlines() if line.startswith("<p>")]
    reading = read_plan(source.name, source.read_bytes(), FiscalYear(2566), results=True)
    assert len(reading.tables) == 1
    assert len(rows) == 6
    for row, measure in zip(rows, reading.measures, strict=True):
        texts = [
            measure.title,
            measure.steps,
            measure.responsible,
            measure.period.text,
            measure.summary,
            measure.outcome,
        ]
        assert texts == [_paragraphs(cell) for cell in row]
        assert measure.period.doubts == ()
    assert [(each.period.start, each.period.end) for each in reading.measures] == [
        (date(2022, 10, 1), date(2023, 4, 30)),
        (date(2022, 10, 1), date(2022, 12, 31)),
        (date(2022, 10, 1), date(2023, 9, 30)),
        (date(2023, 1, 1), date(2023, 6, 30)),
        (date(2023, 1, 1), date(2023, 6, 30)),
        (date(2022, 10, 1), date(2023, 9, 30)),
    ]
    assert reading.measures[2].period.precision is Precision.RECURRING
    assert reading.measures[2].period.recurrence == ("monthly", "quarterly", "half-yearly")


@needs_examples
def test_the_plan_example_gives_ten_measures_keyed_by_indicator() -> None:
    source = next(EXAMPLES.glob("report-b-*.txt"))
    lines = source.read_text("utf-8").splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("ตัวชี้วัด\tโครงการ/กิจกรรม"))
    rows: list[list[str]] = []
    for line in lines[start + 1 :]:
        cells = line.split("\t")
        if len(cells) != 5 or set(line) <= {"-", "\t"}:
            continue
        if cells[0]:
            rows.append(cells)
        else:
            glue = "\n" if re.match(r"[๐-๙]+\.", cells[2]) else ""
            rows[-1][2] += glue + cells[2]
    reading = read_plan(source.name, source.read_bytes(), FiscalYear(2569))
    assert len(rows) == 10
    assert [
        [each.indicator, each.title, each.steps, each.period.text, each.responsible] for each in reading.measures
    ] == rows
    assert {(each.period.start, each.period.end) for each in reading.measures} == {
        (date(2025, 10, 1), date(2026, 9, 30))
    }
    assert {row[4].split("/")[0] for row in rows} == {"สำนักปลัด", "กองคลัง"}
    assert not any(line.outcome is Outcome.DOUBTFUL for line in reading.lines)


@needs_examples
def test_the_plan_example_warns_of_all_ten_periods_in_the_wrong_year() -> None:
    source = next(EXAMPLES.glob("report-b-*.txt"))
    reading = read_plan(source.name, source.read_bytes(), FiscalYear(2568))
    doubtful = [line for line in reading.lines if line.outcome is Outcome.DOUBTFUL]
    assert [line.measure_no for line in doubtful] == list(range(1, 11))
    assert all("นอกปีงบประมาณ พ.ศ. ๒๕๖๘" in line.sentence for line in doubtful)
