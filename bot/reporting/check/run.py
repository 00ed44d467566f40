"""Runs every kind of check over a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain.text import thai_digits
from bot.domain.updates import EvidenceKind
from bot.reporting.check import (
    agency_name,
    dates,
    dead_links,
    elements,
    fiscal_years,
    guidance,
    links,
    other_agencies,
    personal_data,
    plan_agreement,
    same_text,
    scores,
    years,
)
from bot.reporting.check.explained import explained
from bot.reporting.check.subject import Subject
from bot.reporting.model import Finding, Severity

CHECKS: tuple[Callable[[Subject], Iterable[Finding]], ...] = (
    elements.find,
    plan_agreement.find,
    fiscal_years.find,
    dates.find,
    years.find,
    agency_name.find,
    other_agencies.find,
    links.find,
    dead_links.find,
    same_text.find,
    guidance.find,
    personal_data.find,
    scores.find,
)
"""Every kind of finding; each is a file of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the check found.

    Attributes:
        findings: those that would cost the score first, then by measure.
        look_at: what no program can judge and somebody should look at; these are no findings.
        photos: how many there are of each measure.
    """

    findings: tuple[Finding, ...]
    look_at: tuple[str, ...]
    photos: Mapping[int, int] = field(default_factory=dict)

    @property
    def costs_the_score(self) -> bool:
        """Whether something must be mended before the report is published."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def check_report(subject: Subject, known: Iterable[Finding] = ()) -> Checked:
    """The check of a report.

    Args:
        subject: the report.
        known: findings that compiling it has made already.
    """
    found = [*map(explained, known), *(finding for check in CHECKS for finding in check(subject))]
    photos = photos_of(subject)
    unique = {(f.code, f.measure_no, f.field, f.words, f.message): f for f in found}
    order = {Severity.ERROR: 0, Severity.WARNING: 1}
    findings = sorted(unique.values(), key=lambda f: (order[f.severity], f.measure_no or 0))
    return Checked(findings=tuple(findings), look_at=_look_at(photos), photos=photos)


def photos_of(subject: Subject) -> dict[int, int]:
    """How many photos each measure has in the report; faces on them only people can judge."""
    pieces = (
        (each.measure.no, piece) for each in subject.measures for part in each.parts for piece in part.update.evidence
    )
    return dict(Counter(no for no, piece in pieces if piece.kind is EvidenceKind.IMAGE))


def _look_at(photos: Mapping[int, int]) -> tuple[str, ...]:
    if not photos:
        return ()
    total = sum(photos.values())
    where = ", ".join(f"ลำดับที่ {no} ({count} ภาพ)" for no, count in photos.items())
    faces = "โปรดดูด้วยตาก่อนเผยแพร่ว่าไม่เห็นใบหน้าเด็ก ผู้ป่วย หรือผู้ที่ไม่ได้ยินยอม และไม่เห็นเอกสารที่มีข้อมูลส่วนบุคคล"
    return (thai_digits(f"ภาพถ่าย {total} ภาพ: {faces} · มาตรการ{where}"),)
