"""Word (DOCX) by python-docx: real styles, headings and header rows, made to be edited by an officer."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Cm, Pt

from bot.adapters.render import docx_letters as letters
from bot.adapters.render import docx_parts as parts
from bot.adapters.render.docx_styles import BODY_FONT, LANGUAGE, set_up_styles, table_style
from bot.adapters.render.pictures import fitted, runs
from bot.adapters.render.qr import ALT, qr_png
from bot.adapters.render.rows import stays_together
from bot.adapters.render.zips import stable
from bot.domain.calendar import BANGKOK
from bot.domain.updates import EvidenceKind
from bot.reporting.letters import CONTENTS_TITLE, MEMO_TITLE, PREFACE_TITLE
from bot.reporting.model import (
    AnnexGroup,
    Chart,
    EvidenceItem,
    HeadCell,
    MeasureRow,
    NoteSection,
    Report,
    SectionRow,
    Table,
)
from bot.reporting.rendering import Picture, Rendered

_UPRIGHT = (21.0, 29.7)
_TEXT_MARGINS = (3.0, 2.0, 2.2)
_TABLE_MARGINS = (2.0, 2.0, 2.0)
"""Left, right, and above and below, in centimetres."""
_PHOTO_CM = (13.0, 8.5)
_CHART_CM = (15.0, 8.0)
CODE_CM = 2.4
_WEB = ("http://", "https://", "mailto:")
_HEAD_FILL, _SECTION_FILL = "E4EAF2", "F3F5F8"


class DocxFile:
    """Writes the Word file; `font` is the family that its styles name."""

    def __init__(self, font: str = BODY_FONT) -> None:
        self._font = font

    def render(self, report: Report, pictures: Mapping[str, Picture]) -> Rendered:
        """The document."""
        out = io.BytesIO()
        self.document(report, pictures).save(out)
        return Rendered(data=stable(out.getvalue(), report.compiled_at))

    def document(self, report: Report, pictures: Mapping[str, Picture]) -> Any:
        """The document as python-docx has it, before it is a file."""
        document = Document()
        set_up_styles(document, self._font)
        _properties(document, report)
        if report.has_cover:
            _cover(document, report)
        first = True
        for draw in _letters(report, pictures):
            _new_section(document, report, _UPRIGHT, margins=_TEXT_MARGINS, first=first)
            draw(document)
            first = False
        for table in report.tables:
            if not table.follows:
                _new_section(document, report, table.page_size(), margins=_TABLE_MARGINS, first=first)
            _measures(document, table)
            if table.chart:
                _chart(document, table.chart, pictures[table.chart.key])
            first = False
        for section in report.notes:
            _note(document, section, _text_width(report.tables[-1]))
        if report.annex:
            _new_section(document, report, _UPRIGHT, margins=_TEXT_MARGINS, first=first)
            _heading(document, report.annex_title, 1, centred=True)
            for group in report.annex:
                _annex_group(document, group, pictures)
        return document


def _properties(document: Any, report: Report) -> None:
    core = document.core_properties
    moment = report.compiled_at.astimezone(BANGKOK).replace(tzinfo=None)
    core.title, core.language, core.author = report.title[:255], LANGUAGE, report.agency[:255]
    core.last_modified_by, core.comments, core.keywords = report.agency[:255], "", ""
    core.created = core.modified = core.last_printed = moment
    core.revision = 1


def _cover(document: Any, report: Report) -> None:
    cover = report.cover
    _lay_out(document.sections[0], _UPRIGHT, _TEXT_MARGINS)
    _lines(document, cover.title, "Title")
    # Room for every line on the one page, a draft's too, and for the code where there is one.
    document.paragraphs[0].paragraph_format.space_before = Pt(24 if cover.link else 80)
    _lines(document, (line for line in (cover.year, cover.round) if line), "Subtitle")
    _lines(document, (cover.covers,), "Cover Line")
    if cover.draft:
        _lines(document, (cover.draft,), "Cover Alert")
    _lines(document, (cover.agency,), "Cover Agency")
    gap = () if cover.link else ("",)
    _lines(document, (cover.place, *gap, cover.as_of, *filter(None, [cover.version])), "Cover Line")
    if cover.link:
        _code(document, cover.link)


def _code(document: Any, link: str) -> None:
    """Where to look up which version this is, as a code and in words."""
    run = document.add_paragraph(style="Cover Line").add_run()
    parts.add_picture(run, qr_png(link), CODE_CM, CODE_CM, alt=f"{ALT} {link}", name="คิวอาร์โค้ด")
    parts.add_link(document.add_paragraph(style="Cover Line"), link, link)


def _lines(document: Any, lines: Iterable[str], style: str) -> None:
    for line in lines:
        document.add_paragraph(line, style=style)


def _heading(document: Any, text: str, level: int, *, centred: bool = False) -> None:
    heading = document.add_heading(text, level)
    if centred:
        heading.alignment = 1


def _lay_out(section: Any, size: tuple[float, float], margins: tuple[float, float, float]) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if size[0] > size[1] else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(size[0]), Cm(size[1])
    section.left_margin, section.right_margin = Cm(margins[0]), Cm(margins[1])
    section.top_margin = section.bottom_margin = Cm(margins[2])


def _new_section(
    document: Any, report: Report, size: tuple[float, float], *, margins: tuple[float, float, float], first: bool
) -> None:
    begins = first and not report.has_cover
    section = document.sections[0] if begins else document.add_section(WD_SECTION.NEW_PAGE)
    _lay_out(section, size, margins)
    parts.number_pages(section, thai=report.thai_digits, start=1 if first else None)
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    section.header.paragraphs[0].text = report.cover.draft
    running = " · ".join(filter(None, (report.running, "" if report.has_cover else report.cover.version)))
    number = parts.footer_table(section.footer, running, size[0] - margins[0] - margins[1])
    number.add_run("หน้า ")
    parts.add_page_number(number, thai=report.thai_digits)


def _letters(report: Report, pictures: Mapping[str, Picture]) -> Iterator[Callable[[Any], None]]:
    """The pages of running text, each with a section of its own."""
    if report.preface:
        yield partial(letters.preface, preface=report.preface)
    if report.contents:
        yield partial(_contents, report=report)
    if report.memo:
        yield partial(letters.memo, memo=report.memo, emblem=pictures.get(report.memo.emblem or ""))


def _contents(document: Any, report: Report) -> None:
    """The contents as a field that Word fills with pages; until then the headings stand there."""
    document.add_paragraph(CONTENTS_TITLE, style="Contents Title")
    entries = [PREFACE_TITLE] if report.preface else []
    entries += [MEMO_TITLE] if report.memo else []
    entries += [*(table.title.replace("\n", " ") for table in report.tables), *(note.title for note in report.notes)]
    entries += [report.annex_title] if report.annex else []
    parts.add_contents(document, entries)


def _text_width(table: Table) -> float:
    return table.page_size()[0] - _TABLE_MARGINS[0] - _TABLE_MARGINS[1]


def _measures(document: Any, table: Table) -> None:
    """A table of measures; where measures have pages of their own, a table on each."""
    _heading(document, table.title, 1, centred=True)
    if table.lead:
        _lines(document, table.lead.split("\n"), "Lead")
    for number, page in enumerate(table.pages()):
        if number:
            again = document.add_paragraph(table.title if table.title_again else "", style="Table Title")
            again.paragraph_format.page_break_before = True
        _measures_of_page(document, table, page)
        if table.footer:
            _lines(document, table.footer.split("\n"), "Table Footer")


def _measures_of_page(document: Any, table: Table, rows: Iterable[SectionRow | MeasureRow]) -> None:
    style = table_style(document, "Table Text", table.font_pt)
    total = sum(column.width for column in table.columns)
    widths = [column.width / total * _text_width(table) for column in table.columns]
    drawn = _table(document, table.head_rows(), widths, table_style(document, "Table Head", table.font_pt))
    for row in rows:
        cells = drawn.add_row().cells
        match row:
            case SectionRow():
                whole = cells[0].merge(cells[-1])
                parts.keep_together(drawn.rows[-1])
                parts.shade(whole, _SECTION_FILL)
                _fill(whole, row.title, table_style(document, "Table Section", table.font_pt))
            case MeasureRow():
                if stays_together(row, table, line=115, most=8):
                    parts.keep_together(drawn.rows[-1])
                for cell, text in zip(cells, row.cells, strict=True):
                    _fill(cell, text, style)
    _set_widths(drawn, widths)


def _table(document: Any, heads: Sequence[Sequence[HeadCell]], widths: list[float], style: str = "Table Head") -> Any:
    table = document.add_table(rows=len(heads), cols=len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    parts.fix_table(table, widths)
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(heads):
        parts.repeat_on_every_page(table.rows[number])
        column = 0
        for head in row:
            while (number, column) in taken:
                column += 1
            last = (number + head.down - 1, column + head.across - 1)
            taken |= {(r, c) for r in range(number, last[0] + 1) for c in range(column, last[1] + 1)}
            cell = table.cell(number, column)
            if last != (number, column):
                cell = cell.merge(table.cell(*last))
            parts.shade(cell, _HEAD_FILL)
            _fill(cell, head.text, style)
    return table


def _set_widths(table: Any, widths: list[float]) -> None:
    for row in table.rows:
        cells = row._tr.tc_lst
        if len(cells) == len(widths):
            for cell, width in zip(cells, widths, strict=True):
                cell.width = Cm(width)


def _fill(cell: Any, text: str, style: str) -> None:
    first, *rest = text.split("\n")
    cell.paragraphs[0].text = first
    cell.paragraphs[0].style = style
    for line in rest:
        cell.add_paragraph(line, style=style)


def _note(document: Any, section: NoteSection, width: float) -> None:
    _heading(document, section.title, 1)
    widths = [width / 3, width * 2 / 3]
    table = _table(document, [[HeadCell(text="มาตรการ"), HeadCell(text=section.title)]], widths)
    for row in section.rows:
        for cell, text in zip(table.add_row().cells, (row.measure, row.text), strict=True):
            _fill(cell, text, "Table Text")
    _set_widths(table, widths)


def _annex_group(document: Any, group: AnnexGroup, pictures: Mapping[str, Picture]) -> None:
    _heading(document, group.measure, 2)
    for run in runs(group.items, pictures):
        for item in run.items:
            if not run.photos:
                _listed(document, item)
                continue
            _photo(document, item, pictures[item.image_key or ""])
            if run.caption is None:
                _caption(document, item.heading, item.caption)
        if run.caption is not None:
            _caption(document, *run.caption)


def _chart(document: Any, chart: Chart, picture: Picture) -> None:
    run = document.add_paragraph(style="Photo").add_run()
    width, height = fitted(picture, *_CHART_CM)
    parts.add_picture(run, picture.data, width, height, alt=chart.alt, name=chart.title)
    document.add_paragraph(chart.title, style="Caption")


def _photo(document: Any, item: EvidenceItem, picture: Picture) -> None:
    paragraph = document.add_paragraph(style="Photo")
    width, height = fitted(picture, *_PHOTO_CM)
    run = paragraph.add_run()
    parts.add_picture(run, picture.data, width, height, alt=item.alt, name=item.heading)


def _caption(document: Any, heading: str, words: str) -> None:
    caption = document.add_paragraph(style="Caption")
    caption.add_run(heading, style="Strong")
    if words:
        caption.add_run(f" {words}")


def _listed(document: Any, item: EvidenceItem) -> None:
    paragraph = document.add_paragraph(style="Evidence")
    paragraph.paragraph_format.keep_with_next = bool(item.source or item.note)
    paragraph.add_run(item.heading, style="Strong")
    if item.caption:
        paragraph.add_run(f" {item.caption}")
    if item.source:
        source = document.add_paragraph(style="Evidence Source")
        if item.kind is EvidenceKind.LINK and item.source.lower().startswith(_WEB):
            parts.add_link(source, item.source, item.source)
        else:
            source.add_run(item.source)
    if item.note:
        document.add_paragraph(item.note, style="Evidence Source")
