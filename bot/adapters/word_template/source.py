"""A part of a Word file as a source for Jinja: what repeats or chooses is lifted to whole paragraphs and rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]

from bot.adapters.word_template.tags import OPENS, SENTINEL, Paragraph, Tag, find_tags
from bot.reporting.rendering import TemplateProblem as Problem

_MARK = re.compile(r"<!--kaona:(\d+)-->|\ue000(\d+)\ue001")
_NEVER_ENDED = "เปิด {% KEY %} ไว้แต่ไม่มี {% END %} ที่ระดับเดียวกัน (ในย่อหน้า ช่อง หรือตารางเดียวกัน)"
_NEVER_BEGUN = "มี {% KEY %} แต่ไม่มีคำสั่งเปิดที่ระดับเดียวกัน (ในย่อหน้า ช่อง หรือตารางเดียวกัน)"


def jinja_source(root: Any, part: str, tags: list[Tag]) -> tuple[str, list[Problem]]:
    """The part as Jinja reads it, each tag ending one line; and what is wrong with how tags stand.

    Args:
        root: the part's root element, which is changed.
        part: the part's name for people.
        tags: filled with the tags; the tag in line n is the nth.
    """
    paragraphs, problems = find_tags(root, part, tags)
    if not problems:
        problems = _lift(root, paragraphs)
    if problems:
        return "", problems
    order: list[Tag] = []
    xml = etree.tostring(root, encoding="unicode").replace("\n", " ")
    by_no = {tag.no: tag for tag in tags}
    pieces: list[str] = []
    for at, piece in enumerate(_MARK.split(xml)):
        if at % 3 == 0:
            pieces.append(re.sub(r"\{(?=[{%#])", "&#123;", piece))
        elif piece is not None:
            order.append(by_no[int(piece)])
            pieces.append(order[-1].source)
    tags[:] = order
    return "".join(pieces), []


def _lift(root: Any, paragraphs: list[Paragraph]) -> list[Problem]:
    """Take statements out of the text to where they hold together, from paragraph to cell to row."""
    by_container: dict[Any, list[Paragraph]] = {}
    for paragraph in paragraphs:
        by_container.setdefault(paragraph.element.getparent(), []).append(paragraph)
    rows: dict[Any, list[Tag]] = {}
    problems: list[Problem] = []
    only = {row for row in root.iter(qn("w:tr")) if _only_statements(row, paragraphs)}
    for container, held in by_container.items():
        row = container.getparent() if container.tag == qn("w:tc") else None
        if row in only:
            rows.setdefault(row, []).extend(tag for paragraph in held for tag in paragraph.statements)
            continue
        left = _unmatched(tag for paragraph in held for tag in _level_of(paragraph))
        if row is None:
            problems += [_problem(tag) for tag in left]
        else:
            rows.setdefault(row, []).extend(left)
        for paragraph in held:
            _place_around(paragraph, [] if row is None else left)
    return problems + _lift_rows(rows, only)


def _lift_rows(rows: dict[Any, list[Tag]], only: set[Any]) -> list[Problem]:
    by_table: dict[Any, list[Any]] = {}
    for row in rows:
        by_table.setdefault(next(row.iterancestors(qn("w:tbl"))), []).append(row)
    problems: list[Problem] = []
    for table, held in by_table.items():
        in_order = [row for row in table.iter(qn("w:tr")) if row in held]
        sequence = [tag for row in in_order for tag in (rows[row] if row in only else _around(rows[row]))]
        problems += [_problem(tag) for tag in _unmatched(sequence)]
        for row in in_order:
            if row in only:
                _replace(row, rows[row])
            else:
                _surround(row, rows[row])
    return problems


def _level_of(paragraph: Paragraph) -> list[Tag]:
    """The paragraph's statements that hold together with those of its neighbours."""
    return paragraph.statements if paragraph.alone else _around(_unmatched(paragraph.statements))


def _place_around(paragraph: Paragraph, higher: list[Tag]) -> None:
    lifted = [tag for tag in _level_of(paragraph) if tag not in higher]
    for tag in (*lifted, *higher):
        _take_out(paragraph.element, tag)
    if paragraph.alone and not [tag for tag in paragraph.statements if tag in higher]:
        _replace(paragraph.element, lifted)
    else:
        _surround(paragraph.element, lifted)


def _take_out(paragraph: Any, tag: Tag) -> None:
    for text in paragraph.iter(qn("w:t")):
        if text.text and SENTINEL.format(tag.no) in text.text:
            text.text = text.text.replace(SENTINEL.format(tag.no), "")


def _replace(element: Any, tags: list[Tag]) -> None:
    for tag in tags:
        element.addprevious(_mark(tag))
    element.getparent().remove(element)


def _surround(element: Any, tags: list[Tag]) -> None:
    for tag in tags:
        if not tag.closes:
            element.addprevious(_mark(tag))
    for tag in reversed([tag for tag in tags if tag.closes]):
        element.addnext(_mark(tag))


def _mark(tag: Tag) -> Any:
    return etree.Comment(f"kaona:{tag.no}")


def _around(tags: list[Tag]) -> list[Tag]:
    """The tags as they will stand: what opens before the element, what closes after it."""
    return [*(tag for tag in tags if not tag.closes), *(tag for tag in tags if tag.closes)]


def _unmatched(tags: Iterable[Tag]) -> list[Tag]:
    """The statements that find no partner among these, in their order."""
    left: list[Tag] = []
    open_: list[Tag] = []
    for tag in tags:
        if tag.opens:
            open_.append(tag)
        elif tag.closes:
            if open_ and OPENS[open_[-1].keyword] == tag.keyword:
                open_.pop()
            else:
                left.append(tag)
        elif tag.keyword in ("else", "elif") and not open_:
            left.append(tag)
    return sorted([*left, *open_], key=lambda tag: tag.no)


def _only_statements(row: Any, paragraphs: list[Paragraph]) -> bool:
    """Whether a row of a table holds statements and nothing else, so that it stands for them."""
    by_element = {paragraph.element: paragraph for paragraph in paragraphs}
    held = [by_element.get(element) for element in row.iter(qn("w:p"))]
    empty = all(p is not None or not _text(e) for p, e in zip(held, row.iter(qn("w:p")), strict=True))
    return any(held) and empty and all(p.alone for p in held if p is not None)


def _text(paragraph: Any) -> str:
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t"))).strip()


def _problem(tag: Tag) -> Problem:
    pattern = _NEVER_ENDED if tag.opens else _NEVER_BEGUN
    message = pattern.replace("KEY", tag.keyword).replace("END", OPENS.get(tag.keyword, ""))
    return Problem(place=tag.place, words=tag.text, message=message)
