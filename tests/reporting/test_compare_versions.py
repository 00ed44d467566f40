"""Two versions are told apart answer by answer, in words that read well."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reporting.compare_versions import compare
from bot.reporting.word_diff import Change, word_diff
from bot.reporting.year_json import year_json
from tests.reporting.sample_year import entry, full_year, measure, update, year_of

pytestmark = pytest.mark.pure

THAI = st.text(alphabet="กขคเแโใไะาิีุู่้ำ์ ๑๒12ab\n", max_size=60)


@given(THAI, THAI)
def test_the_pieces_give_back_both_texts(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.change is not Change.NEW) == before
    assert "".join(piece.text for piece in pieces if piece.change is not Change.GONE) == after


def test_a_changed_word_is_shown_whole_and_no_mark_is_torn_from_its_letter() -> None:
    pieces = word_diff("จัดประชุม ๒ ครั้ง มีผู้เข้าร่วม ๓๘ คน", "จัดประชุม ๓ ครั้ง มีผู้เข้าร่วม ๔๐ คน")
    assert [(piece.change.value, piece.text) for piece in pieces] == [
        ("same", "จัดประชุม "),
        ("gone", "๒"),
        ("new", "๓"),
        ("same", " ครั้ง มีผู้เข้าร่วม "),
        ("gone", "๓๘"),
        ("new", "๔๐"),
        ("same", " คน"),
    ]
    torn = [piece.text for piece in word_diff("ทำนั้น", "ทำนี้") if piece.text[0] in "ัิีึืุู็่้๊๋์"]
    assert torn == []


def test_texts_that_share_nothing_and_are_long_count_as_rewritten_at_once() -> None:
    pieces = word_diff("ก" * 4000, "ข" * 4000)
    assert [piece.change for piece in pieces] == [Change.GONE, Change.NEW]


def said(**answers: object):
    return year_json(year_of(entry(measure(1, "๑. เผยแพร่ข้อมูล"), update(1, **answers)), entry(measure(2, "๒. อื่น"))))


def test_only_answers_that_differ_are_told_by_their_heading() -> None:
    found = compare(said(summary="ทำแล้ว ๑ ครั้ง", outcome="ดี"), said(summary="ทำแล้ว ๒ ครั้ง", outcome="ดี"))
    assert found.same == 1
    assert [(each.no, [field.heading for field in each.fields]) for each in found.measures] == [
        (1, ["สรุปผลการดำเนินการ"])
    ]


def test_nothing_differs_between_a_version_and_itself() -> None:
    content = year_json(full_year())
    found = compare(content, content)
    assert (found.agency, found.measures, found.same) == ((), (), len(content["measures"]))


def test_a_new_and_a_gone_measure_are_told_and_a_moved_one_is_still_itself() -> None:
    before = year_json(year_of(entry(measure(1, "ก. แรก")), entry(measure(2, "ข. สอง"))))
    after = year_json(year_of(entry(measure(1, "ข. สอง")), entry(measure(2, "ค. ใหม่"))))
    told = [(each.title, each.change) for each in compare(before, after).measures]
    assert told == [("ข. สอง", Change.SAME), ("ค. ใหม่", Change.NEW), ("ก. แรก", Change.GONE)]


def test_a_reworded_title_of_the_same_number_is_a_change_of_that_measure() -> None:
    before, after = (year_json(year_of(entry(measure(1, title)))) for title in ("เผยแพร่ข้อมูล", "เผยแพร่ข้อมูลข่าวสาร"))
    (only,) = compare(before, after).measures
    assert (only.change, [field.heading for field in only.fields]) == (Change.SAME, ["มาตรการ"])


def test_the_agencys_profile_counts_too() -> None:
    year = full_year()
    renamed = replace(year, agency=replace(year.agency, website="https://new.example.go.th"))
    assert [field.heading for field in compare(year_json(year), year_json(renamed)).agency] == ["เว็บไซต์"]
