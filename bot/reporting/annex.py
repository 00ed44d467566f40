"""The numbered annex of evidence, measure by measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.domain.updates import Evidence, EvidenceKind, MediaState, Piece, pieces_of
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
        pieces = [piece for part in reported.parts for piece in pieces_of(part.update.evidence)]
        if not pieces:
            continue
        title = words(reported.measure.title)
        items = [item for number, piece in enumerate(pieces, start=1) for item in _items(number, piece, title, words)]
        groups.append(AnnexGroup(measure_no=reported.measure.no, measure=title, items=tuple(items)))
        findings += [_missing(reported.measure.no, item) for item in items if item.note == MISSING_NOTE]
    return tuple(groups), tuple(findings)


def _items(number: int, piece: Piece, measure: str, words: Words) -> Iterator[EvidenceItem]:
    """One piece; of an album every photo, the caption with the first."""
    label = words(str(number))
    caption = words(piece[0].caption)
    for place, each in enumerate(piece, start=1):
        has_bytes = each.media not in _NO_BYTES
        which = f" {words(f'(ภาพ {place} จาก {len(piece)})')}" if len(piece) > 1 else ""
        yield EvidenceItem(
            label=label,
            kind=each.kind,
            kind_word=_KIND_WORDS[each.kind],
            caption=caption if place == 1 else "",
            source=_source(each, words),
            image_key=each.stored_as if each.kind is EvidenceKind.IMAGE and has_bytes else None,
            alt=(caption or f"ภาพหลักฐานที่ {label} ของมาตรการ {measure}") + which,
            note="" if has_bytes else MISSING_NOTE,
            set_of=len(piece),
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
