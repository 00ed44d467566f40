"""Walks the rows of a file's tables and gathers measures, keeping what it did with every row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.text import match_key
from bot.importing.columns import Columns, TableKind, is_header, read_columns, second_header
from bot.importing.headers import Field
from bot.importing.raw import Place, RawRow, RawTable, Source
from bot.importing.rows import Role, is_separator, join, role_of, values_of


class Outcome(StrEnum):
    """What became of a row."""

    READ = "read"
    DOUBTFUL = "doubtful"
    NOT_TAKEN = "not taken"


@dataclass(slots=True, kw_only=True)
class Draft:
    """A measure while its rows are being read."""

    place: Place
    values: dict[Field, str]
    section: str | None = None
    doubts: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class RowNote:
    """What was done with one row; `draft` is the measure that it belongs to, `starts` whether it begins it."""

    place: Place
    outcome: Outcome
    why: str
    draft: Draft | None = None
    starts: bool = False


@dataclass(slots=True, kw_only=True)
class TableDraft:
    """A table, or with `goes_on` a further page of the one before it, while it is being read."""

    place: Place
    columns: Columns
    source: Source
    width: int
    rows: int = 0
    hidden: bool = False
    goes_on: bool = False
    measures: list[Draft] = field(default_factory=list)
    notes: list[RowNote] = field(default_factory=list)
    titles_alone: list[tuple[RowNote, RawRow]] = field(default_factory=list)

    @property
    def kind(self) -> TableKind:
        """What the table is about."""
        return self.columns.kind

    @property
    def has_measures(self) -> bool:
        """Whether the table is one that measures are taken from."""
        return self.kind in (TableKind.PLAN, TableKind.PROGRESS) and not self.hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """All tables with a header, and the first texts of rows that had none, for a refusal to name."""

    tables: tuple[TableDraft, ...]
    strays: tuple[str, ...]


def gather(raws: Sequence[RawTable]) -> Gathered:
    """The tables of a file in the order in which they are listed and numbered."""
    reader = _Reader()
    for raw in raws:
        reader.read(raw)
    tables = fold_pages(reader.tables)
    for table in tables:
        _take_titles_alone(table)
    return Gathered(tables=tuple(tables), strays=tuple(reader.strays[:8]))


class _Reader:
    """Reads one table after another; a table goes on where a further page repeats its header."""

    def __init__(self) -> None:
        self.tables: list[TableDraft] = []
        self.strays: list[str] = []
        self._table: TableDraft | None = None
        self._page_broken = False
        self._signed = False
        self._current: Draft | None = None
        self._section: str | None = None
        self._sections: set[str] = set()

    def read(self, raw: RawTable) -> None:
        """Takes in all rows of one raw table."""
        if raw.source is Source.XLSX or raw.hidden:
            self._table = None  # a sheet is never the further page of another
        self._signed = False
        self._page_broken = self._table is not None
        at = 0
        while at < len(raw.rows):
            row = raw.rows[at]
            following = raw.rows[at + 1] if at + 1 < len(raw.rows) else None
            if is_header(row):
                second = second_header(row, following)
                self._header(raw, row, second)
                at += 2 if second is not None else 1
                continue
            if self._table is not None:
                self._row(raw, self._table, row, following)
            elif not row.prose and len(self.strays) < 8:
                self.strays += [text[:40] for text in row.texts if text]
            at += 1

    def _header(self, raw: RawTable, row: RawRow, second: RawRow | None) -> None:
        """Starts a table, or goes on with the one whose header this repeats."""
        columns = read_columns(row, second)
        place = raw.place(row.number)
        self._page_broken = self._signed = False
        table = self._table
        again = table is not None and table.columns.signature == columns.signature
        if not again:
            self._section, self._sections, self._current = None, set(), None
        self._table = TableDraft(
            place=place,
            columns=columns,
            source=raw.source,
            width=len(row.cells),
            hidden=raw.hidden,
            goes_on=again,
        )
        self.tables.append(self._table)

    def _row(self, raw: RawTable, table: TableDraft, row: RawRow, following: RawRow | None) -> None:
        """Takes in a row below a header."""
        place = raw.place(row.number)
        if row.hidden:
            table.notes.append(RowNote(place=place, outcome=Outcome.NOT_TAKEN, why="แถวนี้ถูกซ่อนในแผ่นงาน"))
            return
        if row.prose and not _belongs(row, following):
            self._page_broken = self._page_broken or not is_separator(row)
            return  # after a page's footer only rows as wide as the header are still the table's
        if self._signed or (self._page_broken and not self._goes_on(table, row)):
            if not self._signed and table.has_measures and sum(map(bool, row.texts)) > 1:
                why = "อยู่หลังข้อความที่คั่นตาราง และจำนวนคอลัมน์ไม่ตรงกับหัวตาราง"
                table.notes.append(RowNote(place=place, outcome=Outcome.NOT_TAKEN, why=why))
            return
        self._page_broken = False
        table.rows += 1
        if table.has_measures:
            self._sort(table, row, following, place)

    def _goes_on(self, table: TableDraft, row: RawRow) -> bool:
        """Whether a row after running text or in a new table without a header is still of the table before."""
        return len(row.cells) == table.width and table.width >= 3 and table.has_measures

    def _sort(self, table: TableDraft, row: RawRow, following: RawRow | None, place: Place) -> None:
        """Does with a row what its role asks for."""
        current = self._current
        role = role_of(row, table.columns, current.values if current else None, following, self._sections)
        match role:
            case Role.BLANK:
                table.rows -= 1
            case Role.SEPARATOR | Role.NUMBERS | Role.NOTE | Role.TOTAL | Role.SIGNATURE:
                table.rows -= 1
                self._signed = role is Role.SIGNATURE
                table.notes.append(RowNote(place=place, outcome=Outcome.NOT_TAKEN, why=_REASONS[role]))
            case Role.SECTION:
                table.rows -= 1
                self._start_section(table, row, place)
            case Role.MEASURE | Role.SAME_INDICATOR:
                self._start_measure(table, row, place, role)
            case Role.CONTINUATION if current is not None:
                self._continue(table, row, place, current)
            case Role.CONTINUATION:
                why = "ไม่มีชื่อมาตรการ และไม่มีแถวก่อนหน้าให้ต่อ"
                table.notes.append(RowNote(place=place, outcome=Outcome.NOT_TAKEN, why=why))

    def _start_section(self, table: TableDraft, row: RawRow, place: Place) -> None:
        text = next(cell.own for cell in row.cells if cell.own)
        self._section = text
        self._sections.add(match_key(text))
        note = RowNote(place=place, outcome=Outcome.NOT_TAKEN, why=f"ชื่อกลุ่ม ไม่ใช่มาตรการ: {shortened(text)}")
        table.notes.append(note)
        if Field.TITLE in values_of(row, table.columns) and not any(cell.across for cell in row.cells):
            table.titles_alone.append((note, row))

    def _start_measure(self, table: TableDraft, row: RawRow, place: Place, role: Role) -> None:
        values = values_of(row, table.columns, merged=True)
        draft = Draft(place=place, values=values, section=values.get(Field.SECTION) or self._section)
        if role is Role.SAME_INDICATOR and self._current is not None:
            indicator = self._current.values.get(Field.INDICATOR)
            if indicator and Field.INDICATOR not in values:
                values[Field.INDICATOR] = indicator
                draft.doubts.append("ช่องตัวชี้วัดว่าง จึงใช้ตัวชี้วัดของแถวก่อน")
        draft.doubts += _left_over(row, table.columns)
        table.measures.append(draft)
        self._current = draft
        table.notes.append(RowNote(place=place, outcome=Outcome.READ, why="", draft=draft, starts=True))

    def _continue(self, table: TableDraft, row: RawRow, place: Place, draft: Draft) -> None:
        """Adds a row's texts to the measure before it."""
        titles = table.columns.of(Field.TITLE)
        apart = any(row.cells[at].above for at in titles if at < len(row.cells))
        for each, text in values_of(row, table.columns).items():
            if each is not Field.NO:
                draft.values[each] = join(draft.values.get(each, ""), text, apart=apart)
        left_over = _left_over(row, table.columns)
        outcome = Outcome.DOUBTFUL if left_over else Outcome.READ
        table.notes.append(RowNote(place=place, outcome=outcome, why=" · ".join(left_over), draft=draft))


_REASONS = {
    Role.SEPARATOR: "เส้นคั่น",
    Role.NUMBERS: "มีแต่เลขลำดับ",
    Role.NOTE: "หมายเหตุหรือข้อความประกอบตาราง",
    Role.TOTAL: "แถวรวม",
    Role.SIGNATURE: "ลายมือชื่อท้ายตาราง",
}


def fold_pages(pages: Sequence[TableDraft]) -> list[TableDraft]:
    """The tables that pages with one header make up; a page that starts the same list anew is a table of its own."""
    tables: list[TableDraft] = []
    for at, page in enumerate(pages):
        if not page.goes_on or _starts_anew(pages, at, tables[-1]):
            tables.append(page)
            continue
        table = tables[-1]
        table.notes += [RowNote(place=page.place, outcome=Outcome.NOT_TAKEN, why="หัวตารางซ้ำ"), *page.notes]
        table.measures += page.measures
        table.titles_alone += page.titles_alone
        table.rows += page.rows
    return tables


def _starts_anew(pages: Sequence[TableDraft], at: int, table: TableDraft) -> bool:
    """Whether this page begins as the table does, by at least two measures: the list is printed a second time."""
    repeated: list[Draft] = []
    for further in range(at, len(pages)):
        if len(repeated) >= 2 or (further > at and not pages[further].goes_on):
            break
        repeated += pages[further].measures
    known = [_names(draft) for draft in table.measures[:2]]
    return len(known) == 2 and known == [_names(draft) for draft in repeated[:2]]


def _names(draft: Draft) -> tuple[str, str]:
    return match_key(draft.values.get(Field.INDICATOR, "")), match_key(draft.values.get(Field.TITLE, ""))


def _take_titles_alone(table: TableDraft) -> None:
    """In a table without a single full row, the rows that look like groups' names are the measures."""
    if table.measures:
        return
    for note, row in table.titles_alone:
        draft = Draft(place=note.place, values=values_of(row, table.columns))
        draft.doubts.append("แถวนี้มีแต่ชื่อมาตรการ")
        table.measures.append(draft)
        table.rows += 1
        note.draft, note.starts, note.why = draft, True, ""


def shortened(text: str, length: int = 60) -> str:
    """The beginning of a text on one line, for lists."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def _belongs(row: RawRow, following: RawRow | None) -> bool:
    """Whether a line without tabs stands amid the rows of a table, its empty cells trimmed away by an editor."""
    if not row.joined or following is None or following.prose or not following.joined:
        return False
    return not is_header(following)


def _left_over(row: RawRow, columns: Columns) -> list[str]:
    """Doubts about texts in columns whose header is not known."""
    known = columns.fields
    lost = [at + 1 for at, cell in enumerate(row.cells) if cell.own and (at >= len(known) or known[at] is None)]
    return [f"ไม่รู้จักหัวตารางของคอลัมน์ {', '.join(map(str, lost))} จึงไม่ได้นำข้อความเข้า"] if lost else []
