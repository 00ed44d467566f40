"""Draft rows out of a PDF's text layer: by where headings stand, by printed numbers, and never as if they were sure."""

from __future__ import annotations

import pytest

from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput
from bot.importing.measures import Outcome
from bot.importing.pdf_rows import Page, Segment, as_pdf_draft, is_pdf, tables_of_pdf
from bot.importing.plan import PlanReading, read_plan

pytestmark = pytest.mark.pure

COLUMNS = (50.0, 200.0, 400.0)


def line(top: float, *texts: str, lefts: tuple[float, ...] = COLUMNS) -> list[Segment]:
    """One line of a page: a text for each column, "" for none."""
    return [
        Segment(left=left, top=top, right=left + 6.0 * len(text), bottom=top + 14, text=text)
        for left, text in zip(lefts, texts, strict=False)
        if text
    ]


def page(no: int, *lines: list[Segment]) -> Page:
    return Page(no=no, segments=tuple(segment for each in lines for segment in each), height=595.0)


HEADS = line(100, "มาตรการ", "ขั้นตอน/วิธีการปฏิบัติ", "ผู้รับผิดชอบ")
TITLE = line(60, "มาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปี ๒๕๖๗")
FIRST = page(
    1,
    TITLE,
    HEADS,
    line(120, "๑. จัดทำคู่มือการ", "๑. แต่งตั้งคณะทำ", "สำนักปลัด"),
    line(136, "ให้บริการ", "งาน"),
    line(152, "", "๒. เผยแพร่"),
    line(168, "๒. อบรม No", "จัดอบรม", "กองคลัง"),
    line(184, "Gift Policy"),
    line(560, "", "", "หน้า ๑"),
)
SECOND = page(2, line(60, "๓. เปิดเผยข้อมูล", "ลงเว็บ", "ทุกส่วนราชการ"), line(560, "", "", "หน้า ๒"))


def read(*pages: Page) -> PlanReading:
    tables, left_out = tables_of_pdf("แผน.pdf", pages)
    return as_pdf_draft(read_plan("แผน.pdf", b"", FiscalYear(2567), tables=tables), "แผน.pdf", left_out)


def test_lines_become_cells_by_the_heading_above_them_and_rows_by_their_numbers() -> None:
    first, second, third = read(FIRST, SECOND).measures
    assert (first.title, first.steps, first.responsible) == (
        "๑. จัดทำคู่มือการให้บริการ",
        "๑. แต่งตั้งคณะทำงาน\n๒. เผยแพร่",
        "สำนักปลัด",
    )
    assert (second.title, second.responsible) == ("๒. อบรม No Gift Policy", "กองคลัง")
    assert third.title == "๓. เปิดเผยข้อมูล"


def test_every_row_is_doubtful_and_names_its_page() -> None:
    lines = [each for each in read(FIRST, SECOND).lines if each.measure_no]
    assert {each.outcome for each in lines} == {Outcome.DOUBTFUL}
    assert [str(each.place) for each in lines] == ["แผน.pdf หน้า 1 แถว 2", "แผน.pdf หน้า 1 แถว 3", "แผน.pdf หน้า 2 แถว 2"]
    assert all("โปรดเทียบกับต้นฉบับ PDF" in each.sentence for each in lines)


def test_a_heading_on_several_lines_is_one() -> None:
    heads = [*line(90, "มาตรการ/", "ขั้นตอน/", "หน่วยงาน"), *line(106, "แนวทาง", "วิธีปฏิบัติ", "ผู้รับผิดชอบ")]
    (measure,) = read(page(1, heads, line(130, "๑. อบรม", "จัดอบรม", "กองคลัง"))).measures
    assert (measure.steps, measure.responsible) == ("จัดอบรม", "กองคลัง")


def test_where_headings_stand_on_every_page_other_pages_are_left_out_with_a_line() -> None:
    repeated = page(2, HEADS, line(120, "๒. อบรม", "จัดอบรม", "กองคลัง"))
    reading = read(page(1, HEADS, line(120, "๑. คู่มือ", "ทำ", "สำนักปลัด")), repeated, page(3, line(90, "๓. ภาพกิจกรรม")))
    assert [measure.title for measure in reading.measures] == ["๑. คู่มือ", "๒. อบรม"]
    assert (str(reading.lines[-1].place), reading.lines[-1].outcome) == ("แผน.pdf หน้า 3", Outcome.NOT_TAKEN)


def test_rows_without_numbers_are_parted_by_their_gaps() -> None:
    rows = [line(120, "คู่มือ", "ทำ", "ก"), line(136, "บริการ"), line(176, "อบรม", "จัด", "ข"), line(192, "บุคลากร")]
    assert [measure.title for measure in read(page(1, HEADS, *rows)).measures] == ["คู่มือบริการ", "อบรมบุคลากร"]


def test_a_scan_and_a_letter_are_refused_with_a_sentence() -> None:
    with pytest.raises(BadInput, match="ภาพสแกน"):
        tables_of_pdf("สแกน.pdf", [page(1)])
    with pytest.raises(BadInput, match="ไม่พบหัวตารางมาตรการ"):
        tables_of_pdf("หนังสือ.pdf", [page(1, line(60, "เรียน นายกองค์การบริหารส่วนตำบล"))])


def test_a_pdf_is_known_by_its_first_bytes() -> None:
    assert is_pdf(b"\n%PDF-1.7")
    assert not is_pdf(b"PK\x03\x04")
