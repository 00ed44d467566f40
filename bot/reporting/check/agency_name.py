"""The agency's own name in any other spelling; the profile is right, however often another spelling stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.reporting.check.folding import Folded, distance, fold
from bot.reporting.check.naming import KIND_WORDS, Name, allowed_slips, name_of
from bot.reporting.check.subject import Passage, Subject
from bot.reporting.model import Finding, Severity

_KIND_SLIPS = 4


def find(subject: Subject) -> Iterator[Finding]:
    """Each misspelling, in plan and updates alike."""
    name = name_of(subject.agency)
    if name is None:
        return
    for passage in subject.passages:
        if passage.field == "evidence" and "://" in passage.text:
            continue
        folded = fold(passage.text)
        for start, end in sorted({*_misspelt_places(folded, name), *_misspelt_kinds(folded, name)}):
            yield _finding(passage, folded.words(start, end), subject)


def best_ending(text: str, start: int, place: str, most: int) -> tuple[int, int]:
    """The smallest distance of the text from `start` on to a place's name, and where that reading ends."""
    lengths = range(max(1, len(place) - most), len(place) + most + 1)
    ends = [start + length for length in lengths if start + length <= len(text)] or [len(text)]
    readings = ((distance(text[start:end], place, most), abs(end - start - len(place)), end) for end in ends)
    slips, _, end = min(readings)
    return slips, end


def _misspelt_places(folded: Folded, name: Name) -> Iterator[tuple[int, int]]:
    """Right or nearly right words for the kind, then nearly the place's name."""
    for kind in KIND_WORDS.finditer(folded.text):
        if folded.text.startswith(name.place, kind.end()):
            continue
        slips, end = best_ending(folded.text, kind.end(), name.place, allowed_slips(name.place))
        if 0 < slips <= allowed_slips(name.place):
            yield kind.start(), end


def _misspelt_kinds(folded: Folded, name: Name) -> Iterator[tuple[int, int]]:
    """The place's name, with nearly the words for the kind before it."""
    long = name.kinds[0]
    for place in re.finditer(re.escape(name.place), folded.text):
        before = folded.text[max(0, place.start() - 2 * len(long)) : place.start()]
        if before.endswith(name.kinds):
            continue
        lengths = range(len(long) - 3, len(long) + 4)
        readings = [(distance(before[-n:], long, _KIND_SLIPS), n) for n in lengths if n <= len(before)]
        slips, length = min(readings, default=(_KIND_SLIPS + 1, 0))
        if slips <= _KIND_SLIPS and not _another_kind(before):
            yield place.start() - length, place.end()


def _another_kind(before: str) -> bool:
    """Whether what stands there is the name of another kind, and not a slip."""
    kinds = ("องค์การบริหารส่วนตำบล", "องค์การบริหารส่วนจังหวัด", "เทศบาลนคร", "เทศบาลเมือง", "เทศบาลตำบล")
    return before.endswith(kinds)


def _finding(passage: Passage, words: str, subject: Subject) -> Finding:
    return passage.finding(
        "agency_name_misspelt",
        Severity.ERROR,
        "ชื่อหน่วยงานสะกดไม่ตรงกับชื่อทางการ",
        words=words,
        why="ชื่อที่ต่างไปทำให้ผู้ตรวจเห็นว่าเป็นเอกสารของหน่วยงานอื่น",
        source="ชื่อทางการในข้อมูลหน่วยงาน",
        action=f"แก้เป็น {subject.agency.name}" + (" ในแผน" if passage.of_plan else ""),
    )
