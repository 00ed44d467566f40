"""An agency's own table style is read from JSON, and what cannot be is refused with its place."""

from __future__ import annotations

import json

import pytest

from bot.domain.errors import BadInput
from bot.reporting.kinds import Kind
from bot.reporting.style_json import read_style, style_as_json, styles_of
from bot.reporting.styles import DEFAULTS, NAMED

pytestmark = pytest.mark.pure
MEASURE = {"key": "measure", "title": "มาตรการ", "width": 20}


def test_the_six_looks_of_the_field_have_their_columns_in_their_order():
    keys = {name: NAMED[name].keys for name in ("A1", "A2", "A3", "B4", "C1", "D1")}
    six = ("measure", "steps", "responsible", "period", "summary", "outcome")
    assert keys == {
        "A1": ("measure", "approach", "steps", "responsible", "monitoring"),
        "A2": ("measure", "steps", "period", "output", "outcome", "remark"),
        "A3": six,
        "B4": ("indicator", "measure", "steps", "period", "responsible"),
        "C1": six,
        "D1": six,
    }
    titles = [column.title for column in NAMED["D1"].columns]
    assert titles[:3] == ["มาตรการ/แนวทาง", "ขั้นตอน/วิธีปฏิบัติ", "หน่วยงานผู้รับผิดชอบ"]
    assert {column.group for column in NAMED["A2"].columns} == {"", "ผลการดำเนินการ"}


@pytest.mark.parametrize("name", list(NAMED))
def test_every_style_written_out_reads_back_as_it_was(name: str):
    assert read_style(json.loads(json.dumps(style_as_json(NAMED[name])))) == NAMED[name]


def test_an_edited_style_keeps_what_it_does_not_name():
    own = read_style({"base": "C1", "font_pt": 12, "thai_digits": False})
    assert own.name == "C1+"
    assert (own.columns, own.per_page, own.font_pt, own.thai_digits) == (NAMED["C1"].columns, 2, 12, False)


@pytest.mark.parametrize(
    ("data", "where"),
    [
        ("Z9", "Z9"),
        (7, "object"),
        ({"base": "Z9"}, "Z9"),
        ({"colour": "red"}, "colour"),
        ({"font_pt": 90}, "font_pt"),
        ({"font_pt": True}, "font_pt"),
        ({"paper": "a0"}, "paper"),
        ({"per_page": -1}, "per_page"),
        ({"landscape": "no"}, "landscape"),
        ({"footer": "ก" * 500}, "footer"),
        ({"kind": "plan"}, "kind"),
        ({"columns": []}, "columns"),
        ({"columns": "measure"}, "columns"),
        ({"columns": [{**MEASURE, "key": "secret"}]}, "columns[0].key"),
        ({"columns": [{**MEASURE, "title": ""}]}, "columns[0].title"),
        ({"columns": [MEASURE, MEASURE]}, "twice"),
        ({"columns": [{"key": "steps", "title": "ก"}]}, "measure"),
        ({"columns": [{**MEASURE, "colour": 1}]}, "columns[0]"),
        ({"columns": [MEASURE] * 13}, "columns"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(data: object, where: str):
    with pytest.raises(BadInput) as refused:
        read_style(data)
    assert where in refused.value.detail


def test_an_agency_without_a_choice_has_the_defaults():
    assert styles_of({}) == DEFAULTS
    assert styles_of({"plan": "B4"}) == {**DEFAULTS, Kind.PLAN: NAMED["B4"]}
