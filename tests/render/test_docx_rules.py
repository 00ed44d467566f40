"""Word files keep the order that the OOXML schema asks for: Word is strict about it, and LibreOffice is not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from bot.adapters.render.docx import DocxFile
from bot.adapters.render.pictures import prepare_pictures
from bot.adapters.word_template.drawing import draw_template
from bot.adapters.word_template.starting import starting_template
from bot.domain.rounds import RoundNo
from bot.reporting.build import build_report
from bot.reporting.kinds import Kind
from bot.reporting.styles import DEFAULTS, NAMED
from tests.reporting.sample_year import NOW, full_year, jpeg

SEQUENCES = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
    " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid"
    " vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em"
    " lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing"
    " tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType"
    " pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
}
"""The order in which ISO/IEC 29500-1 lets the properties stand."""

ORDERS = {qn(f"w:{tag}"): [qn(f"w:{each}") for each in order.split()] for tag, order in SEQUENCES.items()}
REFERENCES = (qn("w:headerReference"), qn("w:footerReference"))
FIRST = {
    qn("w:p"): qn("w:pPr"),
    qn("w:r"): qn("w:rPr"),
    qn("w:tc"): qn("w:tcPr"),
    qn("w:tr"): qn("w:trPr"),
    qn("w:tbl"): qn("w:tblPr"),
}
"""What stands first in its parent, where it stands at all."""


def documents() -> Iterator[tuple[str, bytes]]:
    """A document of every kind and style, and a template with what is drawn by it."""
    for name, style in (*NAMED.items(), ("annex", None), ("set", None), ("memo", None)):
        kind = style.kind if style else Kind(name)
        styles = {**DEFAULTS, kind: style} if style else DEFAULTS
        report = build_report(full_year(), RoundNo.TWELVE, compiled_at=NOW, kind=kind, styles=styles)
        ready, pictures = prepare_pictures(report, lambda key: jpeg(key, size=(60, 40)))
        yield name, DocxFile().render(ready, pictures).data
        if name in ("standard", "C1"):
            template = starting_template(kind, style, thai_digits=True)
            yield f"template of {name}", template
            yield f"drawn by {name}", draw_template(template, ready, pictures).document


def broken_rules(root: Any) -> Iterator[str]:
    """What stands in another order than the schema's, twice, or in the wrong place."""
    for element in root.iter():
        order = ORDERS.get(element.tag)
        if order is not None:
            tags = [child.tag for child in element]
            places = [order.index(tag) for tag in tags if tag in order and tag not in REFERENCES]
            if places != sorted(places):
                yield f"{element.tag}: {[tag.rpartition('}')[2] for tag in tags]}"
            single = [tag for tag in tags if tag not in REFERENCES]
            if len(single) != len(set(single)):
                yield f"{element.tag}: twice the same in {[tag.rpartition('}')[2] for tag in tags]}"
        first = FIRST.get(element.tag)
        if first is not None and any(child.tag == first for child in element[1:]):
            yield f"{first} is not first in {element.tag}"
        if element.tag == qn("w:tc") and (len(element) == 0 or element[-1].tag != qn("w:p")):
            yield "a cell does not end with a paragraph"
        if element.tag == qn("w:tbl") and element.find(qn("w:tblGrid")) is None:
            yield "a table has no grid"


def test_every_word_file_keeps_the_schemas_order() -> None:
    wrong: list[str] = []
    for name, data in documents():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [each for each in archive.namelist() if each.startswith("word/") and each.endswith(".xml")]
            for part in parts:
                wrong += [f"{name} {part} {rule}" for rule in broken_rules(parse_xml(archive.read(part)))]
    assert sorted(set(wrong)) == []


def test_every_row_of_a_table_fills_its_grid_and_every_relation_has_its_part() -> None:
    for name, data in documents():
        document = Document(io.BytesIO(data))
        for table in document.element.body.iter(qn("w:tbl")):
            columns = len(table.find(qn("w:tblGrid")))
            for row in table.findall(qn("w:tr")):
                assert sum(cell.grid_span for cell in row.tc_lst) == columns, name
        used = set(document.element.xpath("//@r:embed | //@r:id"))
        assert used <= set(document.part.rels), name
        numbers = document.element.xpath("//wp:docPr/@id")
        assert len(numbers) == len(set(numbers)), name


@pytest.mark.parametrize(
    "xml",
    [
        '<w:p xmlns:w="{w}"><w:r/><w:pPr/></w:p>',
        '<w:tblPr xmlns:w="{w}"><w:tblLook/><w:tblCellMar/></w:tblPr>',
        '<w:rPr xmlns:w="{w}"><w:sz/><w:b/></w:rPr>',
        '<w:tc xmlns:w="{w}"><w:p/><w:tbl><w:tblGrid/></w:tbl></w:tc>',
        '<w:pPr xmlns:w="{w}"><w:jc/><w:jc/></w:pPr>',
    ],
)
def test_a_broken_rule_is_seen(xml: str) -> None:
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    assert list(broken_rules(parse_xml(xml.replace("{w}", namespace))))
