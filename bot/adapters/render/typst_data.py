"""The report as plain values for the Typst template: text only, never markup."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.adapters.render.fonts import MISSING, FontSet
from bot.adapters.render.pictures import fitted, runs
from bot.adapters.render.qr import ALT, qr_svg
from bot.adapters.render.rows import stays_together
from bot.domain.updates import EvidenceKind
from bot.reporting.letters import MEMO_TITLE, PREFACE_TITLE, SIGN_HERE, Memo, Preface, SignBlock
from bot.reporting.model import (
    Chart,
    EvidenceItem,
    Finding,
    MeasureRow,
    NoteSection,
    Report,
    SectionRow,
    Severity,
    Table,
    of_measure,
)
from bot.reporting.rendering import Picture

BREAK = "\x1f"
"""Stands where a line may break inside an unbroken run; printable text never holds it."""

# What no dictionary breaks: long addresses and codes, long numbers, one sign repeated. Pieces of 8 fit any column.
_UNBROKEN = re.compile(
    r"[^\s\u0e01-\u0e4e]{16,}"  # no blank and no Thai letter
    r"|([^\s\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\1{11,}"
)
_PIECE = re.compile(
    r"[^\u0300-\u036f\u200d\ufe00-\ufe0f]{8}(?=[!-~\u0e01-\u0e30\u0e40-\u0e46\u0e50-\u0e5b\u2010-\u205e\u2190-\u22ff\u2500-\u25ff])"
)
_PHOTO_PAIR_CM = (7.6, 7.2)
_PHOTO_ALONE_CM = (12.0, 9.0)
_CHART_CM = (12.5, 6.0)
_WEB = ("http://", "https://", "mailto:")


@dataclass(slots=True)
class Shown:
    """Turns text into what the fonts can show, and remembers what they could not.

    Attributes:
        refused: pieces of text that Typst itself would not set, found by an earlier try.
    """

    fonts: FontSet
    refused: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)

    def __call__(self, text: str, measure_no: int | None = None, where: str | None = None) -> str:
        """The text with boxes for what cannot be shown, and marks where an unbroken run may end a line."""
        missing: list[str] = []
        for piece in self.refused:
            if piece in text:
                missing.append(piece)
                text = text.replace(piece, MISSING)
        unknown = {character for character in set(text) if not self.fonts.shows(character)}
        if unknown:
            missing += sorted(unknown)
            text = "".join(self._instead(c) if c in unknown else c for c in text)
        if missing:
            self.findings.append(_not_shown("".join(missing), measure_no, where))
        return _UNBROKEN.sub(lambda run: _PIECE.sub(lambda piece: piece.group() + BREAK, run.group()), text)

    @staticmethod
    def _instead(character: str) -> str:
        return " " if character.isspace() else MISSING


def template_data(report: Report, pictures: Mapping[str, Picture], shown: Shown) -> dict[str, Any]:
    """Everything that the template prints."""
    cover = report.cover
    return {
        "title": shown(report.title).replace(BREAK, ""),
        "foot": shown(" · ".join(filter(None, (report.running, "" if report.has_cover else cover.version)))),
        "draft": cover.draft,
        "families": list(shown.fonts.families),
        "body_pt": shown.fonts.body_pt,
        "own_digits": shown.fonts.draws_thai_digits,
        "thai_digits": report.thai_digits,
        "cover": {
            "title": [shown(line) for line in cover.title],
            "year": [cover.year, cover.round, cover.covers],
            "agency": shown(cover.agency),
            "place": shown(cover.place),
            "as_of": cover.as_of,
            "version": cover.version,
            "link": shown(cover.link),
            "qr": qr_svg(cover.link) if cover.link else "",
            "qr_alt": f"{ALT} {cover.link}",
        },
        "has_cover": report.has_cover,
        "preface": _preface(report.preface, shown) if report.preface else None,
        "contents": report.contents,
        "memo": _memo(report.memo, pictures, shown) if report.memo else None,
        "tables": _sections(report, pictures, shown),
        "notes": [_note(section, shown) for section in report.notes],
        "annex_title": report.annex_title,
        "annex": [
            {
                "title": shown(group.measure, group.measure_no, "measure"),
                "runs": [
                    {
                        "photos": run.photos,
                        "heading": run.caption[0] if run.caption else "",
                        "caption": shown(run.caption[1] if run.caption else "", group.measure_no, "evidence"),
                        "items": [_item(i, group.measure_no, pictures, shown, len(run.items)) for i in run.items],
                    }
                    for run in runs(group.items, pictures)
                ],
            }
            for group in report.annex
        ],
    }


def picture_file(number: int) -> str:
    """The name under which the template finds a photo."""
    return f"photo-{number}.jpg"


def _preface(preface: Preface, shown: Shown) -> dict[str, Any]:
    return {
        "title": PREFACE_TITLE,
        "paragraphs": [shown(text) for text in preface.paragraphs],
        "signer": shown(preface.signer),
        "dated": preface.dated,
    }


def _memo(memo: Memo, pictures: Mapping[str, Picture], shown: Shown) -> dict[str, Any]:
    emblem = pictures.get(memo.emblem or "")
    return {
        "title": MEMO_TITLE,
        "emblem": picture_file(list(pictures).index(memo.emblem or "")) if emblem else None,
        "head": {label: {"label": label, "value": shown(value)} for label, value in memo.head()},
        "paragraphs": [shown(text) for text in memo.paragraphs],
        "closing": shown(memo.closing),
        "blocks": [_block(block, shown) for block in memo.blocks],
        "note": shown(memo.note),
        "sign_here": SIGN_HERE,
    }


def _block(block: SignBlock, shown: Shown) -> dict[str, Any]:
    return {
        "label": shown(block.label),
        "asks_opinion": block.asks_opinion,
        "opinion": shown(block.opinion),
        "signed": block.signed,
        "name": shown(block.name),
        "in_brackets": shown(block.in_brackets),
        "positions": [shown(line) for line in block.positions],
        "dated": block.dated,
    }


def _sections(report: Report, pictures: Mapping[str, Picture], shown: Shown) -> list[dict[str, Any]]:
    """The tables in runs that share their pages."""
    sections: list[dict[str, Any]] = []
    for table in report.tables:
        if not (table.follows and sections):
            width, height = table.page_size()
            sections.append({"width": width, "height": height, "tables": []})
        sections[-1]["tables"].append(_table(table, pictures, shown))
    return sections


def _chart(chart: Chart, pictures: Mapping[str, Picture], shown: Shown) -> dict[str, Any]:
    width, height = fitted(pictures[chart.key], *_CHART_CM)
    return {
        "file": picture_file(list(pictures).index(chart.key)),
        "width": width,
        "height": height,
        "title": shown(chart.title),
        "alt": chart.alt,
    }


def _table(table: Table, pictures: Mapping[str, Picture], shown: Shown) -> dict[str, Any]:
    return {
        "title": shown(table.title),
        "lead": shown(table.lead),
        "chart": _chart(table.chart, pictures, shown) if table.chart else None,
        "heads": [
            [{"text": shown(head.text), "across": head.across, "down": head.down} for head in row]
            for row in table.head_rows()
        ],
        "widths": [column.width for column in table.columns],
        "pages": [[_row(row, table, shown) for row in page] for page in table.pages()],
        "columns": len(table.columns),
        "scale": table.font_pt / 14 * 0.89,
        "title_again": table.title_again,
        "footer": shown(table.footer),
    }


def _row(row: SectionRow | MeasureRow, table: Table, shown: Shown) -> dict[str, Any]:
    match row:
        case SectionRow():
            return {"section": shown(row.title), "cells": [], "together": True}
        case MeasureRow():
            keys = [column.key for column in table.columns]
            cells = [shown(cell, row.no, key) for key, cell in zip(keys, row.cells, strict=True)]
            return {"section": None, "cells": cells, "together": stays_together(row, table, line=170, most=11)}


def _note(section: NoteSection, shown: Shown) -> dict[str, Any]:
    rows = [[shown(row.measure), shown(row.text, row.measure_no, section.key)] for row in section.rows]
    return {"title": section.title, "rows": rows}


def _item(
    item: EvidenceItem, measure_no: int, pictures: Mapping[str, Picture], shown: Shown, together: int
) -> dict[str, Any]:
    data: dict[str, Any] = {
        "heading": item.heading,
        "caption": shown(item.caption, measure_no, "evidence"),
        "source": shown(item.source, measure_no, "evidence"),
        "note": item.note,
        "link": item.source if item.kind is EvidenceKind.LINK and item.source.lower().startswith(_WEB) else None,
    }
    picture = pictures.get(item.image_key or "")
    if picture is not None:
        width, height = fitted(picture, *(_PHOTO_ALONE_CM if together == 1 else _PHOTO_PAIR_CM))
        number = list(pictures).index(item.image_key or "")
        alt = shown(item.alt, measure_no, "evidence").replace(BREAK, "")
        data |= {"file": picture_file(number), "width": width, "height": height, "alt": alt}
    return data


def _not_shown(words: str, measure_no: int | None, where: str | None) -> Finding:
    return Finding(
        code="character_not_shown",
        severity=Severity.WARNING,
        message=of_measure(measure_no, f"ไม่มีแบบอักษรสำหรับ {words} ในไฟล์ PDF จึงพิมพ์เป็น {MISSING}"),
        measure_no=measure_no,
        field=where,
        words=words,
    )
