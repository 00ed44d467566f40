"""The pages of running text in Word: the memo with its opinions, and the preface."""

from __future__ import annotations

import io
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.shared import Cm, Pt

from bot.adapters.render import docx_parts as parts
from bot.adapters.render.pictures import fitted
from bot.reporting.letters import MEMO_TITLE, PREFACE_TITLE, SIGN_HERE, Memo, Preface, SignBlock
from bot.reporting.rendering import Picture

_TEXT_CM = 16.0
_HALF_CM = 8.0
_EMBLEM_CM = (2.4, 1.5)
_BLANK = "." * 44
"""A line to write on; typed, as offices do it, so that it can be written over."""
_BLANK_LINES = 2


def memo(document: Any, memo: Memo, emblem: Picture | None) -> None:
    """The memo in the place where the document stands."""
    _emblem(document, emblem)
    document.add_paragraph(MEMO_TITLE, style="Memo Title")
    department, number, dated, subject, addressee = memo.head()
    _head(document, (department,))
    _head(document, (number, dated))
    _head(document, (subject,))
    to = document.add_paragraph(f"{addressee[0]} {addressee[1] or _BLANK}", style="Memo Head")
    to.paragraph_format.space_before = to.paragraph_format.space_after = Pt(6)
    for text in memo.paragraphs:
        document.add_paragraph(text, style="Letter Text")
    document.add_paragraph(memo.closing, style="Letter Closing")
    for block in memo.blocks:
        _block(document, block)
    if memo.note:
        document.paragraphs[-1].paragraph_format.keep_with_next = True  # not alone on a page of its own
        document.add_paragraph(memo.note, style="Letter Note")


def preface(document: Any, preface: Preface) -> None:
    """The preface in the place where the document stands."""
    document.add_paragraph(PREFACE_TITLE, style="Letter Title")
    for text in preface.paragraphs:
        document.add_paragraph(text, style="Letter Text")
    signer = document.add_paragraph(preface.signer, style="Signature")
    signer.paragraph_format.space_before = Pt(18)
    document.add_paragraph(preface.dated, style="Signature Last")


def _emblem(document: Any, emblem: Picture | None) -> None:
    """The emblem at the left of the title; without one its place stays empty."""
    paragraph = document.paragraphs[0] if _is_blank(document) else document.add_paragraph()
    paragraph.style = "Memo Head"
    paragraph.paragraph_format.line_spacing = Pt(1)
    if emblem is not None:
        width, height = fitted(emblem, *_EMBLEM_CM)
        run = paragraph.add_run()
        run.add_picture(io.BytesIO(emblem.data), width=Cm(width), height=Cm(height))
        parts.describe(run, "ตราประจำหน่วยงาน", "ตรา")
        parts.float_picture(run, width, height)


def _is_blank(document: Any) -> bool:
    return len(document.paragraphs) == 1 and not document.paragraphs[0].text


def _head(document: Any, pairs: tuple[tuple[str, str], ...]) -> None:
    """A line of the head: bold labels, and after each value dots to the end of its half or of the line."""
    paragraph = document.add_paragraph(style="Memo Head")
    for place, (label, value) in enumerate(pairs):
        end = _HALF_CM if len(pairs) > 1 and place == 0 else _TEXT_CM
        align = WD_TAB_ALIGNMENT.LEFT if end == _HALF_CM else WD_TAB_ALIGNMENT.RIGHT
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(end), align, WD_TAB_LEADER.DOTS)
        paragraph.add_run(label, style="Memo Label")
        paragraph.add_run(f" {value}\t")


def _block(document: Any, block: SignBlock) -> None:
    """One step: what was said, and a signature whose lines stay on one page."""
    if block.label:
        document.add_paragraph(block.label, style="Opinion Label")
    if block.opinion:
        for line in block.opinion.split("\n"):
            document.add_paragraph(line, style="Opinion")
    elif block.asks_opinion and not block.signed:
        for _ in range(_BLANK_LINES):
            blank = document.add_paragraph("\t", style="Opinion")
            blank.paragraph_format.tab_stops.add_tab_stop(Cm(_TEXT_CM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    signed = document.add_paragraph(f"{SIGN_HERE} {block.name if block.signed else _BLANK}", style="Signature")
    signed.paragraph_format.space_before = Pt(10)
    document.add_paragraph(block.in_brackets or f"({_BLANK})", style="Signature")
    for line in block.positions or (f"ตำแหน่ง {_BLANK}",):
        document.add_paragraph(line, style="Signature")
    document.add_paragraph(block.dated or f"วันที่ {_BLANK}", style="Signature Last")
