"""A memo with the longest chain of the real reports: five steps, one of them an acting post, one still unsigned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.domain.calendar import BANGKOK
from bot.domain.documents import DocumentChoices, MemoFields
from bot.domain.people import PersonId
from bot.domain.rounds import RoundNo
from bot.domain.sign_off import ActingAs, ChainStep, Signature, SignOffId
from bot.domain.years import AgencyYear
from bot.reporting.build import build_report
from bot.reporting.kinds import Kind
from bot.reporting.memo import Papers
from bot.reporting.model import Report
from tests.reporting.sample_year import AGENCY, NOW, full_year

CHAIN = (
    ChainStep(label="ผู้รายงาน", position="นักจัดการงานทั่วไปชำนาญการ", name="นางมาลี ใจเย็น", asks_opinion=False),
    ChainStep(label="ความเห็นของหัวหน้างาน", position="หัวหน้าฝ่ายบริหารงานทั่วไป", name="นายสมศักดิ์ ตั้งมั่น"),
    ChainStep(label="ความเห็นของหัวหน้าสำนักปลัด", position="หัวหน้าสำนักปลัด", name="นายวิชัย มุ่งดี"),
    ChainStep(
        label="ความเห็นของปลัด",
        position="รองปลัดองค์การบริหารส่วนตำบล",
        name="นางสาวดารา แสงงาม",
        acting=ActingAs.FOR_OFFICE,
        acting_for="ปลัดองค์การบริหารส่วนตำบลทรายทองงาม",
    ),
    ChainStep(label="ความเห็นของนายก", position="นายกองค์การบริหารส่วนตำบลทรายทองงาม"),
)
OPINIONS = (None, "ไม่ขัดข้องและพิจารณาแล้ว", "เห็นควรเสนอเพื่อพิจารณา\nทั้งนี้ ขอภาพมาตรการที่ 3 เพิ่ม", "เห็นชอบตามที่เสนอ")


def signatures(opinions: tuple[str | None, ...] = OPINIONS) -> tuple[Signature, ...]:
    """What the first signers said."""
    return tuple(
        Signature(
            sign_off_id=SignOffId("s1"),
            place=place,
            person_id=PersonId(f"p{place}"),
            name=step.name,
            positions=step.positions(),
            opinion=opinion,
            signed_at=datetime(2024, 9, 27 + place // 2, 9, 30, tzinfo=BANGKOK),
            inputs_hash="a" * 64,
        )
        for place, (step, opinion) in enumerate(zip(CHAIN, opinions, strict=False))
    )


def papers(**fields: object) -> Papers:
    """The papers of the memo; only what a test tells about is spelled out there."""
    known: dict[str, object] = {
        "choices": DocumentChoices(emblem="emblem"),
        "fields": MemoFields(number="123", dated=date(2024, 9, 28)),
        "chain": CHAIN,
        "signatures": signatures(),
        "code": "K7RM-3XQA",
    }
    return Papers(**(known | fields))  # type: ignore[arg-type]


def coded_year() -> AgencyYear:
    """The sample year of an agency that has a code for its letters."""
    year = full_year()
    return replace(year, agency=replace(AGENCY, doc_code="ศน 71201"))


def memo_report(
    kind: Kind = Kind.MEMO, *, parts: tuple[str, ...] = (), draft: bool = False, **fields: object
) -> Report:
    """A document with the memo."""
    given = papers(**fields)
    return build_report(
        coded_year(), RoundNo.TWELVE, compiled_at=NOW, kind=kind, parts=parts, papers=given, draft=draft
    )
