"""Word styles for Thai: font, size, weight and language are set for complex script too, in the styles alone.

Without `w:cs`, `w:szCs` and `w:bCs` Word shows Thai in another font, at another size, and never bold; on every
run instead of in the styles, an officer could not change the look any more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

LANGUAGE = "th-TH"
BODY_FONT = "TH Sarabun New"
OTHER_NAMES = "TH SarabunIT๙,TH SarabunPSK,Sarabun"
"""What Word may take where the body font is not installed."""
INK = "1B2A41"
SOFT = "5B6675"
ALERT = "A32020"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a style looks; sizes in points, indents in centimetres; `outline` is a title's level in the contents."""

    name: str
    size: float
    bold: bool = False
    colour: str | None = None
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT
    before: float = 0
    after: float = 0
    keep_next: bool = False
    character: bool = False
    outline: int | None = None
    indent: float = 0
    first_line: float = 0


_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
LOOKS = (
    Look(name="Normal", size=16),
    Look(name="Title", size=28, bold=True, colour=INK, align=_CENTRE),
    Look(name="Subtitle", size=22, bold=True, align=_CENTRE, before=10),
    Look(name="Cover Agency", size=22, bold=True, colour=INK, align=_CENTRE, before=110),
    Look(name="Heading 1", size=20, bold=True, colour=INK, before=12, after=6, keep_next=True),
    Look(name="Heading 2", size=17, bold=True, colour=INK, before=12, after=4, keep_next=True),
    Look(name="Caption", size=15, align=_CENTRE, after=12),
    Look(name="Header", size=13, colour=ALERT, align=WD_ALIGN_PARAGRAPH.RIGHT),
    Look(name="Footer", size=13, colour=SOFT),
    Look(name="Cover Line", size=18, align=_CENTRE, before=6),
    Look(name="Cover Alert", size=16, bold=True, colour=ALERT, align=_CENTRE, before=18),
    Look(name="Table Head", size=14, bold=True, colour=INK, align=_CENTRE, keep_next=True),
    Look(name="Table Section", size=14, bold=True, colour=INK, keep_next=True),
    Look(name="Table Text", size=14),
    Look(name="Lead", size=16, after=8),
    Look(name="Table Footer", size=14, before=6),
    Look(name="Table Title", size=20, bold=True, colour=INK, align=_CENTRE, after=6, keep_next=True),
    Look(name="Contents Title", size=20, bold=True, colour=INK, align=_CENTRE, after=10, keep_next=True),
    Look(name="toc 1", size=16, after=4),
    Look(name="Memo Title", size=29, bold=True, align=_CENTRE, before=8, keep_next=True, outline=0),
    Look(name="Memo Head", size=16),
    Look(name="Memo Label", size=20, bold=True, character=True),
    Look(name="Letter Title", size=20, bold=True, align=_CENTRE, after=12, keep_next=True, outline=0),
    Look(name="Letter Text", size=16, after=4, first_line=2.5),
    Look(name="Letter Closing", size=16, before=4, after=6, first_line=2.5),
    Look(name="Opinion Label", size=16, bold=True, before=12, keep_next=True),
    Look(name="Opinion", size=16, keep_next=True),
    Look(name="Signature", size=16, align=_CENTRE, indent=5.5, keep_next=True),
    Look(name="Signature Last", size=16, align=_CENTRE, indent=5.5, after=4),
    Look(name="Letter Note", size=13, colour=SOFT, before=12),
    Look(name="Photo", size=16, align=_CENTRE, before=6, keep_next=True),
    Look(name="Evidence", size=15),
    Look(name="Evidence Source", size=14, after=6),
    Look(name="Strong", size=0, bold=True, character=True),
    Look(name="Hyperlink", size=0, colour="1A4F8B", character=True),
)


def set_up_styles(document: Any, font: str) -> None:
    """Gives the document its defaults, and every style that we use its look."""
    _defaults(document, font)
    _font_table(document, font)
    for look in LOOKS:
        _apply(_style(document, look), look, font)


def table_style(document: Any, name: str, size: float) -> str:
    """The name of a table's style at a size; one that is not there yet is made."""
    look = next(each for each in LOOKS if each.name == name)
    if size == look.size:
        return name
    sized = f"{name} {size:g}"
    if sized not in [style.name for style in document.styles]:
        style = _style(document, replace(look, name=sized))
        _apply(style, replace(look, name=sized, size=size), BODY_FONT)
    return sized


def _defaults(document: Any, font: str) -> None:
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault"))
    run.clear()
    properties = OxmlElement("w:rPr")
    run.append(properties)
    _run_properties(properties, font=font, size=16)
    paragraph = defaults.find(qn("w:pPrDefault"))
    paragraph.clear()
    paragraph.append(
        parse_xml(f'<w:pPr {nsdecls("w")}><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>')
    )
    settings = document.settings.element
    language = settings.find(qn("w:themeFontLang"))
    if language is not None:
        language.set(qn("w:bidi"), LANGUAGE)


def _font_table(document: Any, font: str) -> None:
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            entry = (
                f'<w:font w:name="{font}"><w:altName w:val="{OTHER_NAMES}"/>'
                '<w:charset w:val="DE"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>'
            )
            part._blob = part.blob.replace(b"</w:fonts>", entry.encode() + b"</w:fonts>")


def _style(document: Any, look: Look) -> Any:
    kind = WD_STYLE_TYPE.CHARACTER if look.character else WD_STYLE_TYPE.PARAGRAPH
    if look.name in [style.name for style in document.styles]:
        return document.styles[look.name]
    style = document.styles.add_style(look.name, kind)
    if not look.character:
        style.base_style = document.styles["Normal"]
    style.quick_style = True
    return style


def _apply(style: Any, look: Look, font: str) -> None:
    element = style.element
    for inherited in ("w:rPr", "w:link"):  # a linked character style would take bold away in LibreOffice
        old = element.find(qn(inherited))
        if old is not None:
            element.remove(old)
    properties = element.get_or_add_rPr()
    if look.character:
        _run_properties(properties, bold=look.bold, colour=look.colour, size=look.size)
        return
    _run_properties(properties, font=font, size=look.size, bold=look.bold, colour=look.colour)
    _paragraph(style, look)


def _paragraph(style: Any, look: Look) -> None:
    properties = style.element.get_or_add_pPr()
    for inherited in ("w:pBdr", "w:tabs", "w:contextualSpacing"):
        old = properties.find(qn(inherited))
        if old is not None:
            properties.remove(old)
    layout = style.paragraph_format
    layout.alignment = look.align
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.line_spacing = 1.0
    layout.keep_with_next = look.keep_next
    layout.widow_control = True
    if look.outline is not None:
        properties.append(_outline(look.outline))
    if look.indent:
        layout.left_indent = Cm(look.indent)
    if look.first_line:
        layout.first_line_indent = Cm(look.first_line)


def _outline(level: int) -> Any:
    """A title that contents list, in a style of its own: based on a heading, LibreOffice would not draw it bold."""
    element = OxmlElement("w:outlineLvl")
    element.set(qn("w:val"), str(level))
    return element


def _run_properties(
    properties: Any,
    *,
    font: str | None = None,
    size: float = 0,
    bold: bool = False,
    colour: str | None = None,
) -> None:
    """Fills w:rPr in the order that the schema asks for."""
    wanted: list[tuple[str, dict[str, str]]] = []
    if font:
        wanted.append(("w:rFonts", dict.fromkeys(("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"), font)))
    if bold:
        wanted += [("w:b", {}), ("w:bCs", {})]
    if colour:
        wanted.append(("w:color", {"w:val": colour}))
    if size:
        half_points = {"w:val": str(round(size * 2))}
        wanted += [("w:sz", half_points), ("w:szCs", half_points)]
    if font:
        wanted.append(("w:lang", {"w:val": LANGUAGE, "w:eastAsia": "en-US", "w:bidi": LANGUAGE}))
    for tag, attributes in wanted:
        element = OxmlElement(tag)
        for name, value in attributes.items():
            element.set(qn(name), value)
        properties.append(element)
