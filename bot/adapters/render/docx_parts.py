"""The pieces of Word that python-docx has no words for: fields, links, repeated headers, alternative texts."""

from __future__ import annotations

import hashlib
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart
from docx.shared import Cm, Pt


def element(tag: str, **attributes: str) -> Any:
    """A w: element with w: attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def add_page_number(paragraph: Any, *, thai: bool) -> None:
    """The number of the page, as a field that Word keeps up to date; the section says in which digits."""
    for kind in ("begin", None, "separate", "text", "end"):
        run = paragraph.add_run()._r
        if kind is None:
            instruction = element("instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = " PAGE "
            run.append(instruction)
        elif kind == "text":
            text = element("t")
            text.text = "๑" if thai else "1"
            run.append(text)
        else:
            run.append(element("fldChar", fldCharType=kind))


def footer_table(footer: Any, running: str, width_cm: float) -> Any:
    """The running line and, beside it so that neither pushes the other, the paragraph for the page number."""
    number_cm = 2.4
    table = footer.add_table(1, 2, Cm(width_cm))
    table.autofit = False
    cells = table.rows[0].cells
    for cell, column, width in zip(cells, table.columns, (width_cm - number_cm, number_cm), strict=True):
        cell.width = column.width = Cm(width)
        cell.paragraphs[0].style = "Footer"
    cells[0].paragraphs[0].text = running
    cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    empty = footer.paragraphs[0]  # a footer ends with a paragraph; this one takes no room
    empty.paragraph_format.line_spacing = Pt(1)
    table._tbl.getparent().append(empty._p)
    return cells[1].paragraphs[0]


def float_picture(run: Any, width_cm: float, height_cm: float) -> None:
    """Turns a run's inline picture into one that stands at the left margin and leaves the text where it is."""
    inline = next(run._r.iter(qn("wp:inline")))
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp", "a", "r", "pic")} distT="0" distB="0" distL="0" distR="0" simplePos="0"'
        ' relativeHeight="1" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{Cm(width_cm)}" cy="{Cm(height_cm)}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        "<wp:wrapNone/></wp:anchor>"
    )
    for name in ("wp:docPr", "wp:cNvGraphicFramePr", "a:graphic"):
        found = inline.find(qn(name))
        if found is not None:
            anchor.append(found)
    inline.getparent().replace(inline, anchor)


def add_contents(document: Any, entries: list[str]) -> None:
    """A table of contents over the first level of headings, as a field that Word brings up to date."""
    paragraphs = [document.add_paragraph(entry, style="toc 1") for entry in entries]
    if not paragraphs:
        return
    opening = [element("r"), element("r"), element("r")]
    opening[0].append(element("fldChar", fldCharType="begin"))
    instruction = element("instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = r' TOC \o "1-1" \h \z \u '
    opening[1].append(instruction)
    opening[2].append(element("fldChar", fldCharType="separate"))
    first = paragraphs[0].runs[0]._r
    for run in opening:
        first.addprevious(run)
    closing = element("r")
    closing.append(element("fldChar", fldCharType="end"))
    paragraphs[-1]._p.append(closing)


def add_link(paragraph: Any, url: str, text: str) -> None:
    """A link that can be followed."""
    relation = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(text, style="Hyperlink")
    link.append(run._r)
    paragraph._p.append(link)


def repeat_on_every_page(row: Any) -> None:
    """Marks a table row as a header that each page repeats, and keeps it in one piece."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    properties.append(element("tblHeader"))


def keep_together(row: Any) -> None:
    """Keeps a table row on one page."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))


def shade(cell: Any, colour: str) -> None:
    """Gives a cell a background."""
    cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=colour))


def describe(run: Any, alt: str, name: str) -> None:
    """Says what a picture shows."""
    for properties in run._r.iter(qn("wp:docPr")):
        properties.set("descr", alt)
        properties.set("name", name)


def number_pages(section: Any, *, thai: bool, start: int | None) -> None:
    """Sets the digits of a section's page numbers and where they begin."""
    numbering = element("pgNumType", fmt="thaiNumbers" if thai else "decimal")
    if start is not None:
        numbering.set(qn("w:start"), str(start))
    properties = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    columns = properties.find(qn("w:cols"))
    if columns is None:
        properties.append(numbering)
    else:
        columns.addprevious(numbering)


def fix_table(table: Any, widths_cm: list[float]) -> None:
    """Fixes the table's columns, so that a long word cannot push them about."""
    table.autofit = False
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths_cm, strict=True):
        column.set(qn("w:w"), str(round(width * 567)))
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        properties.append(_margins())
    else:
        look.addprevious(_margins())  # the order of the schema, which Word insists on


def _margins() -> Any:
    margins = element("tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        margins.append(element(side, w="85" if side in ("left", "right") else "40", type="dxa"))
    return margins


def add_picture(run: Any, data: bytes, width_cm: float, height_cm: float, *, alt: str, name: str) -> None:
    """A picture in a run, with what it shows in words.

    python-docx compares each further picture with all before it and looks for a free number through the whole document,
    which takes minutes for hundreds; here the part remembers both.
    """
    part = run.part
    known: dict[bytes, str] = part.__dict__.setdefault("_kaona_pictures", {})
    key = hashlib.sha256(data).digest()
    if key not in known:
        image = Image.from_blob(data)
        where = PackURI(f"/word/media/{part.partname.filename.partition('.')[0]}-{len(known) + 1}.{image.ext}")
        known[key] = part.relate_to(ImagePart.from_image(image, where), RELATIONSHIP_TYPE.IMAGE)
    number = part.__dict__["_kaona_drawn"] = part.__dict__.get("_kaona_drawn", 10_000) + 1
    size = Cm(width_cm), Cm(height_cm)
    inline = CT_Inline.new_pic_inline(number, known[key], name, *size)
    run._r.add_drawing(inline)
    for properties in inline.iter(qn("wp:docPr")):
        properties.set("descr", alt)
        properties.set("name", name)
