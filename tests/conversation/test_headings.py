"""Long text is taken apart at the contract's headings and nowhere else; not a letter is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.headings import Split, split
from bot.domain.updates import Answer

pytestmark = pytest.mark.pure

ALL = tuple(Answer)


def test_headings_alone_and_before_a_colon_fill_several_answers() -> None:
    text = "เกริ่น\nสรุปผลการดำเนินการ\nจัดอบรม\n\n๒ ครั้ง\nผลลัพธ์/ความสำเร็จ: ดี\nมาก\nปัญหา อุปสรรค และข้อเสนอแนะ :\nไม่มี"
    assert split(text, ALL) == Split(
        before="เกริ่น",
        answers={Answer.SUMMARY: "จัดอบรม\n\n๒ ครั้ง", Answer.OUTCOME: "ดี\nมาก", Answer.OBSTACLES: "ไม่มี"},
    )


@pytest.mark.parametrize(
    "text",
    ["ดู ผลลัพธ์/ความสำเร็จ: ดี", "ผลลัพธ์/ความสำเร็จ ดี", "ผลผลิตข้าว: ๑๐ ตัน", "๑. ผลผลิต: ๑๐", "ผลผลิต"],
)
def test_a_heading_must_start_the_line_and_stand_alone_or_before_a_colon_with_text(text: str) -> None:
    assert split(text, ALL).answers == {}


def test_a_heading_that_is_not_asked_is_ordinary_text() -> None:
    assert split("ผลผลิต: ข้าว", (Answer.SUMMARY,)) == Split(before="ผลผลิต: ข้าว")


def test_spaces_and_look_alikes_in_a_heading_do_not_matter() -> None:
    assert split("ผลลัพธ์ / ความสําเร็จ： ดี", ALL).answers == {Answer.OUTCOME: "ดี"}


def test_a_heading_twice_is_one_answer() -> None:
    assert split("ผลผลิต: ก\nผลผลิต: ข", ALL).answers == {Answer.OUTPUT: "ก\nข"}


@given(st.lists(st.tuples(st.sampled_from(ALL), st.text(alphabet="กขคa1 .", min_size=1)), max_size=6))
def test_every_word_under_a_heading_comes_back(pieces: list[tuple[Answer, str]]) -> None:
    found = split("\n".join(f"{answer.heading}: {text}" for answer, text in pieces), ALL)
    back = "".join(found.answers.get(answer, "") for answer in ALL)
    assert sorted(back.replace(" ", "").replace("\n", "")) == sorted(
        "".join(text for _, text in pieces).replace(" ", "")
    )


@given(st.text())
def test_any_text_at_all_can_be_taken_apart(text: str) -> None:
    split(text, ALL)
