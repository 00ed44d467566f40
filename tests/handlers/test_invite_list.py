"""A pasted list of people, read line by line."""

from __future__ import annotations

import pytest

from bot.domain.people import Role
from bot.services.invite_person import Wanted
from handlers.admin.invite_list import read_list

KNOWN = range(1, 9)


def wanted(text: str, role: Role = Role.OFFICER, measures: str = "") -> tuple[Wanted, ...]:
    read = read_list(text, role, measures, KNOWN)
    assert read.mistakes == ()
    return read.wanted


def mistakes(text: str, role: Role = Role.OFFICER, measures: str = "") -> str:
    return "\n".join(read_list(text, role, measures, KNOWN).mistakes)


def test_a_name_a_line_takes_role_and_measures_from_the_form() -> None:
    assert wanted("นางมะลิ  ใจงาม\n\n ๒. นายกล้า มั่นคง\n", measures="๑, ๓-๕") == (
        Wanted(name="นางมะลิ ใจงาม", role=Role.OFFICER, measures="1,3,4,5"),
        Wanted(name="นายกล้า มั่นคง", role=Role.OFFICER, measures="1,3,4,5"),
    )


@pytest.mark.parametrize(
    ("line", "role", "measures"),
    [
        ("มะลิ ใจงาม, ๒, ๔", Role.OFFICER, "2,4"),
        ("มะลิ ใจงาม\tผู้รายงาน\t2-3", Role.OFFICER, "2,3"),
        ("มะลิ ใจงาม | ทั้ง หมด", Role.OFFICER, "all"),
        ("มะลิ ใจงาม; หัวหน้า ส่วนราชการ", Role.HEAD, None),
        ("มะลิ ใจงาม, admin", Role.ADMIN, None),
    ],
)
def test_a_line_may_say_its_own(line: str, role: Role, measures: str | None) -> None:
    assert wanted(line, measures="1") == (Wanted(name="มะลิ ใจงาม", role=role, measures=measures),)


def test_the_forms_measures_are_for_officers_only() -> None:
    assert wanted("มะลิ ใจงาม", Role.AUDITOR, "1,2") == (Wanted(name="มะลิ ใจงาม", role=Role.AUDITOR),)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("มะลิ ใจงาม, นักบิน", "ไม่เข้าใจ “นักบิน”"),
        ("มะลิ ใจงาม, ๗-๑๐", "ไม่มีมาตรการที่ ๙, ๑๐ ในแผน"),
        ("มะลิ ใจงาม, หัวหน้า, ๑", "ไม่ได้รายงานมาตรการ"),
        ("มะลิ ใจงาม, หัวหน้า, ผู้ดูแล", "หลายบทบาท"),
        ("มะลิ ใจงาม, operator", "ไม่เข้าใจ “operator”"),
        (", ๑", "ไม่มีชื่อ"),
        ("ก" * 201, "ชื่อยาวเกินไป"),
        (" \n", "อย่างน้อยหนึ่งคน"),
    ],
)
def test_what_is_not_understood_is_named_with_its_line(line: str, words: str) -> None:
    assert words in mistakes(line)


def test_every_mistake_is_named_at_once_and_namesakes_too() -> None:
    said = mistakes("มะลิ ใจงาม\nกล้า มั่นคง, ๙๙\nมะลิ  ใจงาม")
    assert "บรรทัดที่ ๒" in said
    assert "บรรทัดที่ ๓: “มะลิ ใจงาม” ซ้ำ" in said


def test_a_hundred_at_once_and_no_more() -> None:
    assert len(wanted("\n".join(f"คนที่ {n}" for n in range(100)))) == 100
    assert "ไม่เกิน ๑๐๐ คน" in mistakes("\n".join(f"คนที่ {n}" for n in range(101)))
