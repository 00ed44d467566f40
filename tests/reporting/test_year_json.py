"""The JSON of a year, key by key."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.rounds import RoundNo
from bot.domain.updates import Review, Status
from bot.reporting.year_json import year_json
from tests.reporting.sample_year import (
    MALEE,
    NOW,
    SOMSAK,
    entry,
    full_year,
    link,
    measure,
    one_measure,
    update,
    year_of,
)

pytestmark = pytest.mark.pure


def test_keys_stand_in_the_promised_order():
    year = year_json(full_year())
    assert list(year) == ["agency", "fiscal_year", "measures"]
    assert list(year["agency"]) == ["id", "name", "kind", "subdistrict", "district", "province", "website"]
    first = year["measures"][0]
    assert list(first) == [
        "no", "section", "indicator", "title", "approach", "steps", "responsible", "monitoring",
        "period_text", "period_start", "period_end", "officers", "rounds",
    ]  # fmt: skip
    assert list(first["rounds"]) == ["6", "12"]
    assert list(first["rounds"]["12"]) == [
        "status", "summary", "outcome", "output", "obstacles", "remark", "expected_on", "parts", "evidence",
        "submitted_at", "submitted_by", "review",
    ]  # fmt: skip
    assert list(first["rounds"]["12"]["evidence"][0]) == ["kind", "name", "sha256", "url", "caption"]


def test_one_reporters_text_is_exact():
    text = "ข้อความ  สองช่องว่าง\nบรรทัดใหม่ 123 ๔๕"
    given = year_json(one_measure(summary=text, outcome=None))["measures"][0]["rounds"]["12"]
    assert given["summary"] == text
    assert given["outcome"] is None
    assert given["parts"] == [{"officer": MALEE.name, "summary": text, "outcome": None}]


def test_several_reporters_are_named_above_their_texts_in_settled_order():
    year = year_of(
        entry(
            measure(1, "ม"),
            update(1, MALEE, summary="ก", outcome="ข"),
            update(1, SOMSAK, summary="ค", outcome=None),
            officers=(MALEE, SOMSAK),
        )
    )
    given = year_json(year)["measures"][0]["rounds"]["12"]
    assert given["summary"] == f"{MALEE.name}\nก\n{SOMSAK.name}\nค"
    assert given["outcome"] == f"{MALEE.name}\nข"
    assert [part["officer"] for part in given["parts"]] == [MALEE.name, SOMSAK.name]


def test_dates_are_iso_and_times_are_of_bangkok():
    year = one_measure(status=Status.NOT_STARTED, summary=None, expected_on=date(2024, 11, 1), submitted_at=NOW)
    found = year_json(year)["measures"][0]
    assert found["period_start"] == "2023-10-01"
    assert found["rounds"]["12"]["expected_on"] == "2024-11-01"
    assert found["rounds"]["12"]["submitted_at"] == "2024-09-28T09:15:00+07:00"
    assert found["rounds"]["12"]["submitted_by"] == MALEE.name


def test_what_is_empty_is_null_or_an_empty_list():
    found = year_json(year_of(entry(measure(1, "ม", steps=None), officers=())))["measures"][0]
    assert found["steps"] is None
    assert found["officers"] == []
    assert found["rounds"] == {"6": None, "12": None}


def test_one_rounds_json_leaves_the_other_round_empty():
    year = year_of(entry(measure(1, "ม"), update(1), update(1, round_no=RoundNo.SIX)))
    assert year_json(year)["measures"][0]["rounds"]["6"] is not None
    assert year_json(year, only=RoundNo.TWELVE)["measures"][0]["rounds"]["6"] is None


def test_evidence_is_told_as_it_is_kept():
    url = "https://www.saithongngam.example/a"
    year = one_measure(evidence=(link(url, "คำสั่ง"),))
    assert year_json(year)["measures"][0]["rounds"]["12"]["evidence"] == [
        {"kind": "link", "name": None, "sha256": None, "url": url, "caption": "คำสั่ง"}
    ]


@pytest.mark.parametrize(
    ("one", "other", "whole"),
    [
        (Status.DONE, Status.DONE, "done"),
        (Status.DONE, Status.CANCELLED, "done"),
        (Status.DONE, Status.NOT_STARTED, "in_progress"),
        (Status.NOT_STARTED, Status.CANCELLED, "not_started"),
        (Status.CANCELLED, Status.CANCELLED, "cancelled"),
    ],
)
def test_the_status_of_several_parts_is_that_of_the_whole(one: Status, other: Status, whole: str):
    year = year_of(
        entry(measure(1, "ม"), update(1, MALEE, status=one), update(1, SOMSAK, status=other), officers=(MALEE, SOMSAK))
    )
    assert year_json(year)["measures"][0]["rounds"]["12"]["status"] == whole


def test_a_part_sent_back_sends_the_whole_back():
    year = year_of(
        entry(measure(1, "ม"), update(1), update(1, SOMSAK, review=Review.RETURNED), officers=(MALEE, SOMSAK))
    )
    assert year_json(year)["measures"][0]["rounds"]["12"]["review"] == "returned"
