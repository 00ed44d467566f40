"""Two versions of a document answer by answer: what was changed, added and taken out; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain.calendar import thai_date
from bot.domain.text import match_key, thai_digits
from bot.domain.updates import Answer, Status
from bot.reporting.word_diff import Change, Piece, word_diff

Stored = Mapping[str, Any]

_AGENCY = {
    "name": "ชื่อหน่วยงาน",
    "kind": "ประเภท",
    "subdistrict": "ตำบล",
    "district": "อำเภอ",
    "province": "จังหวัด",
    "website": "เว็บไซต์",
}
_PLAN = {
    "no": "ลำดับ",
    "title": "มาตรการ",
    "section": "กลุ่มมาตรการ",
    "indicator": "ตัวชี้วัด",
    "approach": "แนวทาง",
    "steps": "ขั้นตอน/วิธีการ",
    "responsible": "ผู้รับผิดชอบ",
    "period_text": "ระยะเวลา",
    "monitoring": "การกำกับติดตาม",
}
_ANSWERS = {
    "status": "สถานะ",
    **{answer.value: answer.heading for answer in Answer},
    "remark": "หมายเหตุ",
    "expected_on": "วันที่คาดว่าจะเริ่ม",
    "submitted_by": "ผู้รายงาน",
}
HEADINGS = (*_AGENCY.values(), *_PLAN.values(), *_ANSWERS.values())
"""What can be changed between two versions, as readers see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One answer before and after; `pieces` are its words in reading order."""

    heading: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureChange:
    """One measure with what changed; `change` tells whether it is new, gone, or there in both."""

    no: int
    title: str
    change: Change
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that differs between two versions.

    Attributes:
        agency: the profile's fields that differ.
        measures: those that differ, in the later version's order, those that are gone last.
        same: how many measures are as they were.
    """

    agency: tuple[FieldChange, ...]
    measures: tuple[MeasureChange, ...]
    same: int


def compare(before: Stored, after: Stored) -> Comparison:
    """What the later version says otherwise than the earlier one."""
    pairs = list(_pairs(before.get("measures", ()), after.get("measures", ())))
    changes = [_measure(old, new) for old, new in pairs]
    differing = tuple(each for each in changes if each.fields or each.change is not Change.SAME)
    agency = _fields(_texts(before.get("agency") or {}, _AGENCY), _texts(after.get("agency") or {}, _AGENCY))
    return Comparison(agency=agency, measures=differing, same=len(changes) - len(differing))


def _pairs(old: Sequence[Stored], new: Sequence[Stored]) -> Iterator[tuple[Stored | None, Stored | None]]:
    """The same measure in both: by indicator and title, then by number among those whose title was changed."""
    left = list(old)
    matched: dict[int, Stored] = {}
    for by in (_key, _number):
        for place, measure in enumerate(new):
            if place in matched:
                continue
            found = next((each for each in left if by(each) == by(measure)), None)
            if found is not None:
                matched[place] = found
                left.remove(found)
    yield from ((matched.get(place), measure) for place, measure in enumerate(new))
    yield from ((gone, None) for gone in left)


def _key(measure: Stored) -> object:
    return match_key(measure.get("indicator") or ""), match_key(measure["title"])


def _number(measure: Stored) -> object:
    return measure["no"]


def _measure(old: Stored | None, new: Stored | None) -> MeasureChange:
    shown = new if new is not None else old
    assert shown is not None  # noqa: S101 - a pair has at least one side
    change = Change.SAME if old is not None and new is not None else Change.NEW if new is not None else Change.GONE
    fields = _fields(_said(old), _said(new)) if change is Change.SAME else ()
    return MeasureChange(no=shown["no"], title=shown["title"], change=change, fields=fields)


def _said(measure: Stored | None) -> dict[str, str]:
    """Everything that a measure says in the round that the version is of, by heading."""
    if measure is None:
        return {}
    said = _texts(measure, _PLAN)
    for update in (measure.get("rounds") or {}).values():
        if update is not None:
            said |= _texts(update, _ANSWERS)
            said["หลักฐาน"] = "\n".join(_evidence(piece) for piece in update.get("evidence") or ())
    return said


def _texts(values: Stored, headings: Mapping[str, str]) -> dict[str, str]:
    return {heading: _words(name, values.get(name)) for name, heading in headings.items()}


def _words(name: str, value: object) -> str:
    if value is None:
        return ""
    if name == "status":
        return Status(str(value)).thai
    if name == "expected_on":
        return thai_date(date.fromisoformat(str(value)))
    return thai_digits(str(value)) if name == "no" else str(value)


def _evidence(piece: Stored) -> str:
    """A piece as one line; the same photo with another caption is a change, another photo too."""
    named = piece.get("caption") or piece.get("name") or piece.get("url") or ""
    mark = f" [{piece['sha256'][:8]}]" if piece.get("sha256") else ""
    return f"{named}{mark}".strip()


def _fields(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FieldChange, ...]:
    headings = dict.fromkeys([*before, *after])
    pairs = ((heading, before.get(heading, ""), after.get(heading, "")) for heading in headings)
    return tuple(
        FieldChange(heading=heading, before=old, after=new, pieces=word_diff(old, new))
        for heading, old, new in pairs
        if old != new
    )
