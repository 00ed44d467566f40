"""The template to start from draws the usual document; a process of its own keeps strangers' files in bounds."""

from __future__ import annotations

import base64
import io
import random
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn

from bot.adapters.limited import Limits
from bot.adapters.render.docx import DocxFile
from bot.adapters.render.pictures import prepare_pictures
from bot.adapters.word_template.drawing import TemplatedDocx, draw_template
from bot.adapters.word_template.starting import starting_template
from bot.domain.errors import CompileFailed
from bot.domain.rounds import RoundNo
from bot.reporting.build import build_report
from bot.reporting.columns import KEYS
from bot.reporting.example_year import example_year
from bot.reporting.fields import FIELDS, MEASURE_WORDS, Field, FieldKind, values_of
from bot.reporting.kinds import Kind
from bot.reporting.model import Report
from bot.reporting.styles import DEFAULTS, NAMED
from tests.reporting.sample_year import AGENCY, NOW, full_year, jpeg, year_of
from tests.word_template.files import word


def report_of(kind: Kind, style: str | None = None) -> Report:
    styles = {**DEFAULTS, kind: NAMED[style]} if style else DEFAULTS
    return build_report(full_year(), RoundNo.TWELVE, compiled_at=NOW, kind=kind, styles=styles)


def words(data: bytes) -> list[str]:
    document = Document(io.BytesIO(data))
    paragraphs = (p for p in document.element.body.iter(qn("w:p")))
    found = (
        "".join(t.text or "" if t.tag == qn("w:t") else "\n" for t in p.iter(qn("w:t"), qn("w:br"))) for p in paragraphs
    )
    return [line.strip() for text in found for line in text.split("\n") if line.strip()]


CASES = [
    *((style.kind, name) for name, style in NAMED.items()),
    (Kind.ANNEX, None),
]


@pytest.mark.parametrize(("kind", "style"), CASES)
def test_the_template_to_start_from_draws_the_usual_document(kind: Kind, style: str | None) -> None:
    ready, pictures = prepare_pictures(report_of(kind, style), lambda key: jpeg(key, size=(300, 200)))
    template = starting_template(kind, NAMED[style] if style else None, thai_digits=True)
    drawn = draw_template(template, ready, pictures, with_outline=True)
    assert drawn.problems == ()
    usual = DocxFile().render(ready, pictures).data
    assert words(drawn.document) == words(usual)
    mine, theirs = (Document(io.BytesIO(data)) for data in (drawn.document, usual))
    assert len(mine.tables) == len(theirs.tables)
    assert len(mine.inline_shapes) == len(theirs.inline_shapes)
    assert [(s.orientation, s.page_width) for s in mine.sections] == [
        (s.orientation, s.page_width) for s in theirs.sections
    ]
    assert mine.core_properties.title == theirs.core_properties.title


def test_photos_carry_their_words_and_keep_their_shape() -> None:
    ready, pictures = prepare_pictures(report_of(Kind.ANNEX), lambda key: jpeg(key, size=(300, 200)))
    drawn = draw_template(starting_template(Kind.ANNEX, None, thai_digits=True), ready, pictures)
    shapes = Document(io.BytesIO(drawn.document)).inline_shapes
    alts = [shape._inline.docPr.get("descr") for shape in shapes]
    assert alts == [item.alt for group in ready.annex for item in group.items if item.image_key]
    assert all(abs(shape.width / shape.height - 1.5) < 0.01 for shape in shapes)


def test_the_same_report_gives_the_same_bytes() -> None:
    ready, pictures = prepare_pictures(report_of(Kind.PROGRESS), lambda key: jpeg(key, size=(300, 200)))
    template = starting_template(Kind.PROGRESS, NAMED["standard"], thai_digits=True)
    assert template == starting_template(Kind.PROGRESS, NAMED["standard"], thai_digits=True)
    assert draw_template(template, ready, pictures).document == draw_template(template, ready, pictures).document


def test_the_preview_shows_headings_tables_and_photos_in_order() -> None:
    ready, pictures = prepare_pictures(report_of(Kind.PROGRESS), lambda key: jpeg(key, size=(300, 200)))
    template = starting_template(Kind.PROGRESS, NAMED["standard"], thai_digits=True)
    outline = draw_template(template, ready, pictures, with_outline=True).outline
    kinds = [block["kind"] for block in outline]
    assert kinds.index("heading") < kinds.index("table") < kinds.index("picture")
    table = next(block for block in outline if block["kind"] == "table")
    assert (table["heads"], table["rows"][0][0]["text"]) == (1, "มาตรการ/แนวทาง")
    assert table["rows"][1][0]["across"] == 6


def test_a_template_over_its_time_or_memory_is_a_problem_and_no_crash() -> None:
    report = report_of(Kind.PLAN)
    for limits, said in (
        (Limits(seconds=60, memory_mib=40, file_mib=10), "หน่วยความจำ"),
        (Limits(seconds=0, memory_mib=1024, file_mib=10), "เวลา"),
    ):
        (problem,) = draw_template(word("{{ agency }}"), report, {}, limits=limits).problems
        assert said in problem.message


def test_a_document_larger_than_allowed_is_a_problem() -> None:
    limits = Limits(seconds=60, memory_mib=1024, file_mib=1)
    noise = base64.b64encode(random.Random(1).randbytes(2_000_000)).decode()
    (problem,) = draw_template(word(noise), report_of(Kind.PLAN), {}, limits=limits).problems
    assert "ใหญ่เกินไป" in problem.message


def test_a_compile_by_a_template_that_does_not_fit_names_the_place() -> None:
    with pytest.raises(CompileFailed, match=r"ย่อหน้าที่ ๑ \{\{ gone \}\}: ไม่มีช่องชื่อ gone"):
        TemplatedDocx(word("{{ gone }}")).render(report_of(Kind.PLAN), {})


def test_the_fields_are_every_column_and_their_values_come_from_the_report() -> None:
    assert MEASURE_WORDS.keys() == KEYS
    values = values_of(report_of(Kind.PROGRESS))
    assert values["measures"][0].keys() == KEYS
    assert values["round"] == "๑๒"
    assert values["sections"][0]["measures"][0] == values["measures"][0]


def each_field(fields: tuple[Field, ...] = FIELDS) -> list[Field]:
    return [field for one in fields for field in (one, *each_field(one.fields))]


def test_every_field_has_a_meaning_and_an_example() -> None:
    assert all(field.thai for field in each_field())
    assert all(field.example for field in each_field() if field.kind is not FieldKind.LIST)


def test_an_agency_without_a_plan_sees_an_example() -> None:
    assert year_of().measures == ()
    report = build_report(example_year(AGENCY, full_year().fiscal_year), RoundNo.TWELVE, compiled_at=NOW)
    assert (
        draw_template(starting_template(Kind.PROGRESS, NAMED["standard"], thai_digits=True), report, {}).problems == ()
    )


def test_the_bytes_are_a_zip_dated_by_the_version() -> None:
    report = replace(report_of(Kind.PLAN), findings=())
    drawn = draw_template(starting_template(Kind.PLAN, NAMED["A1"], thai_digits=True), report, {})
    with zipfile.ZipFile(io.BytesIO(drawn.document)) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {NOW.year}
