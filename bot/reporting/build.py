"""Builds the report of a round from the year's stored updates: a pure function from values to values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.domain.calendar import bangkok_day
from bot.domain.rounds import RoundNo
from bot.domain.updates import Answer, Review, Update
from bot.domain.years import AgencyYear, MeasureYear
from bot.reporting.annex import ANNEX_TITLE, build_annex
from bot.reporting.columns import PROGRESS, Reported, note_text, obstacles_text
from bot.reporting.cover import TITLE, build_cover, document_title, running_line
from bot.reporting.merge import parts_of
from bot.reporting.model import (
    Finding,
    MeasureRow,
    NoteRow,
    NoteSection,
    Report,
    SectionRow,
    Severity,
    Table,
    TableColumn,
    of_measure,
)
from bot.reporting.words import Words, words_for
from bot.reporting.year_json import year_json

_NOTES: tuple[tuple[str, str, Callable[[Update], str | None]], ...] = (
    (Answer.OUTPUT.value, Answer.OUTPUT.heading, lambda update: update.output),
    (Answer.OBSTACLES.value, Answer.OBSTACLES.heading, obstacles_text),
    ("remark", "หมายเหตุ", lambda update: update.remark),
)
"""Answers without a column of their own; each has a section after the table when somebody gave one."""


def build_report(
    year: AgencyYear,
    round_no: RoundNo,
    *,
    draft: bool = False,
    compiled_at: datetime,
    thai_digits: bool = True,
) -> Report:
    """The progress report of a round.

    Args:
        year: the year, whole.
        round_no: which round.
        draft: take updates that wait for review too, marked as such.
        compiled_at: an aware moment; the cover says its Bangkok day.
        thai_digits: print Thai digits but in addresses, file names and codes.
    """
    words = words_for(thai=thai_digits)
    takes = _takes(draft=draft)
    measures = reported_measures(year, round_no, draft=draft)
    annex, annex_findings = build_annex(measures, words)
    return Report(
        title=document_title(year, round_no, words),
        running=running_line(year, round_no, words),
        agency=words(year.agency.name),
        fiscal_year=year.fiscal_year,
        round_no=round_no,
        draft=draft,
        compiled_at=compiled_at,
        thai_digits=thai_digits,
        cover=build_cover(year, round_no, draft=draft, compiled_on=bangkok_day(compiled_at), words=words),
        table=_table(year, round_no, measures, words),
        notes=_notes(measures, words),
        annex_title=ANNEX_TITLE,
        annex=annex,
        findings=(*_reporting_findings(year.measures, round_no, measures), *annex_findings),
        year=year_json(year, only=round_no, takes=takes),
    )


def reported_measures(year: AgencyYear, round_no: RoundNo, *, draft: bool = False) -> tuple[Reported, ...]:
    """Each measure of the plan with the parts that a report of the round takes."""
    takes = _takes(draft=draft)
    return tuple(Reported(measure=entry.measure, parts=parts_of(entry, round_no, takes)) for entry in year.measures)


def _takes(*, draft: bool) -> Callable[[Update], bool]:
    reviews = {Review.ACCEPTED, Review.PENDING} if draft else {Review.ACCEPTED}
    return lambda update: update.review in reviews


def _table(year: AgencyYear, round_no: RoundNo, measures: Sequence[Reported], words: Words) -> Table:
    rows: list[SectionRow | MeasureRow] = []
    section = None
    for reported in measures:
        if reported.measure.section and reported.measure.section != section:
            rows.append(SectionRow(title=words(reported.measure.section)))
        section = reported.measure.section
        cells = tuple(words(column.value(reported)) for column in PROGRESS)
        rows.append(MeasureRow(no=reported.measure.no, cells=cells))
    title = f"{''.join(TITLE)}\nประจำปีงบประมาณ พ.ศ. {year.fiscal_year} (รอบ {round_no.value} เดือน)"
    columns = tuple(TableColumn(key=c.key, title=c.title, width=c.width) for c in PROGRESS)
    return Table(title=words(title), columns=columns, rows=tuple(rows))


def _notes(measures: Sequence[Reported], words: Words) -> tuple[NoteSection, ...]:
    sections: list[NoteSection] = []
    for key, title, text in _NOTES:
        rows = tuple(
            NoteRow(measure_no=each.measure.no, measure=words(each.measure.title), text=words(said))
            for each in measures
            if (said := note_text(each, text))
        )
        if rows:
            sections.append(NoteSection(key=key, title=title, rows=rows))
    return tuple(sections)


def _reporting_findings(
    entries: Sequence[MeasureYear], round_no: RoundNo, measures: Sequence[Reported]
) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    for entry, reported in zip(entries, measures, strict=True):
        findings += _left_out(entry, round_no, reported)
        missing = ", ".join(officer.name for officer in entry.missing_officers(round_no))
        by = f" (ผู้รายงาน: {missing})" if missing else ""
        if not reported.parts:
            findings.append(_finding("measure_not_reported", Severity.ERROR, f"ยังไม่ได้รายงาน{by}", reported, missing))
        elif missing:
            findings.append(
                _finding("part_missing", Severity.WARNING, f"ยังขาดส่วนของผู้รายงาน: {missing}", reported, missing)
            )
    return tuple(findings)


def _left_out(entry: MeasureYear, round_no: RoundNo, reported: Reported) -> list[Finding]:
    taken = {part.update.id for part in reported.parts}
    found: list[Finding] = []
    for update in entry.updates.get(round_no, ()):
        name = entry.authors.get(update.person_id, "")
        match update.review:
            case Review.PENDING if update.id not in taken:
                message = "มีการรายงานที่รอตรวจ จึงยังไม่อยู่ในรายงานฉบับนี้"
                found.append(_finding("update_pending", Severity.ERROR, message, reported, name))
            case Review.PENDING:
                message = "การรายงานนี้ยังรอตรวจ"
                found.append(_finding("update_pending", Severity.WARNING, message, reported, name))
            case Review.RETURNED:
                message = "การรายงานถูกส่งกลับให้แก้ไข จึงยังไม่อยู่ในรายงานฉบับนี้"
                found.append(_finding("update_returned", Severity.ERROR, message, reported, name))
            case Review.ACCEPTED:
                pass
    return found


def _finding(code: str, severity: Severity, message: str, reported: Reported, words: str) -> Finding:
    return Finding(
        code=code,
        severity=severity,
        message=of_measure(reported.measure.no, message),
        measure_no=reported.measure.no,
        field="summary",
        words=words or None,
    )
