"""The model of a document of a year: everything it is made from, read once, and what it says as of a moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.agencies import Agency, AgencyId, AgencySettings
from bot.domain.calendar import FiscalYear
from bot.domain.errors import NotFound
from bot.domain.links import LinkState
from bot.domain.results import AssessmentResult
from bot.domain.rounds import RoundNo
from bot.domain.text import thai_digits
from bot.domain.years import AgencyYear
from bot.ports.store import UnitOfWork
from bot.reporting.build import build_report
from bot.reporting.check.run import check_report
from bot.reporting.check.subject import Subject
from bot.reporting.kinds import PREFACE, WORDS, Kind, parts_of
from bot.reporting.leaving_out import without
from bot.reporting.memo import NOTHING_WRITTEN, Papers
from bot.reporting.model import Report, WordTemplate
from bot.reporting.style_json import styles_of
from bot.reporting.styles import TableStyle
from bot.reporting.versions import inputs_hash
from bot.services.blame import left_out
from bot.services.check_round import other_agencies, own_words, results_of
from bot.services.load_year import load_year
from bot.services.look_at_links import links_now
from bot.services.papers import KeptPapers, load_papers


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentModel:
    """What a document of a round is made from; see `build_report` for what each of them means.

    Attributes:
        skip: ids of measures and evidence that are left out with a finding.
        word_templates: the agency's own in use, by kind.
    """

    year: AgencyYear
    round_no: RoundNo
    settings: AgencySettings
    others: tuple[Agency, ...]
    results: tuple[AssessmentResult, ...]
    papers: KeptPapers
    kind: Kind
    draft: bool
    site: str = ""
    own_words: tuple[tuple[str, str], ...] = ()
    links: Mapping[str, LinkState] = field(default_factory=dict)
    chosen_parts: tuple[str, ...] = ()
    chosen_styles: Mapping[Kind, TableStyle] = field(default_factory=dict)
    skip: frozenset[str] = frozenset()
    drawn_by: str = ""
    word_templates: Mapping[str, WordTemplate] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts chosen of a set: now, else by the agency; none means the usual ones."""
        return self.chosen_parts or self.papers.choices.parts or ()

    @property
    def styles(self) -> dict[Kind, TableStyle]:
        """How each table looks."""
        return {**styles_of(self.settings.table_styles), **self.chosen_styles}

    def build(self, compiled_at: datetime) -> Report:
        """The document as of a moment, with what the check found in it."""
        report = self._built(self.kind, compiled_at, self._papers(compiled_at))
        if not WORDS[self.kind].of_round:
            return report
        subject = Subject(
            year=self.year,
            round_no=self.round_no,
            draft=self.draft,
            others=self.others,
            results=self.results,
            own_words=self.own_words,
            links=self.links,
        )
        return replace(report, findings=check_report(subject, report.findings).findings)

    def _papers(self, compiled_at: datetime) -> Papers:
        """The papers that go with the round's report as it is now: opinions on any other version stay away."""
        if not {Kind.MEMO, PREFACE} & set(parts_of(self.kind, self.parts)):
            return NOTHING_WRITTEN
        return self.papers.of_version(inputs_hash(self._built(Kind.PROGRESS, compiled_at, NOTHING_WRITTEN)))

    def _built(self, kind: Kind, compiled_at: datetime, papers: Papers) -> Report:
        report = build_report(
            self.year,
            self.round_no,
            draft=self.draft,
            compiled_at=compiled_at,
            thai_digits=self.settings.thai_digits,
            kind=kind,
            styles=self.styles,
            results=self.results,
            parts=self.parts,
            papers=papers,
            site=self.site,
        )
        report = replace(report, drawn_by=self.drawn_by, word_template=self.word_templates.get(kind.value))
        measures, images = left_out(self.year, self.skip)
        return without(report, measures=measures, images=images) if measures or images else report


def load_model(
    uow: UnitOfWork,
    agency_id: AgencyId,
    fiscal_year: FiscalYear,
    round_no: RoundNo,
    kind: Kind,
    *,
    now: datetime,
    draft: bool,
    site: str = "",
    parts: Collection[str] = (),
    styles: Mapping[Kind, TableStyle] | None = None,
    skip: Collection[str] = (),
    drawn_by: str = "",
) -> DocumentModel:
    """Everything that a document is made from.

    Raises:
        NotFound: no such agency, no plan of that year, or no results to analyse.
    """
    year = load_year(uow, agency_id, fiscal_year)
    results = results_of(uow, agency_id, fiscal_year)
    if kind is Kind.ANALYSIS and not results:
        raise NotFound("ยังไม่มีผลการประเมิน: นำเข้าด้วย results import (no results of the assessment)")
    if not year.measures and kind is not Kind.ANALYSIS:
        raise NotFound(f"ยังไม่มีแผนมาตรการของปีงบประมาณ {thai_digits(str(fiscal_year))}")
    return DocumentModel(
        year=year,
        round_no=round_no,
        settings=uow.agencies.settings(agency_id),
        others=other_agencies(uow, agency_id),
        results=results,
        papers=load_papers(uow, agency_id, fiscal_year, round_no),
        kind=kind,
        draft=draft,
        own_words=own_words(uow, agency_id, fiscal_year, round_no),
        links=links_now(uow, now, agency_id),
        site=site,
        chosen_parts=tuple(parts),
        chosen_styles=styles or {},
        skip=frozenset(skip),
        drawn_by=drawn_by,
        word_templates={
            kept.kind: WordTemplate(key=kept.key, sha256=kept.sha256)
            for kept in uow.word_templates.of_agency(agency_id)
            if kept.in_use
        },
    )
