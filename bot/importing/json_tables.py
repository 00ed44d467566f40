"""Reads measures from JSON: the JSON of a year as this program exports it, or a list of objects by field or heading."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.errors import BadInput
from bot.importing.cell_text import cell_text
from bot.importing.raw import (
    MAX_COLUMNS,
    MAX_ROWS,
    Allowance,
    Place,
    RawCell,
    RawRow,
    RawTable,
    Source,
    check_cell,
    check_row_number,
)
from bot.importing.text_tables import decode

_HEADINGS = {
    "section": "กลุ่มมาตรการ",
    "indicator": "ตัวชี้วัด",
    "title": "มาตรการ",
    "approach": "แนวทางการปฏิบัติ",
    "steps": "ขั้นตอน/วิธีการปฏิบัติ",
    "responsible": "ผู้รับผิดชอบ",
    "period_text": "ระยะเวลาดำเนินการ",
    "monitoring": "การกำกับติดตาม",
    "summary": "สรุปผลการดำเนินการ",
    "output": "ผลผลิต",
    "outcome": "ผลลัพธ์/ความสำเร็จ",
    "obstacles": "ปัญหา อุปสรรค และข้อเสนอแนะ",
    "remark": "หมายเหตุ",
}
_NUMBER = "ลำดับ"
_OF_RESULTS = ("summary", "output", "outcome", "obstacles", "remark")
_NOT_TEXT = {"no", "rounds", "officers", "period_start", "period_end"}
_DEEPEST = 100
_MOST_BRACKETS = 20 * MAX_ROWS


def is_json(data: bytes) -> bool:
    """Whether the bytes begin as a JSON object or list of objects does."""
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") or (start.startswith(b"[") and start[1:].lstrip()[:1] in (b"{", b"]"))


def read_json(name: str, data: bytes, *, round_no: int | None = None) -> list[RawTable]:
    """The measures of the file as one table; of a year's JSON the results of one round.

    Raises:
        BadInput: it is no JSON, or holds no list of measures.
    """
    measures = _measures(name, _value(name, data))
    check_row_number(len(measures), Place(file=name))
    flat = [_flat(name, place, measure, round_no) for place, measure in enumerate(measures, start=1)]
    headings = list(dict.fromkeys(heading for measure in flat for heading in measure))
    if len(headings) >= MAX_COLUMNS:
        raise BadInput(f"{name}: มีเกิน {MAX_COLUMNS} ช่องต่อมาตรการ (too many fields)")
    table = RawTable(file=name, source=Source.JSON, rows=(), part="measures")
    rows = [RawRow(number=0, cells=tuple(RawCell(text=_cell(t, table, 0)) for t in (_NUMBER, *headings)))]
    allowed = Allowance()
    for number, measure in enumerate(flat, start=1):
        texts = (str(number), *(measure.get(heading, "") for heading in headings))
        rows.append(RawRow(number=number, cells=tuple(RawCell(text=_cell(t, table, number)) for t in texts)))
        allowed.take(rows[-1], table.place(row=number))
    return [RawTable(file=name, source=Source.JSON, rows=tuple(rows), part="measures")]


def _cell(text: str, table: RawTable, number: int) -> str:
    return check_cell(cell_text(text), table.place(row=number))


def _value(name: str, data: bytes) -> Any:
    text = decode(name, data)
    if _depth(text) > _DEEPEST:
        raise BadInput(f"{name}: JSON ซ้อนกันลึกเกินไป (nested too deeply)")
    if text.count("{") + text.count("[") > _MOST_BRACKETS:
        raise BadInput(f"{name}: JSON มีรายการมากเกินไป (too many lists and objects)")
    try:
        return json.loads(text)
    except ValueError as problem:
        raise BadInput(f"{name}: อ่านเป็น JSON ไม่ได้: {problem}") from None


def _depth(text: str) -> int:
    """How deeply brackets are nested, at most; those inside strings count too, which only errs on the safe side."""
    depth = deepest = 0
    for sign in text:
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


def _measures(name: str, value: Any) -> list[Mapping[str, Any]]:
    found = value.get("measures") if isinstance(value, Mapping) else value
    if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
        raise BadInput(f"{name}: JSON ต้องเป็นรายการมาตรการ หรือมี measures เป็นรายการ (no list of measures)")
    if not found:
        raise BadInput(f"{name}: ไฟล์ว่าง ไม่มีมาตรการในรายการ (empty list of measures)")
    return found


def _flat(name: str, place: int, measure: Mapping[str, Any], round_no: int | None) -> dict[str, str]:
    """A measure's fields by heading, with the results of its round."""
    given = {key: value for key, value in measure.items() if key not in _NOT_TEXT}
    rounds = measure.get("rounds")
    if isinstance(rounds, Mapping):
        told = rounds.get(str(round_no or 12))
        given |= {key: told.get(key) for key in _OF_RESULTS} if isinstance(told, Mapping) else {}
    return dict(_texts(name, place, given))


def _texts(name: str, place: int, given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in given.items():
        heading = _HEADINGS.get(key, key)
        match value:
            case None:
                continue
            case str():
                yield heading, value
            case bool() | int() | float():
                yield heading, str(value)
            case list() if all(isinstance(each, str) for each in value):
                yield heading, "\n".join(value)
            case _:
                raise BadInput(f"{name}: measures[{place - 1}].{_in_a_line(key)} ต้องเป็นข้อความ (not a text)")


def _in_a_line(key: str) -> str:
    """A field's name as a sentence can show it, whatever it is."""
    return " ".join(key[:60].encode("utf-8", "replace").decode().split())
