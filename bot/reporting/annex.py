"""The numbered annex of evidence, measure by measure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.updates import Evidence, EvidenceKind, MediaState
from bot.reporting.columns import Reported
from bot.reporting.model import AnnexGroup, EvidenceItem, Finding, Severity, of_measure
from bot.reporting.words import Words, verbatim

ANNEX_TITLE = "ภาคผนวก หลักฐานประกอบการรายงานผล"
MISSING_NOTE = "ไม่มีไฟล์นี้ในระบบ"
_KIND_WORDS = {
    EvidenceKind.IMAGE: "ภาพ",
    EvidenceKind.FILE: "ไฟล์",
    EvidenceKind.LINK: "ลิงก์",
    EvidenceKind.LOCATION: "สถานที่",
}
_NO_BYTES = {MediaState.WANTED, MediaState.GONE, MediaState.REFUSED}


def build_annex(measures: Iterable[Reported], words: Words) -> tuple[tuple[AnnexGroup, ...], tuple[Finding, ...]]:
    """The annex, and a finding for every photo or file whose bytes we do not have."""
    groups: list[AnnexGroup] = []
    findings: list[Finding] = []
    for reported in measures:
        pieces = [piece for part in reported.parts for piece in part.update.evidence]
        if not pieces:
            continue
        title = words(reported.measure.title)
        items = tuple(_item(number, piece, title, words) for number, piece in enumerate(pieces, start=1))
        groups.append(AnnexGroup(measure_no=reported.measure.no, measure=title, items=items))
        findings += [
            _missing(reported.measure.no, item)
            for item, piece in zip(items, pieces, strict=True)
            if piece.media in _NO_BYTES
        ]
    return tuple(groups), tuple(findings)


def _item(number: int, piece: Evidence, measure: str, words: Words) -> EvidenceItem:
    label = words(str(number))
    caption = words(piece.caption)
    drawn = piece.kind is EvidenceKind.IMAGE and piece.stored_as and piece.media not in _NO_BYTES
    return EvidenceItem(
        label=label,
        kind=piece.kind,
        kind_word=_KIND_WORDS[piece.kind],
        caption=caption,
        source=_source(piece, words),
        image_key=piece.stored_as if drawn else None,
        alt=caption or f"ภาพหลักฐานที่ {label} ของมาตรการ {measure}",
        note=MISSING_NOTE if piece.media in _NO_BYTES else "",
    )


def _source(piece: Evidence, words: Words) -> str:
    match piece.kind:
        case EvidenceKind.LOCATION:
            return "\n".join(part for part in (words(piece.name), verbatim(piece.url)) if part)
        case EvidenceKind.LINK:
            return verbatim(piece.url or piece.name)
        case EvidenceKind.IMAGE | EvidenceKind.FILE:
            return verbatim(piece.name)


def _missing(measure_no: int, item: EvidenceItem) -> Finding:
    return Finding(
        code="evidence_missing",
        severity=Severity.WARNING,
        message=of_measure(measure_no, f"{item.heading} ไม่มีไฟล์ในระบบ ขอให้ผู้รายงานส่งใหม่"),
        measure_no=measure_no,
        field="evidence",
        words=item.source or item.caption or None,
    )
