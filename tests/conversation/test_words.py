"""Chat words are recognised whatever digits, particles and look-alike spelling they come in, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation import words
from bot.conversation.words import Word
from bot.domain.rounds import RoundNo
from bot.domain.updates import Status

pytestmark = pytest.mark.pure

PARTICLES = ("", "ครับ", " ค่ะ", "คะ", "จ้า", " นะครับ", "นะคะ", "ครับผม ")


@pytest.mark.parametrize("word", list(Word))
@pytest.mark.parametrize("particle", PARTICLES)
def test_every_word_is_itself_with_any_particle(word: Word, particle: str) -> None:
    assert words.command(f"  {word}{particle}\n") is word


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("particle", PARTICLES)
def test_every_status_is_itself_with_any_particle(status: Status, particle: str) -> None:
    assert words.status(status.thai + particle) is status
    assert words.command(status.thai + particle) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("เเก้ไข", Word.CHANGE),  # แ typed as two เ
        ("ครับ รายงานผล", Word.REPORT),
        ("ราย\u200bงานผล", Word.REPORT),
        ("สถานะนะคะ", Word.COMPLETENESS),
        ("เสร็จ แล้ว", None),
        ("เสร็จแล้วทุกข้อ", None),
        ("ไม่ข้าม", None),
        ("", None),
        ("ครับ", None),
        ("เสร็จแล้ว" * 200, None),
    ],
)
def test_a_word_is_the_whole_message(text: str, word: Word | None) -> None:
    assert words.command(text) is word


def test_a_decomposed_sara_am_is_the_same_word() -> None:
    assert words.status("กําลังดําเนินการ") is Status.IN_PROGRESS


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("๓ ครับ", 3),
        ("มาตรการที่ ๓", 3),
        ("มาตรการที่๑๒ค่ะ", 12),
        ("มาตรการ 3", 3),
        ("๓.", 3),
        ("3)", 3),
        ("3 ครั้ง", None),
        ("1234", None),
        ("-1", None),
    ],
)
def test_a_number_names_a_measure(text: str, number: int | None) -> None:
    assert words.number(text) == number


@pytest.mark.parametrize(
    ("text", "no"),
    [("รอบ ๖ เดือน", RoundNo.SIX), ("รอบ12เดือนครับ", RoundNo.TWELVE), ("รอบ ๙ เดือน", None), ("๖", None)],
)
def test_a_round_is_named_by_its_months(text: str, no: RoundNo | None) -> None:
    assert words.round_no(text) is no


def test_yes_and_no_are_never_mistaken_for_each_other() -> None:
    assert words.yes_or_no("ใช่ครับ") is True
    assert words.yes_or_no("ไม่ใช่ค่ะ") is False
    assert words.yes_or_no("ใช่ไหม") is None


def test_an_invite_code_may_come_with_a_particle_blanks_and_dashes() -> None:
    assert words.code_shape("abcd-2345 ครับ") == "ABCD2345"
    assert words.code_shape("ABCD 2345") == "ABCD2345"
    assert words.code_shape("abcd 0o1i") == "ABCD0O1I"  # misread: answered like any code that does not live
    assert words.code_shape("ABCD234") is None
    assert words.code_shape("รหัส ABCD2345") is None


@given(st.text())
def test_any_text_at_all_can_be_looked_at(text: str) -> None:
    found = [words.command(text), words.status(text), words.number(text), words.round_no(text), words.heading(text)]
    assert all(each is None or len(text) <= words.LONGEST_WORD for each in found)
    assert len(words.without_particles(text)) <= max(len(text), 80)


@given(st.sampled_from(list(Word)), st.text(alphabet="กขคงจa1๑ ", min_size=1).filter(str.strip))
def test_a_word_with_more_text_is_an_answer(word: Word, more: str) -> None:
    assert words.command(f"{word}{more}") is None
