"""What stands in a Word file, in order: for a preview that needs neither Word nor LibreOffice."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.oxml.ns import qn

MOST_BLOCKS = 200
MOST_ROWS = 80

Block = dict[str, Any]
"""`kind` is heading, text, table, picture or more; with `text`, or `rows` of `cells` (their `text` and `across`)."""


def outline(data: bytes) -> list[Block]:
    """The document's headings, texts, tables and places of photos, as far as a look needs them."""
    document = Document(io.BytesIO(data))
    headings = {
        style.style_id for style in document.styles if style.name and style.name.startswith(("Heading", "Title"))
    }
    blocks: list[Block] = []
    for element in document.element.body.iter(qn("w:p"), qn("w:tbl")):
        if element.getparent().tag in (qn("w:tc"), qn("w:txbxContent")):
            continue
        if len(blocks) >= MOST_BLOCKS:
            blocks.append({"kind": "more"})
            break
        if element.tag == qn("w:tbl"):
            blocks.append(_table(element))
        else:
            blocks += _paragraph(element, headings)
    return blocks


def _paragraph(element: Any, headings: set[str]) -> list[Block]:
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    text = _text(element)
    found: list[Block] = []
    if text:
        kind = "heading" if style is not None and style.get(qn("w:val")) in headings else "text"
        found.append({"kind": kind, "text": text})
    pictures = (p.get("descr") or "" for p in element.iter(qn("wp:docPr")))
    return found + [{"kind": "picture", "text": each} for each in pictures]


def _table(element: Any) -> Block:
    rows = element.findall(qn("w:tr"))
    shown = [[_cell(cell) for cell in row.findall(qn("w:tc"))] for row in rows[:MOST_ROWS]]
    heads = sum(1 for row in rows[:MOST_ROWS] if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None)
    return {"kind": "table", "heads": heads, "rows": shown, "more": max(0, len(rows) - MOST_ROWS)}


def _cell(cell: Any) -> Block:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    texts = [_text(paragraph) for paragraph in cell.iter(qn("w:p"))]
    across = int(span.get(qn("w:val")) or 1) if span is not None else 1
    return {"text": "\n".join(text for text in texts if text), "across": across}


def _text(paragraph: Any) -> str:
    pieces = []
    for element in paragraph.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
        if element.tag == qn("w:t"):
            pieces.append(element.text or "")
        elif element.getparent().tag == qn("w:r"):
            pieces.append("\n" if element.tag == qn("w:br") else " ")
    return "".join(pieces).strip()
