"""What a report says, ready to be drawn: the same words for every format, digits already as they will stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from bot.domain.calendar import FiscalYear
from bot.domain.rounds import RoundNo
from bot.domain.text import thai_digits
from bot.domain.updates import EvidenceKind
from bot.reporting.letters import Memo, Preface


class Severity(StrEnum):
    """How much a finding matters: an error would cost the score, a warning wants a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something about the report that somebody should look at.

    Attributes:
        code: a stable name for the kind of finding.
        message: one Thai sentence for the admin that names the measure.
        measure_no: the measure's `no`, when it is about one.
        field: the column or answer, when it is about one.
        words: the very words or name it is about.
        why: one Thai sentence on why it matters.
        source: what says so: the item of the assessment, the law, the plan.
        action: the one thing to do that mends it.
    """

    code: str
    severity: Severity
    message: str
    measure_no: int | None = None
    field: str | None = None
    words: str | None = None
    why: str = ""
    source: str = ""
    action: str = ""


def of_measure(measure_no: int | None, message: str) -> str:
    """A finding's sentence with the measure it is about, so that it can stand alone."""
    return f"มาตรการลำดับที่ {thai_digits(str(measure_no))}: {message}" if measure_no is not None else message


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The first page, line by line.

    Attributes:
        version: the line with the code by which the document is known.
        first_day: with `last_day` the days that it covers.
        link: where anybody can see which version it is; "" where this program has no public address.
    """

    title: tuple[str, ...]
    year: str
    round: str
    covers: str
    agency: str
    place: str
    as_of: str
    draft: str = ""
    version: str = ""
    link: str = ""
    first_day: str = ""
    last_day: str = ""

    def lines(self) -> tuple[str, ...]:
        """All lines that are not empty, in reading order."""
        every = (*self.title, self.year, self.round, self.covers, self.draft)
        last = (self.agency, self.place, self.as_of, self.version, self.link)
        return tuple(line for line in (*every, *last) if line)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRow:
    """A row over the whole width that names the section of the measures below it."""

    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One measure; `cells` stand in the order of the table's columns."""

    no: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """A column as it is drawn; `width` is its share of the table's width, `group` a heading over neighbours."""

    key: str
    title: str
    width: float
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadCell:
    """One heading and how many columns and rows it stretches over."""

    text: str
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars from 0 to 100.

    Attributes:
        key: names its picture.
        points: label and value of each bar.
        mark: where a line is drawn across.
        alt: what it shows, for those who cannot see it.
    """

    key: str
    title: str
    points: tuple[tuple[str, float], ...]
    mark: float
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of measures and its look on paper.

    Attributes:
        sheet: its name in a workbook.
        paper: width and height of the upright sheet in centimetres.
        font_pt: size of its text, as a size of TH Sarabun.
        per_page: how many measures stand on one page; 0 lets them flow.
        title_again: the title stands on every such page and not only on the first.
        footer: a line under the table, on every such page.
        lead: what is said before the table.
        follows: it stands on the page of the table before, which has the same paper.
        chart: drawn under the table.
    """

    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[SectionRow | MeasureRow, ...]
    sheet: str = "ตารางรายงานผล"
    paper: tuple[float, float] = (21.0, 29.7)
    landscape: bool = True
    font_pt: float = 14
    per_page: int = 0
    title_again: bool = False
    footer: str = ""
    lead: str = ""
    follows: bool = False
    chart: Chart | None = None

    def page_size(self) -> tuple[float, float]:
        """Width and height of its pages in centimetres."""
        return (self.paper[1], self.paper[0]) if self.landscape else self.paper

    def head_rows(self) -> tuple[tuple[HeadCell, ...], ...]:
        """The headings row by row: one row, or two where some columns share a heading."""
        if not any(column.group for column in self.columns):
            return (tuple(HeadCell(text=column.title) for column in self.columns),)
        first: list[HeadCell] = []
        for group, run in groupby(self.columns, key=lambda column: column.group):
            together = list(run)
            first += (
                [HeadCell(text=group, across=len(together))]
                if group
                else [HeadCell(text=column.title, down=2) for column in together]
            )
        second = tuple(HeadCell(text=column.title) for column in self.columns if column.group)
        return tuple(first), second

    def pages(self) -> tuple[tuple[SectionRow | MeasureRow, ...], ...]:
        """The rows as they share pages, each page beginning with its section; all rows when they flow."""
        if not self.per_page:
            return (self.rows,)
        pages: list[tuple[SectionRow | MeasureRow, ...]] = []
        page: list[SectionRow | MeasureRow] = []
        section: SectionRow | None = None
        for row in self.rows:
            if isinstance(row, SectionRow):
                section = row
                continue
            measures = [each for each in page if isinstance(each, MeasureRow)]
            if len(measures) == self.per_page:
                pages.append(tuple(page))
                page = []
            if section is not None and section not in page:
                page.append(section)
            page.append(row)
        return (*pages, tuple(page)) if page else tuple(pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """A further answer of an officer about one measure."""

    measure_no: int
    measure: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSection:
    """Answers that the official table has no column for, so that nothing written is lost."""

    key: str
    title: str
    rows: tuple[NoteRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """One numbered piece of evidence.

    Attributes:
        label: its number within the measure, in the report's digits.
        kind_word: the Thai word for its kind.
        caption: what the officer wrote of it; "" when nothing.
        source: file name or address, never with its digits changed.
        image_key: key of the photo in the media store, when it is drawn as a photo.
        alt: what a photo shows, for those who cannot see it.
        set_of: how many photos the piece has; they bear one number and stand together under the caption of the first.
    """

    label: str
    kind: EvidenceKind
    kind_word: str
    caption: str
    source: str
    image_key: str | None = None
    alt: str = ""
    note: str = ""
    set_of: int = 1

    @property
    def heading(self) -> str:
        """The item's first words: kind and number."""
        return f"{self.kind_word}ที่ {self.label}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexGroup:
    """The evidence of one measure."""

    measure_no: int
    measure: str
    items: tuple[EvidenceItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureWords:
    """Everything that is known of a measure, by the keys of columns, whatever columns the tables have."""

    no: int
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTemplate:
    """An agency's own Word template: where it is kept, and the SHA-256 of its bytes."""

    key: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A compiled document, before it is drawn.

    Attributes:
        tables: its tables of measures; an annex alone has none.
        contents: whether a table of contents follows the cover.
        annex_title: "" where the document has no annex.
        title: the document's title in one line.
        running: the short line at the foot of every page.
        year: the JSON of the year, holding the updates that this report contains.
        thai_digits: whether page numbers and labels use Thai digits.
        site: this program's public address, which the cover's link begins with; "" without one.
        inputs_hash: the version that it is, once that is settled.
        has_cover: a memo by itself has none.
        measures: the measures for templates, which choose their own columns.
        word_template: the agency's own, by which the Word file is drawn.
        drawn_by: the mark of the renderers and the shipped templates, which draw the same bytes while it is the same.
    """

    title: str
    running: str
    agency: str
    fiscal_year: FiscalYear
    round_no: RoundNo
    draft: bool
    compiled_at: datetime
    thai_digits: bool
    cover: Cover
    tables: tuple[Table, ...]
    notes: tuple[NoteSection, ...]
    annex_title: str
    annex: tuple[AnnexGroup, ...]
    findings: tuple[Finding, ...]
    year: Mapping[str, Any]
    contents: bool = False
    site: str = ""
    inputs_hash: str = ""
    memo: Memo | None = None
    preface: Preface | None = None
    has_cover: bool = True
    measures: tuple[MeasureWords, ...] = ()
    word_template: WordTemplate | None = None
    drawn_by: str = ""

    @property
    def table(self) -> Table:
        """The first table."""
        return self.tables[0]
