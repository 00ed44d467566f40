"""Plans as CSV in either Thai encoding, and as JSON: the export itself, or lists by field or heading."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.calendar import FiscalYear
from bot.domain.errors import BadInput
from bot.domain.rounds import RoundNo
from bot.importing.csv_tables import delimiter_of
from bot.importing.plan import PlanReading, read_plan
from bot.reporting.year_json import year_json
from tests.reporting.styled_year import styled_year

pytestmark = pytest.mark.pure
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
HEADS = ["มาตรการ", "ขั้นตอน/วิธีการปฏิบัติ", "ผู้รับผิดชอบ", "ระยะเวลาดำเนินการ"]
ROWS = [
    ["๑. จัดทำคู่มือ", "๑. แต่งตั้งคณะทำงาน\n๒. จัดทำ, ตรวจ; และ \"เผยแพร่\"", "สำนักปลัด", "ตุลาคม ๒๕๖๖ - มีนาคม ๒๕๖๗"],
    ["๒. อบรม", "จัดอบรม", "กองคลัง", "ไตรมาส ๒"],
]  # fmt: skip


def table(delimiter: str = ",", rows: list[list[str]] = ROWS) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([["แผนมาตรการ ปี ๒๕๖๗", "", "", ""], HEADS, *rows])
    return out.getvalue()


def read(name: str, data: bytes, **options: object) -> PlanReading:
    return read_plan(name, data, FiscalYear(2567), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874"])
def test_csv_in_either_encoding_gives_every_cell(encoding: str, delimiter: str) -> None:
    reading = read("plan.csv", table(delimiter).encode(encoding))
    found = [[m.title, m.steps, m.responsible, m.period.text] for m in reading.measures]
    assert found == ROWS
    assert reading.measures[0].period.end == date(2024, 3, 31)
    assert str(reading.measures[1].place) == "plan.csv บรรทัด 5"


def test_csv_that_is_no_thai_text_is_refused_with_its_place() -> None:
    with pytest.raises(BadInput, match="ไม่ใช่ UTF-8"):
        read("plan.csv", b"a,b\n\xc3\x28,\xdb\xdc\n")
    with pytest.raises(BadInput, match="ไฟล์ว่าง"):
        read("plan.csv", b"\n\n")


def test_a_cell_longer_than_any_plans_is_refused() -> None:
    rows = [["๑. ก", "ข" * 200_000, "ค", "ง"]]
    with pytest.raises(BadInput, match=r"CSV|ยาวเกิน"):
        read("plan.csv", table(rows=rows).encode())


def test_the_delimiter_is_the_sign_that_parts_most_lines_alike() -> None:
    assert delimiter_of("a;b;c\n1,5;2,5;3\n1;2;3\n") == ";"
    assert delimiter_of('a,b\n"x;y;z",2\n"p;q;r",2') == ","


def test_the_export_of_a_year_reads_back_as_the_same_plan_and_results() -> None:
    data = json.dumps(year_json(styled_year()), ensure_ascii=False).encode()
    reading = read("year.json", data, results=True, round_no=12)
    wanted = json.loads(data)["measures"]
    fields = ("section", "indicator", "title", "approach", "steps", "responsible", "monitoring")
    assert [[getattr(m, f) for f in fields] for m in reading.measures] == [[w[f] for f in fields] for w in wanted]
    assert [m.period.text for m in reading.measures] == [w["period_text"] for w in wanted]
    told = [w["rounds"]["12"] or {} for w in wanted]
    for field in ("summary", "output", "outcome", "obstacles", "remark"):
        assert [getattr(m, field) for m in reading.measures] == [t.get(field) for t in told]


def test_the_other_rounds_results_are_not_taken_for_the_asked_one() -> None:
    data = json.dumps(year_json(styled_year()), ensure_ascii=False).encode()
    reading = read("year.json", data, results=True, round_no=int(RoundNo.SIX))
    assert {m.summary for m in reading.measures} == {None}


def test_a_list_of_objects_by_thai_heading_is_read_too() -> None:
    objects = [dict(zip(HEADS, row, strict=True)) for row in ROWS]
    reading = read("plan.json", json.dumps(objects).encode())
    assert [[m.title, m.steps, m.responsible, m.period.text] for m in reading.measures] == ROWS


def test_steps_given_as_a_list_stand_on_lines_of_their_own() -> None:
    (measure,) = read("p.json", json.dumps([{"title": "ก", "steps": ["๑. ข", "๒. ค"]}]).encode()).measures
    assert measure.steps == "๑. ข\n๒. ค"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{", "JSON"),
        (b'{"measures": 7}', "no list of measures"),
        (b"[]", "empty list"),
        (b'[{"title": {"th": "x"}}]', r"measures\[0\].title"),
        (b'{"a": ' + b"[" * 5000 + b"]" * 5000 + b"}", "nested too deeply"),
    ],
)
def test_json_that_cannot_be_used_says_why(data: bytes, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        read("plan.json", data)


def what_becomes_of(name: str, data: bytes) -> str:
    try:
        return f"{name}: {len(read(name, data).measures)}"
    except BadInput as refused:
        return refused.detail


@UNTIMED
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode), st.sampled_from(["x.csv", "x.json", "x.txt"]))
def test_whatever_is_in_the_file_it_is_read_or_refused_with_a_sentence(data: bytes, name: str) -> None:
    for start in (b"", b"[{", "มาตรการ,ผู้รับผิดชอบ\n".encode()):
        assert name in what_becomes_of(name, start + data)
