"""Which column of a table holds what, read from its one or two header rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.importing.headers import Certainty, Field, looks_like_header, read_header
from bot.importing.raw import RawRow


class TableKind(StrEnum):
    """What a table is about."""

    PLAN = "plan"
    PROGRESS = "progress"
    SCORES = "scores"
    ANALYSIS = "analysis"
    UNKNOWN = "unknown"


_PARENTS = frozenset({Field.SUMMARY, Field.OUTCOME, Field.PERIOD, Field.RESPONSIBLE, Field.OBSTACLES})
_RESULTS = frozenset({Field.SUMMARY, Field.OUTPUT, Field.OUTCOME})
_BARE = frozenset({Field.NO, Field.INDICATOR, Field.TITLE, Field.INSTRUMENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of a table: `fields[i]` is what column i holds, None where the header is not known."""

    headers: tuple[str, ...]
    fields: tuple[Field | None, ...]

    def of(self, field: Field) -> tuple[int, ...]:
        """The columns that hold a field."""
        return tuple(at for at, each in enumerate(self.fields) if each is field)

    def has(self, field: Field) -> bool:
        """Whether any column holds the field."""
        return field in self.fields

    @property
    def signature(self) -> tuple[Field, ...]:
        """By which the header of a further page is known to be the same table's."""
        return tuple(field for field in self.fields if field is not None)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The headers whose columns are not imported."""
        kept = {Field.NO, *(field for field in Field if field not in (Field.IGNORED, Field.ANALYSIS, Field.SCORE))}
        pairs = zip(self.headers, self.fields, strict=True)
        return tuple(header for header, field in pairs if header and field not in kept)

    @property
    def kind(self) -> TableKind:
        """What the table is about; only plans and progress tables hold measures."""
        fields = set(self.signature)
        if Field.TITLE in fields and not (fields & {Field.SCORE, Field.ANALYSIS} and fields <= {
            *_BARE, Field.SCORE, Field.ANALYSIS,
        }):  # fmt: skip
            return TableKind.PROGRESS if fields & _RESULTS else TableKind.PLAN
        if Field.ANALYSIS in fields:
            return TableKind.ANALYSIS
        return TableKind.SCORES if Field.SCORE in fields else TableKind.UNKNOWN


def is_header(row: RawRow) -> bool:
    """Whether a row is a table's header."""
    return not row.prose and looks_like_header(row.texts)


def read_columns(header: RawRow, second: RawRow | None) -> Columns:
    """The columns that a header row names, with the row under it where the header has two."""
    headers = list(header.texts)
    fields = [_field(text) for text in headers]
    if second is not None:
        below = _fitted(header, second)
        for at, text in enumerate(below):
            if not text:
                continue
            while len(headers) <= at:
                headers.append("")
                fields.append(None)
            headers[at] = f"{headers[at]} {text}".strip()
            fields[at] = _field(text)
    return Columns(headers=tuple(headers), fields=tuple(_settled(fields)))


def _field(text: str) -> Field | None:
    meaning = read_header(text)
    return meaning.field if meaning else None


def _settled(fields: list[Field | None]) -> list[Field | None]:
    """The fields with doubles parted: a second measure column is the approach, a later indicator is left out."""
    titles = [at for at, field in enumerate(fields) if field is Field.TITLE]
    for at in titles[1:]:
        fields[at] = Field.STEPS if Field.APPROACH in fields else Field.APPROACH
    indicators = [at for at, field in enumerate(fields) if field is Field.INDICATOR]
    for at in indicators[1:]:
        if titles and at > titles[0]:
            fields[at] = Field.IGNORED
    return fields


def second_header(header: RawRow, following: RawRow | None) -> RawRow | None:
    """The row under a header when it parts one of its columns, as ผลการดำเนินการ into ผลผลิต and ผลลัพธ์."""
    if following is None or following.prose:
        return None
    filled = [text for text in following.texts if text]
    meanings = [read_header(text) for text in filled]
    if not filled or any(meaning is None or meaning.certainty < Certainty.CLOSE for meaning in meanings):
        return None
    return following if any(_fitted(header, following)) else None


def _fitted(header: RawRow, second: RawRow) -> Sequence[str]:
    """The second row's texts under the columns they part; nothing when they part none."""
    above = list(header.texts)
    below = list(second.texts)
    parents = {at for at, text in enumerate(above) if text and _field(text) in _PARENTS}
    if _parts(above, below, parents):
        return below
    filled = [text for text in below if text]
    for parent in sorted(parents):
        gap = above[parent + 1 : parent + len(filled)]
        if len(filled) > 1 and len(gap) == len(filled) - 1 and not any(gap):
            return [*[""] * parent, *filled]
    return ()


def _parts(above: list[str], below: list[str], parents: set[int]) -> bool:
    """Whether each text below stands under a parent or an empty header cell, and one under an empty one."""
    under = [at for at, text in enumerate(below) if text]
    empty = [at for at in under if at >= len(above) or not above[at]]
    return bool(empty) and all(at in parents or at in empty for at in under)
