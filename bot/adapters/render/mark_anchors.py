"""Fonts whose marks are never moved vertically by the shaper.

Typst writes a cluster twice into a PDF's text layer when a mark glyph is moved vertically (typst #7610): ขั้น is
read back as ขั้ขั้น. Thai fonts that choose raised and lowered marks by substitution look the same without.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # fontTools ships no type marker

_MARK_TO_BASE, _MARK_TO_MARK, _GPOS_EXTENSION = 4, 6, 9
_SINGLE, _GSUB_EXTENSION = 1, 7
_MAI_EK = 0x0E48


def flatten(font: TTFont) -> None:
    """Sets the Y of all anchors that put a mark on a base or on another mark to 0."""
    for anchor in _mark_anchors(font):
        if anchor is not None:
            anchor.YCoordinate = 0


def places_tones_by_substitution(font: TTFont) -> bool:
    """Whether the font swaps tone marks for raised or lowered ones, so that flattening leaves its look alone."""
    tone = (font.getBestCmap() or {}).get(_MAI_EK)
    return any(
        table.LookupType == _SINGLE and tone in table.mapping for table in _subtables(font, "GSUB", _GSUB_EXTENSION)
    )


def _mark_anchors(font: TTFont) -> Iterator[Any]:
    for table in _subtables(font, "GPOS", _GPOS_EXTENSION):
        if table.LookupType == _MARK_TO_BASE:
            yield from (mark.MarkAnchor for mark in table.MarkArray.MarkRecord)
            yield from (anchor for base in table.BaseArray.BaseRecord for anchor in base.BaseAnchor)
        elif table.LookupType == _MARK_TO_MARK:
            yield from (mark.MarkAnchor for mark in table.Mark1Array.MarkRecord)
            yield from (anchor for base in table.Mark2Array.Mark2Record for anchor in base.Mark2Anchor)


def _subtables(font: TTFont, tag: str, extension: int) -> Iterator[Any]:
    lookups = font[tag].table.LookupList if tag in font else None
    for lookup in lookups.Lookup if lookups else ():
        for table in lookup.SubTable:
            yield table.ExtSubTable if table.LookupType == extension else table
