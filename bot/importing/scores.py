"""Reads the assessment's results: scores by instrument, indicator and year, and what was written of them."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput
from bot.domain.results import INDICATORS, AssessmentResult, Instrument, mismatches
from bot.domain.text import arabic_digits, match_key, thai_digits
from bot.importing.columns import is_header
from bot.importing.headers import Field, read_header
from bot.importing.measures import Outcome, shortened
from bot.importing.plan import ReadingLine
from bot.importing.raw import Place, RawRow, RawTable
from bot.importing.rows import join
from bot.importing.tables import read_tables

Key = TypeVar("Key", bound=Hashable)
_SCORE = re.compile(r"(?:ร้อยละ\s*)?([0-9]{1,3}(?:\.[0-9]{1,2})?)\s*(?:คะแนน|%)?")
_OVERALL = re.compile(
    r"(?:คะแนน(?:โดย)?รวม|ค่าคะแนนโดยรวม|คะแนนภาพรวม|คะแนนเฉลี่ยรวม|คะแนนรวม)[^0-9\n]{0,30}?([0-9]{1,3}\.[0-9]{1,2})"
)
_OVERALL_LABEL = re.compile(r"(?:คะแนน|ผลการประเมิน|ค่าคะแนน)?(?:โดย)?(?:รวม|ภาพรวม|เฉลี่ยรวม)(?:ทั้งหมด|ทั้งสิ้น)?(?:คะแนน)?")
_LEVEL = re.compile("ระดับ\\s*[“\"'(]?\\s*(ผ่านดีเยี่ยม|ผ่านดี|ผ่าน|ต้องปรับปรุงโดยด่วน|ต้องปรับปรุง|AA|A|B|C|D|E|F)(?![ก-๎A-Za-z])")
_NUMBERED = re.compile(r"(?:ตัวชี้วัด(?:ที่)?\s*)?\(?([0-9]{1,2})[.)\s]+(.+)", re.DOTALL)
_YEAR = re.compile(r"(?:ปี|พ\.ศ\.|ปีงบประมาณ|ปี พ\.ศ\.)?\s*(?:พ\.ศ\.)?\s*(25[0-9]{2})")
_INSTRUMENT = re.compile(r"(IIT|EIT|OIT)", re.IGNORECASE)
_PART = re.compile(r"(?:ส่วนที่|part|ส่วน)\s*([12])|EIT\s*[-(]?\s*([12])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresReading:
    """The results as they were read, and row by row what became of the file."""

    result: AssessmentResult
    lines: tuple[ReadingLine, ...]
    doubts: tuple[str, ...]


def read_scores(name: str, data: bytes, agency_id: AgencyId, fiscal_year: FiscalYear) -> ScoresReading:
    """Reads the results of a fiscal year.

    Raises:
        BadInput: the file cannot be read, or holds no score.
    """
    book = _Book(fiscal_year)
    for raw in read_tables(name, data):
        book.read(raw)
    if not (book.instruments or book.indicators or book.overall is not None):
        raise BadInput(f"{name}: ไม่พบคะแนนรายเครื่องมือ รายตัวชี้วัด หรือคะแนนรวม (no score)")
    result = AssessmentResult(
        agency_id=agency_id,
        fiscal_year=fiscal_year,
        overall=book.overall,
        level=book.level,
        instruments=book.instruments,
        indicators=book.indicators,
        history=book.history,
        analysis=book.analysis,
    )
    return ScoresReading(result=result, lines=tuple(book.lines), doubts=tuple(doubts_of(result)))


def doubts_of(result: AssessmentResult) -> list[str]:
    """What does not add up, in sentences; the scores stay as printed."""
    return [
        thai_digits(f"{each.what} พิมพ์ไว้ {each.printed:.2f} แต่คำนวณจากคะแนนส่วนอื่นได้ {each.computed:.2f}")
        for each in mismatches(result)
    ]


@dataclass(slots=True)
class _Book:
    """The scores so far."""

    fiscal_year: FiscalYear
    overall: Decimal | None = None
    level: str | None = None
    instruments: dict[Instrument, Decimal] = field(default_factory=dict)
    indicators: dict[int, Decimal] = field(default_factory=dict)
    history: dict[int, Decimal] = field(default_factory=dict)
    analysis: dict[int, str] = field(default_factory=dict)
    lines: list[ReadingLine] = field(default_factory=list)
    _years: list[int | None] = field(default_factory=list)
    _writing: bool = False
    _of_measures: bool = False
    _number: int | None = None

    def read(self, raw: RawTable) -> None:
        """Takes in one stretch of rows."""
        for row in raw.rows:
            place = raw.place(row.number)
            if row.prose:
                self._prose(row.cells[0].text, place)
            elif not self._head(row, place) and not self._of_measures:
                self._row([text.strip() for text in row.texts], place)

    def _head(self, row: RawRow, place: Place) -> bool:
        """Whether the row is a heading; it says whether texts or scores follow."""
        texts = [text for text in row.texts if text]
        fields = {meaning.field for text in texts if (meaning := read_header(text))}
        years = [self._year(text) for text in row.texts]
        if len([year for year in years if year]) >= 2:
            self._years = years
            return True
        if is_header(row) or ({Field.SCORE, Field.ANALYSIS} & fields and len(fields) == len(texts)):
            self._writing, self._number, self._years = Field.ANALYSIS in fields, None, []
            self._of_measures = Field.TITLE in fields
            if self._of_measures:
                self._note(place, Outcome.NOT_TAKEN, "ตารางมาตรการ ไม่ใช่คะแนน: นำเข้าด้วย plan import")
            return True
        return False

    def _prose(self, text: str, place: Place) -> None:
        plain = arabic_digits(text)
        overall, level = _OVERALL.search(plain), _LEVEL.search(plain)
        if overall:
            self.overall = self.overall if self.overall is not None else _checked(overall[1], place)
            self._note(place, Outcome.READ, f"คะแนนรวม {overall[1]}")
        if level and self.level is None and "คะแนน" in plain:
            self.level = level[1]

    def _row(self, texts: list[str], place: Place) -> None:
        filled = [text for text in texts if text]
        if not filled:
            return
        if self._writing:
            self._analysis(texts, place)
            return
        scores = [_score(text) for text in texts]
        if self._years and sum(score is not None for score in scores) >= 2:
            pairs = zip(self._years, scores, strict=False)
            self.history |= {year: score for year, score in pairs if year and score is not None}
            self._note(place, Outcome.READ, "คะแนนหลายปี")
            return
        last = next((score for score in reversed(scores) if score is not None), None)
        if last is None or len(filled) < 2:
            self._note(place, Outcome.NOT_TAKEN, f"ไม่มีคะแนน: {shortened(filled[0])}")
            return
        self._labelled(" ".join(filled[:-1]), _checked(str(last), place), place)

    def _labelled(self, label: str, score: Decimal, place: Place) -> None:
        """One label with its score."""
        number, instrument, year = indicator_of(label), instrument_of(label), self._year(label)
        if number is not None:
            self._keep(self.indicators, number, score, f"ตัวชี้วัดที่ {number}", place)
        elif instrument is not None:
            self._keep(self.instruments, instrument, score, instrument.thai, place)
        elif year is not None:
            self._keep(self.history, year, score, f"คะแนนปี {year}", place)
        elif _OVERALL_LABEL.fullmatch(match_key(label)):
            self.overall = score
            self._note(place, Outcome.READ, f"คะแนนรวม {score}")
        else:
            self._note(place, Outcome.NOT_TAKEN, f"ไม่รู้จักรายการ: {shortened(label)}")

    def _keep(self, scores: dict[Key, Decimal], key: Key, score: Decimal, what: str, place: Place) -> None:
        """Takes a score; one that differs from what was read before is a doubt and stays out."""
        before = scores.setdefault(key, score)
        if before != score:
            self._note(place, Outcome.DOUBTFUL, f"{what} {score} ต่างจากที่อ่านได้ก่อนหน้า ({before}) จึงคงค่าเดิม")
        else:
            self._note(place, Outcome.READ, f"{what} {score}")

    def _analysis(self, texts: list[str], place: Place) -> None:
        """A row of what was written: a new indicator, or the rest of the one before."""
        number = indicator_of(texts[0])
        written = "\n".join(text for text in texts[1:] if text)
        if number is None and texts[0]:
            self._note(place, Outcome.NOT_TAKEN, f"ไม่รู้จักตัวชี้วัด: {shortened(texts[0])}")
            return
        self._number = number if number is not None else self._number
        if self._number is None:
            self._note(place, Outcome.NOT_TAKEN, "ไม่มีตัวชี้วัดให้ต่อ")
            return
        self.analysis[self._number] = join(self.analysis.get(self._number, ""), written)
        self._note(place, Outcome.READ, f"ผลการวิเคราะห์ตัวชี้วัดที่ {self._number}")

    def _year(self, text: str) -> int | None:
        found = _YEAR.fullmatch(arabic_digits(text.strip()))
        return int(found[1]) if found else None

    def _note(self, place: Place, outcome: Outcome, sentence: str) -> None:
        self.lines.append(ReadingLine(place=place, outcome=outcome, sentence=thai_digits(sentence)))


def indicator_of(label: str) -> int | None:
    """The number of the indicator that a label names: by its name, else by its printed number and a similar name."""
    numbered = _NUMBERED.fullmatch(arabic_digits(label).strip())
    name = match_key(numbered[2] if numbered else label)
    for number, known in enumerate(INDICATORS, start=1):
        if name.startswith(match_key(known)):
            return number
    if numbered and 1 <= int(numbered[1]) <= len(INDICATORS) and not _INSTRUMENT.search(label):
        return int(numbered[1])
    return None


def instrument_of(label: str) -> Instrument | None:
    """The instrument that a label names."""
    plain = arabic_digits(label)
    named = _INSTRUMENT.search(plain)
    if named is None:
        return None
    part = _PART.search(plain)
    if named[1].upper() == "EIT" and part:
        return Instrument.EIT_1 if (part[1] or part[2]) == "1" else Instrument.EIT_2
    return Instrument(named[1].upper())


def _score(text: str) -> Decimal | None:
    found = _SCORE.fullmatch(arabic_digits(text).strip())
    return Decimal(found[1]) if found else None


def _checked(score: str, place: Place) -> Decimal:
    number = Decimal(score)
    if number > 100:
        raise BadInput(f"{place}: คะแนน {thai_digits(score)} เกิน ๑๐๐ (a score above 100)")
    return number
