"""What is checked: a round's report as the passages of text that it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.domain.agencies import Agency
from bot.domain.links import LinkState
from bot.domain.plans import Measure
from bot.domain.results import AssessmentResult
from bot.domain.rounds import RoundNo
from bot.domain.updates import Answer, Evidence
from bot.domain.years import AgencyYear
from bot.reporting.build import reported_measures
from bot.reporting.check.items import Items, items_of
from bot.reporting.columns import Reported
from bot.reporting.model import Finding, Severity, of_measure

_PLAN = {
    "section": "กลุ่มมาตรการ",
    "indicator": "ตัวชี้วัด",
    "title": "มาตรการ",
    "approach": "แนวทาง",
    "steps": "ขั้นตอน/วิธีการ",
    "responsible": "ผู้รับผิดชอบ",
    "period_text": "ระยะเวลา",
    "monitoring": "การกำกับติดตาม",
}
_UPDATE = {
    **{answer.value: answer.heading for answer in Answer},
    "remark": "หมายเหตุ",
}
_OWN = {
    "table_title": "ชื่อตารางของแบบที่แก้เอง",
    "table_footer": "ข้อความท้ายตารางของแบบที่แก้เอง",
    "memo": "บันทึกข้อความ",
    "preface": "คำนำ",
}
FIELD_WORDS = {**_PLAN, **_UPDATE, "evidence": "หลักฐาน", **_OWN}
PLAN_FIELDS = frozenset(_PLAN)
OWN_FIELDS = frozenset(_OWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One text of the report with its place.

    Attributes:
        measure_no: None for what the agency wrote once for its documents.
        of_plan: tells the plan's words from the officers'.
    """

    measure_no: int | None
    field: str
    text: str
    of_plan: bool
    officer: str = ""

    def finding(
        self, code: str, severity: Severity, what: str, *, words: str, why: str, source: str, action: str
    ) -> Finding:
        """A finding about these words of the passage."""
        by = f" ({self.officer})" if self.officer else ""
        return Finding(
            code=code,
            severity=severity,
            message=of_measure(self.measure_no, f"{FIELD_WORDS[self.field]}{by}: {what} “{words}”"),
            measure_no=self.measure_no,
            field=self.field,
            words=words,
            why=why,
            source=source,
            action=action,
        )


@dataclass(frozen=True, kw_only=True)
class Subject:
    """A round's report and what is known around it.

    Attributes:
        others: the other agencies that this program knows.
        results: the assessment's results that this year's documents print.
        known_items: the assessment's items, where not those of the data.
        own_words: what the agency wrote for its documents, by the field that it stands in.
        links: addresses that were looked at, and what became of it.
    """

    year: AgencyYear
    round_no: RoundNo
    draft: bool = False
    others: tuple[Agency, ...] = ()
    results: tuple[AssessmentResult, ...] = ()
    known_items: Items | None = None
    own_words: tuple[tuple[str, str], ...] = ()
    links: Mapping[str, LinkState] = field(default_factory=dict)

    @property
    def agency(self) -> Agency:
        """Whose report it is."""
        return self.year.agency

    @cached_property
    def items(self) -> Items:
        """The items of the assessment that this year's documents are for."""
        return self.known_items or items_of(self.year.fiscal_year)

    @cached_property
    def measures(self) -> tuple[Reported, ...]:
        """The measures with the parts that the report takes."""
        return reported_measures(self.year, self.round_no, draft=self.draft)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every text of plan and updates that is not empty, in the report's order, then the agency's own words."""
        own = (Passage(measure_no=None, field=name, text=text, of_plan=False) for name, text in self.own_words if text)
        return (*(passage for reported in self.measures for passage in _passages(reported)), *own)


def _passages(reported: Reported) -> Iterator[Passage]:
    measure = reported.measure
    for name in _PLAN:
        text = getattr(measure, name)
        if text:
            yield Passage(measure_no=measure.no, field=name, text=text, of_plan=True)
    for part in reported.parts:
        several = part.officer if len(reported.parts) > 1 else ""
        for name in _UPDATE:
            text = getattr(part.update, name)
            if text:
                yield Passage(measure_no=measure.no, field=name, text=text, of_plan=False, officer=several)
        for text in _evidence_texts(part.update.evidence):
            yield Passage(measure_no=measure.no, field="evidence", text=text, of_plan=False, officer=several)


def _evidence_texts(evidence: Iterable[Evidence]) -> Iterator[str]:
    for piece in evidence:
        yield from (text for text in (piece.caption, piece.url, piece.name) if text)


def plan_finding(
    measure: Measure, code: str, severity: Severity, what: str, *, field: str, why: str, source: str, action: str
) -> Finding:
    """A finding about something that a measure lacks, so that there are no words to show."""
    return Finding(
        code=code,
        severity=severity,
        message=of_measure(measure.no, f"{FIELD_WORDS[field]}: {what}"),
        measure_no=measure.no,
        field=field,
        why=why,
        source=source,
        action=action,
    )
