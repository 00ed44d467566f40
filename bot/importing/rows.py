"""What a row of a measures table is: a measure, the rest of the one before, a group's name, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from bot.domain.text import arabic_digits, match_key
from bot.importing.columns import Columns
from bot.importing.headers import Field
from bot.importing.raw import RawRow


class Role(StrEnum):
    """What a row is."""

    BLANK = "blank"
    SEPARATOR = "separator"
    NUMBERS = "numbers"
    NOTE = "note"
    SIGNATURE = "signature"
    SECTION = "section"
    MEASURE = "measure"
    SAME_INDICATOR = "same_indicator"
    CONTINUATION = "continuation"
    TOTAL = "total"


_DASHES = re.compile(r"[\s:|*_=~–—-]*")
_NUMBER = re.compile(r"\(?[0-9]{1,3}[.)]*")
_ITEM = re.compile(
    r"\s*(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]|[0-9]{1,2}\.[0-9]{1,2}(?=\s)|\([0-9]{1,2}\)|\(?[ก-ฮ]\)|[-–•●▪◦*·](?!-))"
)
_PRINTED_NO = re.compile(r"\s*\(?([0-9]{1,2})([.)])")
_INNER_NO = re.compile(r"(?:^|[\n ])\(?([0-9]{1,2})([.)])")
_PAGE_NUMBER = re.compile(r"(?:หน้า)?[\s–—()-]*[0-9]{1,3}[\s–—()-]*(?:/[0-9]{1,3})?")
_SIGNATURE = re.compile(r"\(?(?:ลงชื่อ|ลงนาม)|\((?:นาย|นาง|น\.ส\.|ว่าที่)|[.…_]{6}|ผู้(?:รายงาน|จัดทำ|ตรวจสอบ|อนุมัติ|เห็นชอบ)$")
Values = Mapping[Field, str]


def is_separator(row: RawRow) -> bool:
    """Whether the row is a leftover of Markdown: only dashes, at least two in a row."""
    text = "".join(cell.text for cell in row.cells)
    return "--" in text and _DASHES.fullmatch(text) is not None


def starts_item(text: str) -> bool:
    """Whether a text begins with the number or dash of a new item."""
    return _ITEM.match(arabic_digits(text)) is not None


def join(before: str, after: str, *, apart: bool = False) -> str:
    """A cell with its continuation: on a new line where a new item starts, else with nothing between."""
    if not before or not after:
        return before or after
    return f"{before}\n{after}" if apart or starts_item(after) else before + after


def values_of(row: RawRow, columns: Columns, *, merged: bool = False) -> dict[Field, str]:
    """The row's texts by field; with `merged` also those of cells that stretch down from above."""
    values: dict[Field, str] = {}
    for at, (field, cell) in enumerate(zip(columns.fields, row.cells, strict=False)):
        text = ("" if cell.across else cell.text) if merged else cell.own
        if field is None or not text:
            continue
        glue = " - " if field is Field.PERIOD else "\n"
        values[field] = f"{values[field]}{glue}{text}" if field in values and at else text
    return values


def role_of(row: RawRow, columns: Columns, before: Values | None, after: RawRow | None, sections: set[str]) -> Role:
    """What the row is, from its filled cells, the measure before it and the row after it."""
    filled = [(at, cell.own) for at, cell in enumerate(row.cells) if cell.own]
    if not filled:
        return Role.BLANK
    if is_separator(row):
        return Role.SEPARATOR
    if any(_SIGNATURE.match(text) for _, text in filled) and len(filled) <= 2:
        return Role.SIGNATURE
    numbers = [arabic_digits(text) for _, text in filled]
    if len(numbers) == 1 and _PAGE_NUMBER.fullmatch(numbers[0]):
        return Role.NUMBERS
    if all(_NUMBER.fullmatch(text) for text in numbers) and (len(filled) > 2 or columns.fields[:1] == (Field.NO,)):
        return Role.NUMBERS
    texts = {text for _, text in filled}
    if len(texts) == 1 and (len(filled) == 1 or len(filled) >= max(3, len(columns.fields) - 1)):
        return _lone(row, columns, filled[0], before, after, sections)
    return _full(row, columns, before)


def _lone(
    row: RawRow,
    columns: Columns,
    cell: tuple[int, str],
    before: Values | None,
    after: RawRow | None,
    sections: set[str],
) -> Role:
    """A row with one text: a note, a group's name, a title whose row has nothing else, or a continuation."""
    at, text = cell
    field = columns.fields[at] if at < len(columns.fields) else None
    if match_key(text).startswith("หมายเหตุ"):
        return Role.NOTE
    if match_key(text) in ("รวม", "รวมทั้งสิ้น", "รวมทั้งหมด"):
        return Role.TOTAL
    if set(columns.signature) <= {Field.NO, Field.TITLE} and field is Field.TITLE:
        return _full(row, columns, before)
    wide = sum(each.across for each in row.cells) >= max(1, len(columns.fields) // 2)
    if wide or match_key(text) in sections:
        return Role.SECTION
    if at > 0 and field is not Field.TITLE:
        return Role.CONTINUATION if before and not row.after_gap else Role.NOTE
    if at > 0 or (row.cells and any(each.above and each.text for each in row.cells)):
        return _full(row, columns, before)
    if row.cells[at].bold:
        return Role.SECTION
    if field in (Field.INDICATOR, Field.NO) and after is not None and _goes_on(after, columns):
        return Role.MEASURE
    return _lone_title(text, before, after, columns)


def _goes_on(after: RawRow, columns: Columns) -> bool:
    """Whether the next row starts with empty cells and holds a title."""
    values = values_of(after, columns)
    return not after.prose and Field.TITLE in values and not after.texts[0]


def _lone_title(text: str, before: Values | None, after: RawRow | None, columns: Columns) -> Role:
    """A first cell alone: mostly a group's name; a measure or sub-item when its number says so."""
    number = _PRINTED_NO.match(arabic_digits(text))
    if number is None or not columns.fields or columns.fields[0] is not Field.TITLE:
        return Role.SECTION
    title = arabic_digits((before or {}).get(Field.TITLE, ""))
    previous = _PRINTED_NO.match(title)
    if previous and previous[2] == number[2] and int(number[1]) == int(previous[1]) + 1:
        return Role.MEASURE
    if before and _continues_items(text, title):
        return Role.CONTINUATION
    following = _PRINTED_NO.match(arabic_digits(after.texts[0])) if after and after.texts else None
    if not before and int(number[1]) == 1 and following and int(following[1]) == 2:
        return Role.MEASURE
    return Role.SECTION


def _continues_items(text: str, title: str) -> bool:
    """Whether the text's number is the next one of the items inside the title."""
    number = _PRINTED_NO.match(arabic_digits(text))
    inner = _INNER_NO.findall(title)
    return bool(
        number
        and inner
        and len(inner) > 1
        and inner[-1][1] == number[2]
        and int(inner[-1][0]) + 1 == int(number[1])
        and not (inner[0][1] == number[2] and int(inner[0][0]) + 1 == int(number[1]))
    )


def _full(row: RawRow, columns: Columns, before: Values | None) -> Role:
    """A row with several texts, or one beside merged cells: a new measure, or the rest of the one before."""
    own = values_of(row, columns)
    if Field.TITLE not in own:
        if Field.INDICATOR in own:
            return Role.MEASURE
        return Role.CONTINUATION
    if before is None:
        return Role.MEASURE
    key = next((each for each in (Field.INDICATOR, Field.NO) if columns.has(each) and before.get(each)), None)
    if key is None:
        continues = Field.PERIOD not in own and Field.RESPONSIBLE not in own
        if continues and _continues_items(own[Field.TITLE], arabic_digits(before.get(Field.TITLE, ""))):
            return Role.CONTINUATION
        return Role.MEASURE
    if key in own:
        return Role.MEASURE
    if Field.TITLE not in before:
        return Role.CONTINUATION
    if any(row.cells[at].above for at in columns.of(key) if at < len(row.cells)):
        return Role.SAME_INDICATOR
    return Role.SAME_INDICATOR if _is_whole(own, before, columns) else Role.CONTINUATION


def _is_whole(own: Values, before: Values, columns: Columns) -> bool:
    """Whether a row without its key repeats all that a measure has, so that it is no continuation."""
    telling = [each for each in (Field.PERIOD, Field.RESPONSIBLE) if columns.has(each)]
    if not telling or not all(each in own and each in before for each in telling):
        return False
    return all(own[each] == before[each] for each in telling) or starts_item(own[Field.TITLE])
