"""Codes: single use, no key to somebody else's answers, and wrong ones are slowed down."""

from __future__ import annotations

import pytest

from bot.domain.errors import BadInput, NotFound
from bot.domain.people import Role
from bot.domain.plans import Measure
from bot.services.invite_person import assign_measures
from tests import builders
from tests.services.desk import AGENCY, YEAR, Desk

MALEE, SOMSAK, STRANGER = "U-malee", "U-somsak", "U-stranger"


def _assigned(desk: Desk, user: str) -> list[int]:
    with desk.rt.store.read() as uow:
        return sorted(m.no for m in uow.plans.assigned_to(desk.person(user).id))


def _roles(desk: Desk, user: str) -> set[Role]:
    with desk.rt.store.read() as uow:
        return {m.role for m in uow.people.memberships(desk.person(user).id)}


@pytest.mark.parametrize(
    "disguise",
    [
        str.lower,
        lambda code: f" {code[:4]}-{code[4:]} ",
        lambda code: f"{code[:2]} {code[2:5]} {code[5:]}ครับ",
        lambda code: " ".join(code),
    ],
)
def test_case_blanks_dashes_and_politeness_do_not_matter(desk: Desk, disguise: object) -> None:
    assert callable(disguise)
    code = desk.invite("มาลี ใจงาม", measures="1")
    assert "มาลี ใจงาม" in desk.talk(MALEE, disguise(code))[0]


def test_used_expired_and_unknown_codes_get_the_same_answer_and_change_nothing(desk: Desk) -> None:
    used, old = desk.invite("มาลี ใจงาม", measures="1"), desk.invite("วีระ มาสาย", measures="2")
    desk.talk(MALEE, used)
    desk.clock.pass_time(days=31)
    answers = [desk.talk(f"{STRANGER}-{place}", code) for place, code in enumerate((used, old, "ABCDEFGH"))]
    assert answers[0] == answers[1] == answers[2]
    with desk.rt.store.read() as uow:
        for place in range(3):
            assert desk.chat(f"{STRANGER}-{place}").person_id is None
        assert [person.name for person, _ in uow.people.members(AGENCY.id)] == ["มาลี ใจงาม"]


def test_a_further_code_adds_its_role_and_measures_to_the_same_person(desk: Desk) -> None:
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    person = desk.person(MALEE)
    desk.join(MALEE, "ชื่อในรหัสที่สอง", measures="2")
    desk.join(MALEE, "มาลี ใจงาม", Role.HEAD)
    assert desk.person(MALEE) == person
    assert _assigned(desk, MALEE) == [1, 2]
    assert _roles(desk, MALEE) == {Role.OFFICER, Role.HEAD}


def test_a_second_code_of_the_same_name_is_the_same_person(desk: Desk) -> None:
    first, second = desk.invite("มาลี ใจงาม", measures="1"), desk.invite(" มาลี  ใจงาม ", measures="2")
    desk.talk(MALEE, first, second)
    assert _assigned(desk, MALEE) == [1, 2]
    with desk.rt.store.read() as uow:
        assert len({person.id for person, _ in uow.people.members(AGENCY.id)}) == 1


def test_a_namesake_does_not_get_the_others_answers(desk: Desk) -> None:
    first, second = desk.invite("มาลี ใจงาม", measures="1"), desk.invite("มาลี ใจงาม", measures="1")
    desk.talk(MALEE, first)
    desk.talk(MALEE, "รายงานผล", "แล้วเสร็จ", "เรื่องของมาลีคนแรก")
    heard = desk.talk(STRANGER, second)
    assert desk.person(STRANGER).id != desk.person(MALEE).id
    assert "เรื่องของมาลีคนแรก" not in "\n".join(heard + desk.talk(STRANGER, "รายงานผล"))


def test_ten_wrong_codes_an_hour_and_then_a_pause(desk: Desk) -> None:
    code = desk.invite("มาลี ใจงาม", measures="1")
    desk.talk(MALEE, *(f"WRNGCD{n:02d}".replace("0", "Z").replace("1", "Y") for n in range(10)))
    paused = desk.talk(MALEE, code)
    assert desk.chat(MALEE).person_id is None
    assert "มาลี" not in paused[0]
    desk.clock.pass_time(hours=1, seconds=1)
    assert "มาลี ใจงาม" in desk.talk(MALEE, code)[0]


def test_a_code_in_the_middle_of_an_answer_counts_only_while_it_lives(desk: Desk) -> None:
    desk.join(MALEE, "มาลี ใจงาม", measures="1")
    living = desk.invite("มาลี ใจงาม", Role.HEAD)
    end = ("เสร็จแล้ว", "ผล", "เสร็จแล้ว", "ข้าม", "ข้าม", "ยืนยัน")
    desk.talk(MALEE, "รายงานผล", "แล้วเสร็จ", "ABCDEFGH", living, *end)
    assert desk.submitted(1)[0].summary == "ABCDEFGH"
    assert _roles(desk, MALEE) == {Role.OFFICER, Role.HEAD}


@pytest.mark.parametrize(
    ("name", "role", "measures", "words"),
    [
        ("", Role.OFFICER, "1", "--name"),
        ("ก" * 201, Role.OFFICER, "1", "200"),
        ("มานี", Role.ADMIN, "1", "admin"),
        ("มานี", Role.OFFICER, "one", "1,3,4"),
        ("มานี", Role.OFFICER, "3", "3"),
    ],
)
def test_an_invitation_that_cannot_be_says_why_and_leaves_nobody_behind(
    desk: Desk, name: str, role: Role, measures: str, words: str
) -> None:
    from bot.services.invite_person import invite_person

    rt = desk.rt
    with pytest.raises((BadInput, NotFound), match=words):
        invite_person(rt.store, rt.ids, rt.keyed, rt.clock, AGENCY.id, role, name, fiscal_year=YEAR, measures=measures)
    with rt.store.read() as uow:
        assert uow.people.named(AGENCY.id, "มานี") is None


def test_assigning_needs_somebody_who_is_there(desk: Desk) -> None:
    desk.invite("มาลี ใจงาม", measures="1")
    person, measures = assign_measures(desk.rt.store, desk.ids, desk.clock, AGENCY.id, YEAR, "๒", "มาลี ใจงาม")
    assert (person.name, [m.no for m in measures]) == ("มาลี ใจงาม", [2])
    with pytest.raises(NotFound, match="สมชาย"):
        assign_measures(desk.rt.store, desk.ids, desk.clock, AGENCY.id, YEAR, "1", "สมชาย")


def test_the_greeting_names_what_is_expected_by_when(desk: Desk) -> None:
    plan: Measure = builders.measure(1)
    (greeting,) = desk.talk(MALEE, desk.invite("มาลี ใจงาม", measures="1"))
    assert plan.title in greeting
    assert "๑๐ ตุลาคม ๒๕๖๗" in greeting
