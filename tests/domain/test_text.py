from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import arabic_digits, clean, match_key, thai_digits, unnumbered

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("ประชุม 3 ครั้ง ปี 2567", "ประชุม ๓ ครั้ง ปี ๒๕๖๗"),
        ("ดู https://www.example.go.th/2567/1?x=2 หน้า 5", "ดู https://www.example.go.th/2567/1?x=2 หน้า ๕"),
        ("เว็บไซต์www.abc2.go.th ข้อ 1", "เว็บไซต์www.abc2.go.th ข้อ ๑"),
        ("ส่ง saraban1@example.go.th ภายใน 7 วัน", "ส่ง saraban1@example.go.th ภายใน ๗ วัน"),
        ("ไฟล์ report_2568.pdf และ มาตรการ2567.docx 2 ไฟล์", "ไฟล์ report_2568.pdf และ มาตรการ2567.docx ๒ ไฟล์"),
        ("รายการ O26 ตาม ISO9001 ข้อ 3", "รายการ O26 ตาม ISO9001 ข้อ ๓"),
        ("COVID-19 ระลอก 2", "COVID-19 ระลอก ๒"),
        ("No Gift Policy 2567 (E-Service 3 เรื่อง)", "No Gift Policy ๒๕๖๗ (E-Service ๓ เรื่อง)"),
        ("ร้อยละ 91.40 วันที่ 5/10/2567", "ร้อยละ ๙๑.๔๐ วันที่ ๕/๑๐/๒๕๖๗"),
        ("แบบ........ เลขที่ 5", "แบบ........ เลขที่ ๕"),
        ("", ""),
    ],
)
def test_thai_digits_are_shown_except_in_addresses_file_names_and_codes(written: str, shown: str) -> None:
    assert thai_digits(written) == shown


@pytest.mark.parametrize("piece", [".", "1.", "a.", "1", "๑@", "a-", "x", "ก1.", "12.34/5-", "go.th.", "a@"])
def test_a_long_text_of_one_kind_of_character_ends(piece: str) -> None:
    assert thai_digits(piece * (20_000 // len(piece)) + " 5").endswith(" ๕")  # an exponential pattern never would


@given(st.text(max_size=300))
def test_showing_thai_digits_changes_nothing_but_digits(text: str) -> None:
    assert arabic_digits(thai_digits(text)) == arabic_digits(text)
    assert len(thai_digits(text)) == len(text)


@given(st.text(max_size=300))
def test_cleaning_is_nfc_with_trimmed_ends_and_doing_it_twice_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    assert cleaned == unicodedata.normalize("NFC", cleaned) == cleaned.strip()
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("จัดทำ", "จัดท\u0e4d\u0e32"),
        ("น้ำ", "น\u0e4d\u0e49\u0e32"),
        ("แผน", "เเผน"),
        ("ที่", "ท\u0e48\u0e35"),
        ("ผู้รับผิดชอบ", "ผู้\u200b รับ\u00a0ผิดชอบ"),
        ("ข้อ ๑๒", "ข้อ 12"),
        ("ITA", "ita"),
    ],
)
def test_spellings_broken_by_copying_meet_under_one_key(one: str, other: str) -> None:
    assert match_key(one) == match_key(other)


def test_different_words_do_not_meet() -> None:
    assert match_key("มาตรการ") != match_key("มาตราการ")


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("๓. การใช้งบประมาณ", "การใช้งบประมาณ"),
        ("3) การใช้งบประมาณ", "การใช้งบประมาณ"),
        ("มาตรการที่ ๓ การใช้งบประมาณ", "การใช้งบประมาณ"),
        ("๔. การใช้งบประมาณ", "๔. การใช้งบประมาณ"),
        ("๓๐ วันแห่งความโปร่งใส", "๓๐ วันแห่งความโปร่งใส"),
        ("๓.", "๓."),
    ],
)
def test_a_printed_number_is_not_said_twice(title: str, shown: str) -> None:
    assert unnumbered(title, 3) == shown
