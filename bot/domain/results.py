"""Results of the assessment (ผลการประเมิน ITA): scores by instrument, by indicator and over the years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from bot.domain.agencies import AgencyId
from bot.domain.calendar import FiscalYear

PASSING = Decimal(85)


class Instrument(StrEnum):
    """The instruments; the outsiders' one has two parts."""

    IIT = "IIT"
    EIT = "EIT"
    EIT_1 = "EIT1"
    EIT_2 = "EIT2"
    OIT = "OIT"

    @property
    def thai(self) -> str:
        """How reports print it."""
        return _INSTRUMENTS[self]


_INSTRUMENTS = {
    Instrument.IIT: "IIT",
    Instrument.EIT: "EIT",
    Instrument.EIT_1: "EIT ส่วนที่ 1",
    Instrument.EIT_2: "EIT ส่วนที่ 2",
    Instrument.OIT: "OIT",
}
INDICATORS = (
    "การปฏิบัติหน้าที่", "การใช้งบประมาณ", "การใช้อำนาจ", "การใช้ทรัพย์สินของราชการ", "การแก้ไขปัญหาการทุจริต",
    "คุณภาพการดำเนินงาน", "ประสิทธิภาพการสื่อสาร", "การปรับปรุงระบบการทำงาน", "การเปิดเผยข้อมูล", "การป้องกันการทุจริต",
)  # fmt: skip
"""The ten indicators by their numbers from 1."""
GROUPS: tuple[tuple[Instrument, str, range], ...] = (
    (Instrument.IIT, "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)", range(1, 6)),
    (Instrument.EIT, "แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายนอก (EIT)", range(6, 9)),
    (Instrument.OIT, "แบบวัดการเปิดเผยข้อมูลสาธารณะ (OIT)", range(9, 11)),
)
_WEIGHTS = {Instrument.IIT: Decimal("0.30"), Instrument.EIT: Decimal("0.30"), Instrument.OIT: Decimal("0.40")}
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentResult:
    """What the assessment of a fiscal year said of an agency; scores as printed.

    Attributes:
        level: the level's words as printed; schemes changed over the years.
        history: overall scores of this and earlier years.
        analysis: what the agency wrote of each indicator, by its number.
    """

    agency_id: AgencyId
    fiscal_year: FiscalYear
    overall: Decimal | None = None
    level: str | None = None
    instruments: Mapping[Instrument, Decimal] = field(default_factory=dict)
    indicators: Mapping[int, Decimal] = field(default_factory=dict)
    history: Mapping[int, Decimal] = field(default_factory=dict)
    analysis: Mapping[int, str] = field(default_factory=dict)

    def score(self, instrument: Instrument) -> Decimal | None:
        """The score of an instrument; of the outsiders' one the mean of its parts where that alone is printed."""
        parts = [self.instruments.get(part) for part in (Instrument.EIT_1, Instrument.EIT_2)]
        if instrument is Instrument.EIT and instrument not in self.instruments and None not in parts:
            return mean([part for part in parts if part is not None])
        return self.instruments.get(instrument)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """A printed score that the other scores do not give."""

    what: str
    printed: Decimal
    computed: Decimal


def mean(scores: list[Decimal]) -> Decimal:
    """The unrounded mean."""
    return sum(scores, Decimal(0)) / len(scores)


def rounded(score: Decimal) -> Decimal:
    """A score as it is printed: two decimals, half up."""
    return score.quantize(_CENT, ROUND_HALF_UP)


def mismatches(result: AssessmentResult) -> list[Mismatch]:
    """Printed scores that do not follow from the others by the assessment's own arithmetic."""
    found = []
    for instrument, _, numbers in GROUPS:
        scores = [result.indicators[number] for number in numbers if number in result.indicators]
        printed = result.score(instrument)
        if printed is not None and len(scores) == len(numbers):
            found.append(Mismatch(what=instrument.value, printed=rounded(printed), computed=rounded(mean(scores))))
    whole = [(result.score(instrument), weight) for instrument, weight in _WEIGHTS.items()]
    if result.overall is not None and all(score is not None for score, _ in whole):
        computed = sum((score * weight for score, weight in whole if score is not None), Decimal(0))
        found.append(Mismatch(what="คะแนนรวม", printed=result.overall, computed=rounded(computed)))
    last = result.history.get(result.fiscal_year)
    if last is not None and result.overall is not None:
        found.append(Mismatch(what=f"คะแนนปี {result.fiscal_year}", printed=last, computed=result.overall))
    return [each for each in found if abs(each.printed - each.computed) > _CENT]
