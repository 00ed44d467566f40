"""Every format says the same, cell by cell, after digits and white space are folded."""

from __future__ import annotations

import json
from functools import lru_cache

import pytest

from bot.adapters.render.render_all import FORMATS, render_all
from bot.domain.rounds import RoundNo
from bot.reporting.build import build_report
from bot.reporting.model import MeasureRow, Report, SectionRow
from bot.reporting.rendering import CompiledReport
from tests.render.reading_back import PDF_READERS, PdfReader, docx_table, docx_text, folded, xlsx_rows
from tests.reporting.sample_year import NOW, full_year, jpeg


@lru_cache
def compiled(*, draft: bool = False) -> tuple[Report, CompiledReport]:
    report = build_report(full_year(), RoundNo.TWELVE, draft=draft, compiled_at=NOW)
    return report, render_all(report, lambda key: jpeg(key, size=(300, 200)))


def measure_rows(report: Report) -> list[MeasureRow]:
    return [row for row in report.table.rows if isinstance(row, MeasureRow)]


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("read", PDF_READERS)
def test_the_pdf_holds_every_cell_in_order(read: PdfReader, draft: bool):
    report, done = compiled(draft=draft)
    rest = folded(read(done.files["pdf"]))
    for row in report.table.rows:
        for text in (row.title,) if isinstance(row, SectionRow) else row.cells:
            assert folded(text) in rest, text
            rest = rest[rest.index(folded(text)) + len(folded(text)) :]


@pytest.mark.parametrize("read", PDF_READERS)
def test_the_pdf_holds_cover_notes_and_annex(read: PdfReader):
    report, done = compiled()
    found = folded(read(done.files["pdf"]))
    wanted = [*report.cover.lines(), *(row.text for section in report.notes for row in section.rows)]
    for group in report.annex:
        wanted += [group.measure, *(part for i in group.items for part in (i.heading, i.caption, i.source))]
    assert [text for text in wanted if folded(text) not in found] == []


@pytest.mark.parametrize("draft", [False, True])
def test_the_word_table_is_the_models_table(draft: bool):
    report, done = compiled(draft=draft)
    heads, *rows = docx_table(done.files["docx"])
    assert heads == [column.title for column in report.table.columns]
    assert rows == [[row.title] * 6 if isinstance(row, SectionRow) else list(row.cells) for row in report.table.rows]


def test_the_word_file_holds_cover_notes_and_annex():
    report, done = compiled()
    text = docx_text(done.files["docx"])
    for line in report.cover.lines():
        assert line in text
    for group in report.annex:
        assert group.measure in text
        for item in group.items:
            assert f"{item.heading} {item.caption}".strip() in text
            assert item.source in text
    assert docx_table(done.files["docx"], 1)[1:] == [[r.measure, r.text] for r in report.notes[0].rows]


def test_the_sheets_are_the_models_table_annex_and_notes():
    report, done = compiled()
    table = xlsx_rows(done.files["xlsx"], 0)
    start = table.index([column.title for column in report.table.columns])
    assert [row[0] for row in table[: start - 1]] == list(report.cover.lines())
    for found, wanted in zip(table[start + 1 :], report.table.rows, strict=True):
        assert found == ([wanted.title, *[""] * 5] if isinstance(wanted, SectionRow) else list(wanted.cells))
    annex = [row for row in xlsx_rows(done.files["xlsx"], 1)[3:] if row[0]]
    assert [row[:5] for row in annex] == [
        [group.measure, item.label, item.kind_word, item.caption, item.source]
        for group in report.annex
        for item in group.items
    ]
    assert xlsx_rows(done.files["xlsx"], 2)[3][1] == report.notes[0].rows[0].text


def test_the_json_holds_what_the_table_holds():
    report, done = compiled()
    year = json.loads(done.files["json"])
    for row, measure in zip(measure_rows(report), year["measures"], strict=True):
        assert folded(row.cells[0]) == folded(measure["title"])
        told = measure["rounds"]["12"]
        if told and told["status"] in {"done", "in_progress"}:
            assert folded(row.cells[4]) == folded(told["summary"])
            assert folded(row.cells[5]) == folded(told["outcome"] or "")
        elif told:
            assert folded(told["obstacles"]) in folded(row.cells[4])
        else:
            assert row.cells[4] == "ยังไม่ได้รายงาน"


def test_the_same_report_gives_the_same_bytes_in_every_format():
    report, first = compiled()
    second = render_all(report, lambda key: jpeg(key, size=(300, 200)))
    assert {name: first.files[name] == second.files[name] for name in FORMATS} == dict.fromkeys(FORMATS, True)


def test_only_the_formats_asked_for_are_drawn():
    report, _ = compiled()
    assert list(render_all(report, jpeg, formats=("json",)).files) == ["json"]
