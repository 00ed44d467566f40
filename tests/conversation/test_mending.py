"""What a PDF broke is put right, and nothing that is whole is touched."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.mending import mended

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("ดําเนินการจัดทําคู่มือ", "ดำเนินการจัดทำคู่มือ"),
        ("ด าเนินการ จัดท าคู่มือ จ านวน ๑๐ คน", "ดำเนินการ จัดทำคู่มือ จำนวน ๑๐ คน"),
        ("ดาเนินการจัดทาคู่มือ จานวน ๓ เล่ม", "ดำเนินการจัดทำคู่มือ จำนวน ๓ เล่ม"),
        ("ตามคาแนะนาของสานักงาน", "ตามคำแนะนำของสำนักงาน"),
        ("น้ าประปา", "น้ำประปา"),
        ("ผู ้เข้าร่วม  ประชุม", "ผู้เข้าร่วม ประชุม"),
        ("ที\uf70aประชุม", "ที่ประชุม"),
        ("ปี\uf70a", "ปี่"),
        ("ด าเนินการเเล้ว\u200b", "ดำเนินการแล้ว"),
    ],
)
def test_what_is_broken_is_put_right(broken: str, whole: str) -> None:
    assert mended(broken) == whole


@pytest.mark.parametrize(
    "text",
    [
        "สำนักงานดำเนินการจัดทำคู่มือ จำนวน ๓ เล่ม",
        "จัดทางเดินให้ผู้พิการ  และจัดทานอาหาร",
        "เเก้ไขแล้ว",
        "อบรม ๑ ครั้ง\n๓๕ คน",
        "บาง อาคาร",
        "Training 35 people  in May",
        "😀 ก\u200bข",
    ],
)
def test_what_is_whole_is_left_alone(text: str) -> None:
    assert mended(text) is text


WORDS = ["ดำเนินการ", "จัดทำ", "น้ำ", "สำนัก", "ประชาชน", "๓๕ คน", "การ", "ผู้เข้าร่วม", " ", "\n"]
WHOLE = st.lists(st.sampled_from(WORDS), max_size=30)


@given(WHOLE.map("".join))
def test_every_way_of_breaking_am_is_put_right(text: str) -> None:
    whole = unicodedata.normalize("NFC", " ".join(text.split()))
    assert mended(whole) == whole
    assert mended(whole.replace("ำ", "ํา")) == whole
    assert mended(whole.replace("ำ", " า")) == whole


@given(st.text(alphabet=st.sampled_from("กขนดทาำเแ่้ัิ ํ\n๑\uf70aก็")))
def test_mending_twice_is_mending_once(text: str) -> None:
    once = mended(text)
    assert mended(once) in {once, mended(mended(once))}


@given(st.text())
def test_any_text_may_be_mended(text: str) -> None:
    mended(text)
