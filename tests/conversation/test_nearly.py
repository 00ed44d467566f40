"""Slips are seen for what they are, and nothing that means the opposite or something else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import english, nearly, words
from bot.conversation.words import Word
from bot.domain.updates import Status

pytestmark = pytest.mark.pure

MARKS = "่้๊๋์ัิีึืุู็"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("รายงานผน", Word.REPORT),
        ("รายงานพล ครับ", Word.REPORT),
        ("งานของชั้น", Word.MY_WORK),
        ("เสรจแล้ว", Word.END),
        ("เสร็จแลัว", Word.END),
        ("ย้อนกับ", Word.BACK),
        ("แก้ใข", Word.CHANGE),
        ("สถาณะ", Word.COMPLETENESS),
        ("ช่วยเหรือ", Word.HELP),
        ("ขาม", Word.SKIP),
        ("ยืนยัล", Word.CONFIRM),
        ("วิธีใช้", Word.HELP),
    ],
)
def test_a_slip_is_near_its_word(text: str, word: Word) -> None:
    assert words.command(text) is None
    assert nearly.command(text) is word


@pytest.mark.parametrize(
    "text",
    [
        "ไม่ยืนยัน",
        "ไม่ข้าม",
        "ไม่เห็นชอบ",
        "ไม่ใช่",
        "ใช่",
        "อบรม",
        "รายงานผลการอบรม",
        "งานของเรา",
        "ยืนยันอีกครั้ง",
        "",
        "๓",
        "ก" * 80,
    ],
)
def test_other_words_are_near_none(text: str) -> None:
    assert nearly.command(text) is None


@given(st.sampled_from([word for word in Word if len(word) >= 6]), st.data())
def test_one_mark_more_or_less_is_always_near_the_same_word(word: Word, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(word)))
    more = word[:at] + data.draw(st.sampled_from(MARKS)) + word[at:]
    assert nearly.command(more) in {word, None} if words.command(more) is None else True
    assert nearly.distance(more, word) == 1
    marks = [i for i, letter in enumerate(word) if letter in MARKS]
    if marks:
        gone = data.draw(st.sampled_from(marks))
        assert nearly.command(word[:gone] + word[gone + 1 :]) is word


@given(st.sampled_from(list(Word)))
def test_no_word_with_a_no_before_it_is_near_a_word(word: Word) -> None:
    said = f"ไม่{word}"
    assert said in {*Word} or nearly.command(said) is None
    assert nearly.status(f"ไม่{word}") is None


@given(st.sampled_from(list(Word)), st.sampled_from(list(Word)))
def test_no_chat_word_is_near_another(one: Word, other: Word) -> None:
    assert (nearly.command(one) is other) == (one is other)


@given(st.text(max_size=100), st.text(max_size=100))
def test_the_distance_is_the_same_both_ways(one: str, other: str) -> None:
    assert nearly.distance(one, other) == nearly.distance(other, one)
    assert (nearly.distance(one, other) == 0) == (one == other)


@given(st.text())
def test_any_text_may_be_compared(text: str) -> None:
    nearly.command(text)
    nearly.status(text)


def test_a_status_with_a_slip_is_near_it_and_its_opposite_is_not() -> None:
    assert nearly.status("กำลังดำเนินกา") is Status.IN_PROGRESS
    assert nearly.status("เสร็จแล้ว") is Status.DONE
    assert nearly.status("ดำเนินการ") is None
    assert nearly.status("ยังไม่เริม") is Status.NOT_STARTED


def test_english_words_mean_the_chat_words() -> None:
    assert english.command("My Work") is Word.MY_WORK
    assert english.command("skip ครับ") is Word.SKIP
    assert english.command("skipping") is None
    assert words.status("in progress") is Status.IN_PROGRESS
    assert words.yes_or_no("Yes") is True


@given(st.sampled_from([said for all_said in english._SAID.values() for said in all_said]))
def test_no_english_word_looks_like_a_living_invite_code(said: str) -> None:
    assert words.code_shape(said) is None
