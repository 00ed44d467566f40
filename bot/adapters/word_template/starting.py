"""The Word template that an agency starts from: the usual look, with fields where the words of a year would stand."""

from __future__ import annotations

import copy
import io
import re
from datetime import datetime
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Pt

from bot.adapters.render.docx import DocxFile
from bot.adapters.render.zips import stable
from bot.domain.calendar import BANGKOK, FiscalYear
from bot.domain.rounds import RoundNo
from bot.reporting.build import default_title
from bot.reporting.kinds import WITH_NOTES, WORDS, Kind, parts_of
from bot.reporting.model import (
    AnnexGroup,
    Cover,
    MeasureRow,
    NoteRow,
    NoteSection,
    Report,
    SectionRow,
    Table,
    TableColumn,
)
from bot.reporting.styles import PAPERS, TableStyle

KINDS = (Kind.PROGRESS, Kind.PLAN, Kind.OUTCOME, Kind.ANNEX)
"""The documents that can have a template: those whose tables are the measures."""

_MOMENT = datetime(2024, 1, 1, tzinfo=BANGKOK)
_PLACES = {"from": "from_date", "to": "to_date"}
_TAG_STYLE = "Template Command"


def starting_template(kind: Kind, style: TableStyle | None, *, thai_digits: bool, with_code: bool = False) -> bytes:
    """The file, by the same hands that draw the document without a template.

    Args:
        kind: one of KINDS.
        style: the agency's table style of that kind; None for the annex.
        thai_digits: the digits of page numbers.
        with_code: whether the cover has the QR code by which a version is looked up.
    """
    document = DocxFile().document(_report(kind, style, thai_digits=thai_digits), {})
    _commands_style(document)
    body = document.element.body
    for paragraph in [p for p in document.paragraphs if p.text == "{{ draft }}"]:
        _around(document, paragraph._p, paragraph._p, "{% if draft %}", "{% endif %}")
    if style is not None and style.per_page:
        _pages(document, style)
    for heading in [p for p in document.paragraphs if p.text == "{{ note.title }}"]:
        table = next(heading._p.itersiblings(qn("w:tbl")))
        _around(document, heading._p, table, "{% for note in notes %}", "{% endfor %}")
    if with_code:
        _code(document)
    if Kind.ANNEX in parts_of(kind):
        _annex(document)
    for row in body.iter(qn("w:tr")):
        _let_break(row)
    out = io.BytesIO()
    document.save(out)
    return stable(out.getvalue(), _MOMENT)


def _report(kind: Kind, style: TableStyle | None, *, thai_digits: bool) -> Report:
    note = NoteRow(
        measure_no=0, measure="{% for row in note.rows %}{{ row.measure }}", text="{{ row.text }}{% endfor %}"
    )
    of_round = WORDS[kind].of_round
    return Report(
        title="{{ title }}",
        running="{{ running }}",
        agency="{{ agency }}",
        fiscal_year=FiscalYear(2567),
        round_no=RoundNo.TWELVE,
        draft=False,
        compiled_at=_MOMENT,
        thai_digits=thai_digits,
        cover=Cover(
            title=WORDS[kind].title,
            year="ประจำปีงบประมาณ พ.ศ. {{ fiscal_year }}",
            round="รอบ {{ round }} เดือน" if of_round else "",
            covers="({{ from_date }} – {{ to_date }})",
            agency="{{ agency }}",
            place="{{ place }}",
            as_of="{{ as_of }}",
            draft="{{ draft }}",
            version="{{ version }}",
        ),
        tables=(_table(style),) if style else (),
        notes=(NoteSection(key="notes", title="{{ note.title }}", rows=(note,)),) if kind in WITH_NOTES else (),
        annex_title="{{ annex_title }}" if Kind.ANNEX in parts_of(kind) else "",
        annex=(AnnexGroup(measure_no=0, measure="{{ group.measure }}", items=()),)
        if Kind.ANNEX in parts_of(kind)
        else (),
        findings=(),
        year={},
    )


def _table(style: TableStyle) -> Table:
    return Table(
        title=_fields(style.title or default_title(style.kind)),
        columns=tuple(TableColumn(key=c.key, title=c.title, width=c.width, group=c.group) for c in style.columns),
        rows=_rows(style),
        paper=PAPERS[style.paper],
        landscape=style.landscape,
        font_pt=style.font_pt,
        footer=_fields(style.footer),
        lead="{% for page in pages %}" if style.per_page else "",
    )


def _rows(style: TableStyle) -> tuple[SectionRow | MeasureRow, ...]:
    """The row that repeats for each measure, and around it those that repeat for each section."""
    cells = ["{{ m." + key + " }}" for key in style.keys]
    whole = "page.sections" if style.per_page else "sections"
    cells[0] = "{% for m in section.measures %}" + cells[0]
    cells[-1] += "{% endfor %}"
    named = ("{% if section.title %}", "{{ section.title }}", "{% endif %}") if style.sections else ()
    before = ("{% for section in " + whole + " %}", *named)
    return (
        *(SectionRow(title=words) for words in before),
        MeasureRow(no=0, cells=tuple(cells)),
        SectionRow(title="{% endfor %}"),
    )


def _fields(words: str) -> str:
    """The words of a table style with its places as fields."""
    return re.sub(r"\{(\w+)\}", lambda place: "{{ " + _PLACES.get(place[1], place[1]) + " }}", words)


def _pages(document: Any, style: TableStyle) -> None:
    """Measures that have pages of their own: from the second page on it breaks, and the title comes again."""
    opening = next(p for p in document.paragraphs if p.text == "{% for page in pages %}")
    opening.style = _TAG_STYLE
    table = next(opening._p.itersiblings(qn("w:tbl")))
    again = document.add_paragraph(_fields(style.title or default_title(style.kind)) if style.title_again else "")
    again.style = "Table Title"
    again.paragraph_format.page_break_before = True
    table.addprevious(again._p)
    _around(document, again._p, again._p, "{% if not loop.first %}", "{% endif %}")
    last = table
    for _ in range(len(style.footer.split("\n")) if style.footer else 0):
        last = last.getnext()
    closing = _command(document, "{% endfor %}")
    last.addnext(closing)


def _code(document: Any) -> None:
    """The code and its address below the version, as the usual cover has them."""
    document.paragraphs[0].paragraph_format.space_before = Pt(24)
    version = next(p for p in document.paragraphs if p.text == "{{ version }}")
    gap = next(p for p in document.paragraphs if not p.text and p.style.name == "Cover Line")
    gap._p.getparent().remove(gap._p)
    last = version._p
    for words in ("{{ version_code }}", "{{ version_link }}"):
        paragraph = document.add_paragraph(words, style="Cover Line")._p
        last.addnext(paragraph)
        last = paragraph
    _around(document, version._p.getnext(), last, "{% if version_link %}", "{% endif %}")


def _annex(document: Any) -> None:
    heading = next(p for p in document.paragraphs if p.text == "{{ group.measure }}")
    heading._p.addprevious(_command(document, "{% for group in annex %}"))
    for words, style in (
        ("{% for item in group.evidence %}", _TAG_STYLE),
        ("{% if item.picture %}", _TAG_STYLE),
        ("{{ item.picture }}", "Photo"),
        ("{{ item.heading }}| {{ item.caption }}", "Caption"),
        ("{% else %}", _TAG_STYLE),
        ("{{ item.heading }}| {{ item.caption }}", "Evidence"),
        ("{% if item.source %}", _TAG_STYLE),
        ("{{ item.source }}", "Evidence Source"),
        ("{% endif %}", _TAG_STYLE),
        ("{% if item.note %}", _TAG_STYLE),
        ("{{ item.note }}", "Evidence Source"),
        ("{% endif %}", _TAG_STYLE),
        ("{% endif %}", _TAG_STYLE),
        ("{% endfor %}", _TAG_STYLE),
        ("{% endfor %}", _TAG_STYLE),
    ):
        strong, _, rest = words.rpartition("|")
        paragraph = document.add_paragraph(style=style)
        if strong:
            paragraph.add_run(strong, style="Strong")
        paragraph.add_run(rest)


def _commands_style(document: Any) -> None:
    """Commands stand small and grey, so that one sees what will be printed."""
    made = document.styles.add_style(_TAG_STYLE, 1)
    made.base_style = document.styles["Normal"]
    usual = copy.deepcopy(document.styles["Footer"].element.get_or_add_rPr())
    made.element.append(usual)
    made.quick_style = True


def _around(document: Any, first: Any, last: Any, opening: str, closing: str) -> None:
    first.addprevious(_command(document, opening))
    last.addnext(_command(document, closing))


def _command(document: Any, words: str) -> Any:
    paragraph = document.add_paragraph(words, style=_TAG_STYLE)._p
    paragraph.getparent().remove(paragraph)
    return paragraph


def _let_break(row: Any) -> None:
    """A row that will hold a measure may break over pages, however short its fields are."""
    properties = row.find(qn("w:trPr"))
    if properties is None or properties.find(qn("w:tblHeader")) is not None:
        return
    for kept in properties.findall(qn("w:cantSplit")):
        properties.remove(kept)
