"""Builds the report of a round from the year's stored updates: a pure function from values to values."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.calendar import bangkok_day, fiscal_year_range, thai_date
from bot.domain.results import AssessmentResult
from bot.domain.rounds import RoundNo, default_round
from bot.domain.updates import Answer, Review, Update
from bot.domain.years import AgencyYear, MeasureYear
from bot.reporting.analysis import analysis_tables, chosen_result
from bot.reporting.annex import ANNEX_TITLE, build_annex
from bot.reporting.columns import KEYS, Reported, note_text, value_of
from bot.reporting.cover import build_cover, document_title, running_line
from bot.reporting.facts import facts_of
from bot.reporting.kinds import CONTENTS, PREFACE, WITH_NOTES, WORDS, Kind, parts_of, tables_of
from bot.reporting.memo import NOTHING_WRITTEN, Papers, build_memo, build_preface
from bot.reporting.merge import parts_of as reported_parts
from bot.reporting.model import (
    Finding,
    MeasureRow,
    MeasureWords,
    NoteRow,
    NoteSection,
    Report,
    SectionRow,
    Severity,
    Table,
    TableColumn,
    of_measure,
)
from bot.reporting.styles import DEFAULTS, PAPERS, TableStyle
from bot.reporting.words import Words, words_for
from bot.reporting.year_json import year_json

_NOTES = (
    (Answer.OUTPUT.value, Answer.OUTPUT.heading),
    (Answer.OUTCOME.value, Answer.OUTCOME.heading),
    (Answer.SUMMARY.value, Answer.SUMMARY.heading),
    (Answer.OBSTACLES.value, Answer.OBSTACLES.heading),
    ("remark", "หมายเหตุ"),
)
"""Answers that have a section after the tables when somebody gave one and no table has a column for them."""


def build_report(
    year: AgencyYear,
    round_no: RoundNo,
    *,
    draft: bool = False,
    compiled_at: datetime,
    thai_digits: bool = True,
    kind: Kind = Kind.PROGRESS,
    styles: Mapping[Kind, TableStyle] = DEFAULTS,
    results: Sequence[AssessmentResult] = (),
    parts: Collection[str] = (),
    site: str = "",
    papers: Papers = NOTHING_WRITTEN,
) -> Report:
    """A document of a round, or of the plan.

    Args:
        year: the year, whole.
        round_no: which round.
        draft: take updates that wait for review too, marked as such.
        compiled_at: an aware moment; the cover says its Bangkok day.
        thai_digits: print Thai digits but in addresses, file names and codes, unless the table's style says other.
        kind: which document.
        styles: how the tables look.
        results: of the assessment, for the documents that print them.
        parts: those chosen of a set; none means the usual ones.
        site: this program's public address.
        papers: what the agency wrote of memo and preface, and who signed what.
    """
    holds = parts_of(kind, parts)
    chosen = tuple(styles[each] for each in tables_of(kind, parts))
    thai_digits = next((style.thai_digits for style in chosen if style.thai_digits is not None), thai_digits)
    words = words_for(thai=thai_digits)
    takes = _takes(draft=draft)
    measures = reported_measures(year, round_no, draft=draft)
    annex, annex_findings = build_annex(measures, words) if Kind.ANNEX in holds else ((), ())
    columns = {key for style in chosen for key in style.keys}
    scores = analysis_tables(results, words) if Kind.ANALYSIS in holds else ()
    analysed = chosen_result(results) if kind is Kind.ANALYSIS else None
    named = replace(year, fiscal_year=analysed.fiscal_year) if analysed else year
    facts = facts_of(year, round_no, measures, results, papers.code)
    made_on = bangkok_day(compiled_at)
    return Report(
        title=document_title(named, round_no, kind, words),
        running=running_line(named, round_no, kind, words),
        agency=words(year.agency.name),
        fiscal_year=year.fiscal_year,
        round_no=round_no,
        draft=draft,
        compiled_at=compiled_at,
        thai_digits=thai_digits,
        cover=build_cover(named, round_no, kind, draft=draft, compiled_on=made_on, words=words),
        tables=(*scores, *(_table(year, round_no, style, measures, words) for style in chosen)),
        notes=_notes(measures, columns, words) if WITH_NOTES & set(holds) else (),
        annex_title=ANNEX_TITLE if Kind.ANNEX in holds else "",
        annex=annex,
        findings=(*_reporting_findings(year.measures, round_no, measures), *annex_findings)
        if WORDS[kind].of_round
        else (),
        year=year_json(year, only=round_no, takes=takes),
        contents=CONTENTS in holds,
        memo=build_memo(year.agency, papers, facts, words) if Kind.MEMO in holds else None,
        preface=build_preface(year.agency, papers, facts, made_on, words) if PREFACE in holds else None,
        has_cover=kind is not Kind.MEMO,
        site=site,
        measures=tuple(_measure_words(each, chosen[-1].keys if chosen else (), words) for each in measures),
    )


def reported_measures(year: AgencyYear, round_no: RoundNo, *, draft: bool = False) -> tuple[Reported, ...]:
    """Each measure of the plan with the parts that a report of the round takes."""
    takes = _takes(draft=draft)
    return tuple(
        Reported(measure=entry.measure, parts=reported_parts(entry, round_no, takes)) for entry in year.measures
    )


def _measure_words(reported: Reported, shown: Sequence[str], words: Words) -> MeasureWords:
    """All columns of a measure; those of the table say the same as there."""
    every = sorted(KEYS)
    texts = {key: words(value_of(key, shown if key in shown else every)(reported)) for key in every}
    return MeasureWords(no=reported.measure.no, texts=texts)


def _takes(*, draft: bool) -> Callable[[Update], bool]:
    reviews = {Review.ACCEPTED, Review.PENDING} if draft else {Review.ACCEPTED}
    return lambda update: update.review in reviews


def _table(year: AgencyYear, round_no: RoundNo, style: TableStyle, measures: Sequence[Reported], words: Words) -> Table:
    values = [value_of(key, style.keys) for key in style.keys]
    rows: list[SectionRow | MeasureRow] = []
    section = None
    for reported in measures:
        if style.sections and reported.measure.section and reported.measure.section != section:
            rows.append(SectionRow(title=words(reported.measure.section)))
        section = reported.measure.section
        rows.append(MeasureRow(no=reported.measure.no, cells=tuple(words(value(reported)) for value in values)))
    filled = _filled(year, round_no, style)
    return Table(
        title=words(filled(style.title or default_title(style.kind))),
        columns=tuple(TableColumn(key=c.key, title=c.title, width=c.width, group=c.group) for c in style.columns),
        rows=tuple(rows),
        sheet=WORDS[style.kind].sheet,
        paper=PAPERS[style.paper],
        landscape=style.landscape,
        font_pt=style.font_pt,
        per_page=style.per_page,
        title_again=style.title_again,
        footer=words(filled(style.footer)),
    )


def default_title(kind: Kind) -> str:
    """The words above a kind's table, with places to fill."""
    of_round = " (รอบ {round} เดือน)" if WORDS[kind].of_round else ""
    return f"{''.join(WORDS[kind].title)}\nประจำปีงบประมาณ พ.ศ. {{fiscal_year}}{of_round}"


def _filled(year: AgencyYear, round_no: RoundNo, style: TableStyle) -> Callable[[str], str]:
    """Fills the places of a style's words; braces of another kind stay as they are."""
    first, last = fiscal_year_range(year.fiscal_year)
    if WORDS[style.kind].of_round:
        first, last = default_round(year.agency.id, year.fiscal_year, round_no).covers()
    places = {
        "{fiscal_year}": str(year.fiscal_year),
        "{round}": str(round_no.value),
        "{from}": thai_date(first),
        "{to}": thai_date(last),
        "{agency}": year.agency.name,
    }
    pattern = re.compile("|".join(map(re.escape, places)))
    return lambda text: pattern.sub(lambda place: places[place.group()], text)


def _notes(measures: Sequence[Reported], columns: Collection[str], words: Words) -> tuple[NoteSection, ...]:
    sections: list[NoteSection] = []
    for key, title in _NOTES:
        if key in columns:
            continue
        rows = tuple(
            NoteRow(measure_no=each.measure.no, measure=words(each.measure.title), text=words(said))
            for each in measures
            if (said := note_text(each, key))
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
        name = entry.author(update)
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
