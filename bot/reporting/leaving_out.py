"""A report without some of its measures' words or photos, for when they stop it from being drawn; pure."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from bot.domain.text import thai_digits
from bot.reporting.model import (
    AnnexGroup,
    EvidenceItem,
    Finding,
    MeasureRow,
    MeasureWords,
    NoteSection,
    Report,
    SectionRow,
    Severity,
    Table,
    of_measure,
)

LEFT_OUT = "มาตรการลำดับที่ {no} ไม่ได้พิมพ์ในฉบับนี้ เพราะจัดหน้าไม่สำเร็จ"
PHOTO_LEFT_OUT = "ไม่ได้แสดงภาพในฉบับนี้"


def measure_nos(report: Report) -> tuple[int, ...]:
    """The measures that the report tells of, in their order."""
    rows = [row.no for table in report.tables for row in table.rows if isinstance(row, MeasureRow)]
    return tuple(dict.fromkeys([*rows, *(group.measure_no for group in report.annex)]))


def only(report: Report, no: int) -> Report:
    """The report with one measure: its rows, its answers and its evidence."""
    tables = tuple(replace(table, rows=tuple(r for r in table.rows if _is(r, no))) for table in report.tables)
    annex = tuple(group for group in report.annex if group.measure_no == no)
    said = tuple(each for each in report.measures if each.no == no)
    notes = _notes(report, lambda n: n == no)
    return replace(report, tables=tables, notes=notes, annex=annex, measures=said, findings=())


def without(report: Report, *, measures: Collection[int], images: Collection[str]) -> Report:
    """The report without what these measures say and without these photos; each leaves a line and a finding.

    Args:
        report: the whole report.
        measures: the numbers of measures of which only the place stays.
        images: the keys of photos that are listed instead of shown.
    """
    tables = tuple(_table_without(table, measures) for table in report.tables)
    found = [_measure_missing(no) for no in measure_nos(report) if no in measures]
    annex: list[AnnexGroup] = []
    for group in report.annex:
        if group.measure_no in measures:
            continue
        found += [_photo_missing(group.measure_no, item) for item in group.items if item.image_key in images]
        annex.append(replace(group, items=tuple(_listed(i) if i.image_key in images else i for i in group.items)))
    notes = _notes(report, lambda no: no not in measures)
    said = tuple(_words_without(each) if each.no in measures else each for each in report.measures)
    return replace(
        report, tables=tables, notes=notes, annex=tuple(annex), measures=said, findings=(*report.findings, *found)
    )


def _is(row: SectionRow | MeasureRow, no: int) -> bool:
    return isinstance(row, MeasureRow) and row.no == no


def _notes(report: Report, stays: Callable[[int], bool]) -> tuple[NoteSection, ...]:
    sections = (replace(s, rows=tuple(row for row in s.rows if stays(row.measure_no))) for s in report.notes)
    return tuple(section for section in sections if section.rows)


def _table_without(table: Table, measures: Collection[int]) -> Table:
    def shown(row: SectionRow | MeasureRow) -> SectionRow | MeasureRow:
        if isinstance(row, SectionRow) or row.no not in measures:
            return row
        words = LEFT_OUT.format(no=thai_digits(str(row.no)))
        return replace(row, cells=(words, *("" for _ in row.cells[1:])))

    return replace(table, rows=tuple(shown(row) for row in table.rows))


def _words_without(measure: MeasureWords) -> MeasureWords:
    words = LEFT_OUT.format(no=thai_digits(str(measure.no)))
    return replace(measure, texts={key: words if key == "measure" else "" for key in measure.texts})


def _listed(item: EvidenceItem) -> EvidenceItem:
    return replace(item, image_key=None, kind_word="ไฟล์", note=PHOTO_LEFT_OUT)


def _measure_missing(no: int) -> Finding:
    return Finding(
        code="measure_left_out",
        severity=Severity.ERROR,
        message=of_measure(no, "ไม่ได้พิมพ์ในฉบับนี้ เพราะจัดหน้าไม่สำเร็จ"),
        measure_no=no,
    )


def _photo_missing(no: int, item: EvidenceItem) -> Finding:
    return Finding(
        code="photo_left_out",
        severity=Severity.WARNING,
        message=of_measure(no, f"ภาพที่ {item.label} ไม่ได้แสดงในฉบับนี้"),
        measure_no=no,
        field="evidence",
        words=item.source or item.caption or None,
    )
