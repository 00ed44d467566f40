"""Draft rows out of the text layer of a PDF: columns by where the headings stand, rows by their numbers.

A PDF knows no cells; what comes out is a draft for somebody to look through, and says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from bot.domain.errors import BadInput
from bot.importing.headers import Certainty, Field, read_header
from bot.importing.measures import Outcome
from bot.importing.plan import PlanReading, ReadingLine
from bot.importing.raw import Place, RawCell, RawRow, RawTable, Source, check_cell, check_row_number
from bot.importing.rows import join

_HEAD_LINES = 5
_DIGITS = re.compile("[0-9๐-๙]+")
_PAGE_NUMBER = re.compile("(?:หน้า(?:ที่)?|[Pp]age)?[ -]*[0-9๐-๙]{1,3}[ -]*")
_NUMBERED = re.compile(r"^\s*(?:มาตรการที่\s*)?[0-9๐-๙]{1,2}\s*[.)]\s*\S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A piece of text on one line, with its place in points from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        """Its middle from above."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page's text."""

    no: int
    segments: tuple[Segment, ...]
    height: float = 842.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    """The headings found on a page: the text of each column and from where to where it stands."""

    texts: tuple[str, ...]
    spans: tuple[tuple[float, float], ...]
    bottom: float


def is_pdf(data: bytes) -> bool:
    """Whether a file is a PDF, by its first bytes."""
    return data[:1024].lstrip().startswith(b"%PDF")


def tables_of_pdf(name: str, pages: Sequence[Page]) -> tuple[list[RawTable], list[int]]:
    """A draft table for each page that has rows of measures, and the numbers of the other pages.

    Raises:
        BadInput: the file is a scan without text, or no headings of a table of measures stand in it.
    """
    if not any(page.segments for page in pages):
        raise BadInput(f"{name}: PDF นี้เป็นภาพสแกน ไม่มีข้อความให้อ่าน โปรดส่งเป็น .docx หรือ .xlsx (a scan without text)")
    plain = _without_furniture(pages)
    headings = [_heading(page) for page in plain]
    alone = sum(heading is not None for heading in headings) == 1
    tables: list[RawTable] = []
    left_out: list[int] = []
    last: _Heading | None = None
    for page, found in zip(plain, headings, strict=True):
        heading = found or (replace(last, bottom=0.0) if alone and last else None)  # printed on the first page only
        last = found or last
        if heading is not None:
            tables.append(_table(name, page, heading))
        elif page.segments:
            left_out.append(page.no)
    if not tables:
        raise BadInput(f"{name}: ไม่พบหัวตารางมาตรการใน PDF โปรดส่งเป็น .docx หรือ .xlsx (no measure column)")
    return tables, left_out


def as_pdf_draft(reading: PlanReading, name: str, left_out: Sequence[int]) -> PlanReading:
    """The reading with every row in doubt, for its cells are a guess, and a line for each page that was not taken."""
    lines = [
        replace(line, outcome=Outcome.DOUBTFUL, sentence=f"{line.sentence} · โปรดเทียบกับต้นฉบับ PDF")
        if line.outcome is Outcome.READ
        else line
        for line in reading.lines
    ]
    why = "หน้านี้ไม่มีหัวตารางมาตรการ จึงไม่ได้นำเข้า"
    lines += [
        ReadingLine(place=Place(file=name, part=f"หน้า {no}"), outcome=Outcome.NOT_TAKEN, sentence=why)
        for no in left_out
    ]
    return replace(reading, lines=tuple(lines))


def _without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without what stands at the edge of several of them: running lines and page numbers."""
    seen = Counter(
        key for page in pages for key in {_edge_key(page, segment) for segment in page.segments} if key is not None
    )
    return [
        replace(page, segments=tuple(s for s in page.segments if not _is_furniture(page, s, seen))) for page in pages
    ]


def _edge_key(page: Page, segment: Segment) -> tuple[str, int] | None:
    at_edge = segment.bottom < page.height * 0.09 or segment.top > page.height * 0.89
    return (_DIGITS.sub("", segment.text), round(segment.top / 3)) if at_edge else None


def _is_furniture(page: Page, segment: Segment, seen: Counter[tuple[str, int]]) -> bool:
    key = _edge_key(page, segment)
    if key is None:
        return False
    beside = (s.text for s in page.segments if s.top < segment.middle < s.bottom)
    return seen[key] > 1 or any(_PAGE_NUMBER.fullmatch(text) for text in beside)


def _lines(segments: Sequence[Segment]) -> list[list[Segment]]:
    """The segments line by line from above, each from left to right."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: (s.middle, s.left)):
        if lines and segment.top < lines[-1][0].middle < segment.bottom:
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return [sorted(line, key=lambda s: s.left) for line in lines]


def _heading(page: Page) -> _Heading | None:
    """The lines that most surely name a column of measures and one more; of equals the shortest and lowest."""
    lines = _lines(page.segments)
    best, best_rank = None, (0, 0)
    for at in range(len(lines)):
        for count in range(1, _HEAD_LINES + 1):
            found = _columns([segment for line in lines[at : at + count] for segment in line])
            fields = _fields(found)
            rank = (sum(fields.values()), -count)
            if fields.get(Field.TITLE, 0) >= Certainty.CLOSE and len(fields) >= 2 and rank >= best_rank:
                best, best_rank = found, rank
    return best


def _fields(heading: _Heading) -> dict[Field, int]:
    """What the columns are, each with how sure that is."""
    known = [meaning for text in heading.texts if (meaning := read_header(text))]
    return {meaning.field: int(meaning.certainty) for meaning in known}


def _columns(segments: Sequence[Segment]) -> _Heading:
    """Segments that stand above each other are one column's heading."""
    groups: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: s.left):
        near = next((g for g in groups if segment.left < max(s.right for s in g) - 1), None)
        if near is None:
            groups.append([segment])
        else:
            near.append(segment)
    texts = tuple("".join(s.text for s in sorted(g, key=lambda s: s.top)) for g in groups)
    spans = tuple((min(s.left for s in g), max(s.right for s in g)) for g in groups)
    return _Heading(texts=texts, spans=spans, bottom=max((s.bottom for s in segments), default=0.0))


def _table(name: str, page: Page, heading: _Heading) -> RawTable:
    part = f"หน้า {page.no}"
    header = RawRow(number=1, cells=tuple(RawCell(text=text) for text in heading.texts))
    table = RawTable(file=name, source=Source.PDF, rows=(header,), part=part)
    body = [segment for segment in page.segments if segment.middle > heading.bottom]
    rows = [header]
    for number, cells in enumerate(_rows(body, heading), start=2):
        check_row_number(number, table.place(number))
        texts = (check_cell(text, table.place(number, column)) for column, text in enumerate(cells, start=1))
        rows.append(RawRow(number=number, cells=tuple(RawCell(text=text) for text in texts)))
    return replace(table, rows=tuple(rows))


def _rows(body: Sequence[Segment], heading: _Heading) -> list[list[str]]:
    """The cells row by row; a row begins where the measures' column has a number, or after a gap."""
    first = next(
        (at for at, text in enumerate(heading.texts) if (m := read_header(text)) and m.field is Field.TITLE), 0
    )
    lines = _lines(body)
    starts = _starts(lines, heading, first)
    rows: list[list[str]] = []
    for at, line in enumerate(lines):
        if at in starts or not rows:
            rows.append([""] * len(heading.texts))
        for segment in line:
            column = _column_of(segment, heading)
            rows[-1][column] = _joined(rows[-1][column], segment.text)
    return rows


def _starts(lines: Sequence[Sequence[Segment]], heading: _Heading, first: int) -> set[int]:
    """The lines that begin a row."""
    numbered = {
        at
        for at, line in enumerate(lines)
        if any(_column_of(segment, heading) == first and _NUMBERED.match(segment.text) for segment in line)
    }
    sections = {at + step for at, line in enumerate(lines) if _is_section(line, heading) for step in (0, 1)}
    if numbered:
        return numbered | sections
    tops = [min(segment.top for segment in line) for line in lines]
    gaps = [after - before for before, after in pairwise(tops)]
    usual = median(gaps) if gaps else 0.0
    return sections | {at + 1 for at, gap in enumerate(gaps) if gap > usual * 1.6}


def _is_section(line: Sequence[Segment], heading: _Heading) -> bool:
    """Whether a line stands alone and runs over into the next column: the name of a group of measures."""
    if len(line) > 1 or len(heading.spans) < 2:
        return False
    at = _column_of(line[0], heading)
    return at + 1 < len(heading.spans) and line[0].right > heading.spans[at + 1][0]


def _column_of(segment: Segment, heading: _Heading) -> int:
    """The column whose heading it stands under, or else the nearest."""

    def apart(at: int) -> tuple[float, float]:
        left, right = heading.spans[at]
        overlap = min(segment.right, right) - max(segment.left, left)
        return -overlap, abs(segment.left - left)

    return min(range(len(heading.spans)), key=apart)


def _joined(before: str, text: str) -> str:
    """A cell with its next line; Latin words that a line's end parted keep their space."""
    apart = (before[-1:].isascii() and before[-1:].isalpha()) or (text[:1].isascii() and text[:1].isalpha())
    return f"{before} {text}" if before and apart else join(before, text)
