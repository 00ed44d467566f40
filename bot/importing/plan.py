"""Reads a measures plan or finished report: its tables, its measures, and row by row what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput
from bot.domain.plans import Period
from bot.domain.text import clean, thai_digits
from bot.importing.columns import TableKind
from bot.importing.headers import Field
from bot.importing.matching import match_measures
from bot.importing.measures import Draft, Gathered, Outcome, RowNote, TableDraft, gather, shortened
from bot.importing.periods import read_period
from bot.importing.raw import Place, RawTable
from bot.importing.tables import read_tables

TableChoice = int | Literal["all"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReading:
    """A table as it is listed: `rows` counts what is below its header; `reason` says why it was not taken."""

    no: int
    place: Place
    headers: tuple[str, ...]
    rows: int
    kind: TableKind
    taken: bool
    reason: str | None = None
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMeasure:
    """One measure of the file; text is verbatim, None where the file has nothing."""

    no: int
    place: Place
    tables: tuple[int, ...]
    title: str
    period: Period
    section: str | None = None
    indicator: str | None = None
    approach: str | None = None
    steps: str | None = None
    responsible: str | None = None
    monitoring: str | None = None
    summary: str | None = None
    output: str | None = None
    outcome: str | None = None
    obstacles: str | None = None
    remark: str | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLine:
    """What became of one row of the file, in a Thai sentence; `measure_no` is the measure that it is part of."""

    place: Place
    outcome: Outcome
    sentence: str
    measure_no: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReading:
    """A whole file as it was read."""

    tables: tuple[TableReading, ...]
    measures: tuple[ReadMeasure, ...]
    lines: tuple[ReadingLine, ...]


_PLAN_FIELDS = (
    Field.SECTION, Field.INDICATOR, Field.APPROACH, Field.STEPS, Field.RESPONSIBLE, Field.MONITORING,
)  # fmt: skip
_RESULT_FIELDS = (Field.SUMMARY, Field.OUTPUT, Field.OUTCOME, Field.OBSTACLES, Field.REMARK)
_THAI_NAMES = {
    "section": "กลุ่ม", "indicator": "ตัวชี้วัด", "approach": "แนวทาง", "steps": "ขั้นตอน", "responsible": "ผู้รับผิดชอบ",
    "monitoring": "การกำกับติดตาม", "period": "ระยะเวลา", "summary": "สรุปผล", "output": "ผลผลิต", "outcome": "ผลลัพธ์",
    "obstacles": "ปัญหาอุปสรรค", "remark": "หมายเหตุ",
}  # fmt: skip
_WHY_NOT = {
    TableKind.SCORES: "เป็นตารางคะแนน ไม่ใช่ตารางมาตรการ",
    TableKind.ANALYSIS: "เป็นตารางผลการวิเคราะห์ ไม่ใช่ตารางมาตรการ",
    TableKind.UNKNOWN: "ไม่มีคอลัมน์มาตรการ",
}


def read_plan(
    name: str,
    data: bytes,
    fiscal_year: FiscalYear,
    *,
    table: TableChoice = None,
    results: bool = False,
    round_no: int | None = None,
    tables: Sequence[RawTable] | None = None,
) -> PlanReading:
    """Reads a plan, or with `results` a finished report, of a fiscal year.

    Args:
        name: the file's name, for places and messages.
        data: the whole file.
        fiscal_year: the year that periods are read for.
        table: the number of the only table to take; None or "all" takes every table with measures.
        results: whether summaries, outputs, outcomes, obstacles and remarks are read too.
        round_no: the round whose results a year's JSON gives; the 12-month one unless said.
        tables: the file's tables, where they are read already.

    Raises:
        BadInput: the file cannot be read, has no measures, or lacks that table.
    """
    gathered = gather(read_tables(name, data, round_no=round_no) if tables is None else tables)
    listed = tuple(_listed(no, each, table) for no, each in enumerate(gathered.tables, start=1))
    _check_choice(name, gathered, listed, table)
    book = _Book(fiscal_year, results=results)
    for each, drafted in zip(listed, gathered.tables, strict=True):
        book.add(each, drafted)
    if not book.measures:
        raise BadInput(f"{name}: พบหัวตารางมาตรการ แต่ไม่มีแถวมาตรการใต้หัวตาราง (no measure under the header)")
    return PlanReading(tables=listed, measures=tuple(book.measures), lines=tuple(book.lines))


def _listed(no: int, drafted: TableDraft, choice: TableChoice) -> TableReading:
    """A table as the list of tables shows it."""
    reason = "แผ่นงานถูกซ่อน" if drafted.hidden else _WHY_NOT.get(drafted.kind)
    if reason is None and isinstance(choice, int) and choice != no:
        reason = f"เลือกเฉพาะตารางที่ {choice}"
    return TableReading(
        no=no,
        place=drafted.place,
        headers=drafted.columns.headers,
        rows=drafted.rows,
        kind=drafted.kind,
        taken=reason is None,
        reason=reason,
        left_out=drafted.columns.left_out if drafted.has_measures else (),
    )


def _check_choice(name: str, gathered: Gathered, tables: Sequence[TableReading], choice: TableChoice) -> None:
    """Refuses a file without a table of measures, and a choice of a table that is none."""
    if not any(each.has_measures for each in gathered.tables):
        found = [header for each in tables for header in each.headers if header]
        if found:
            listed = " | ".join(shortened(header, 40) for header in dict.fromkeys(found))
            raise BadInput(f"{name}: ไม่พบคอลัมน์มาตรการ หัวตารางที่พบ: {listed} (no measure column)")
        first = " | ".join(shortened(text, 40) for text in gathered.strays)
        seen = f" ข้อความแรกในตาราง: {first}" if first else ""
        raise BadInput(f"{name}: ไม่พบหัวตารางมาตรการ{seen} (no measure column: no table header was found)")
    if isinstance(choice, int) and not 1 <= choice <= len(tables):
        raise BadInput(f"{name}: ไม่มีตารางที่ {choice} ไฟล์นี้มี {len(tables)} ตาราง (no table {choice})")
    if isinstance(choice, int) and not tables[choice - 1].taken:
        chosen = tables[choice - 1]
        raise BadInput(f"{name}: ใช้ตารางที่ {choice} ไม่ได้ ({chosen.place}): {chosen.reason}")


class _Book:
    """The measures so far, to which each further table adds new ones or fills empty fields."""

    def __init__(self, fiscal_year: FiscalYear, *, results: bool) -> None:
        self.measures: list[ReadMeasure] = []
        self.lines: list[ReadingLine] = []
        self._fiscal_year = fiscal_year
        self._results = results

    def add(self, listed: TableReading, drafted: TableDraft) -> None:
        """Adds one table's measures and lines."""
        if not listed.taken:
            sentence = f"ตารางที่ {listed.no}: {listed.reason}"
            self.lines.append(ReadingLine(place=listed.place, outcome=Outcome.NOT_TAKEN, sentence=sentence))
            return
        titled = [draft for draft in drafted.measures if clean(draft.values.get(Field.TITLE, ""))]
        read = {id(draft): self._measure(draft, listed, drafted) for draft in titled}
        known = [(at, each.indicator, each.title) for at, each in enumerate(self.measures)]
        matches = match_measures(known, list(read.values()))
        old = {id(measure): at for at, measure in matches.pairs}
        numbers: dict[int, tuple[int, str]] = {}
        for draft in titled:
            measure = read[id(draft)]
            at = old.get(id(measure))
            numbers[id(draft)] = self._append(measure) if at is None else self._fill(at, measure)
        if listed.left_out:
            sentence = f"ไม่นำเข้าคอลัมน์: {', '.join(shortened(header, 40) for header in listed.left_out)}"
            self.lines.append(ReadingLine(place=listed.place, outcome=Outcome.NOT_TAKEN, sentence=sentence))
        self.lines += [self._line(note, numbers) for note in drafted.notes]

    def _measure(self, draft: Draft, listed: TableReading, drafted: TableDraft) -> ReadMeasure:
        """A measure as one table tells it."""
        values = {each: clean(text) or None for each, text in draft.values.items()}
        fields = (*_PLAN_FIELDS, *(_RESULT_FIELDS if self._results else ()))
        texts = {each.value: values.get(each) for each in fields}
        texts["section"] = clean(draft.section or "") or None
        period = Period(text="", start=None, end=None)
        if drafted.columns.has(Field.PERIOD):
            period = read_period(values.get(Field.PERIOD) or "", self._fiscal_year)
        return ReadMeasure(
            no=0,
            place=draft.place,
            tables=(listed.no,),
            title=values[Field.TITLE] or "",
            period=period,
            doubts=tuple(draft.doubts),
            **texts,
        )

    def _append(self, measure: ReadMeasure) -> tuple[int, str]:
        """Takes a measure that is new; says how its row is described."""
        numbered = replace(measure, no=len(self.measures) + 1)
        self.measures.append(numbered)
        doubts = (*numbered.doubts, *numbered.period.doubts)
        return numbered.no, " · ".join(doubts)

    def _fill(self, at: int, measure: ReadMeasure) -> tuple[int, str]:
        """Fills the empty fields of a known measure from a further table; a different text is a doubt."""
        known = self.measures[at]
        filled: dict[str, object] = {}
        doubts = list(measure.doubts)
        for name, thai in _THAI_NAMES.items():
            old, new = getattr(known, name), getattr(measure, name)
            old_text, new_text = (old.text, new.text) if isinstance(old, Period) else (old, new)
            if not old_text and new_text:
                filled[name] = new
                doubts += new.doubts if isinstance(new, Period) else ()
            elif old_text and new_text and old_text.split() != new_text.split() and name != "section":
                doubts.append(f"ช่อง{thai}ต่างจากตารางก่อน จึงคงข้อความของตารางก่อนไว้")
        tables = (*known.tables, *measure.tables)
        self.measures[at] = replace(known, tables=tables, doubts=(*known.doubts, *doubts), **filled)  # type: ignore[arg-type]
        return known.no, " · ".join(doubts)

    def _line(self, note: RowNote, numbers: dict[int, tuple[int, str]]) -> ReadingLine:
        """One row's line of the account."""
        if note.draft is None:
            return ReadingLine(place=note.place, outcome=note.outcome, sentence=note.why)
        if id(note.draft) not in numbers:
            why = "ไม่มีชื่อมาตรการ จึงไม่ได้นำเข้า"
            return ReadingLine(place=note.place, outcome=Outcome.NOT_TAKEN, sentence=why)
        number, doubts = numbers[id(note.draft)]
        named = f"มาตรการที่ {thai_digits(str(number))}"
        if not note.starts:
            sentence = f"ต่อจากแถวก่อน ({named})" + (f" · {note.why}" if note.why else "")
            return ReadingLine(place=note.place, outcome=note.outcome, sentence=sentence, measure_no=number)
        again = self.measures[number - 1].place != note.place
        told = f"{named}: {shortened(note.draft.values[Field.TITLE])}" + (" (เติมจากอีกตาราง)" if again else "")
        return ReadingLine(
            place=note.place,
            outcome=Outcome.DOUBTFUL if doubts else Outcome.READ,
            sentence=f"{told} · {doubts}" if doubts else told,
            measure_no=number,
        )
