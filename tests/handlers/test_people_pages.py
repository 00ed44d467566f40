"""The people's page: who can be reached, inviting many, the sheet of codes, revoking and ending."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.people import ChatId, Membership, Person, PersonId, Role, normal_code
from bot.services.logbook import Action
from tests.contracts.office import an_event

from .conftest import HERE

PEOPLE = "/admin/thungthong/people/"
INVITE = f"{PEOPLE}invite"
END = f"{PEOPLE}person-officer/officer/end"


def text(browser: Any, path: str) -> str:
    answer = browser.get(path, follow_redirects=True)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def ask(browser: Any, people: str, role: str = "officer", measures: str = "") -> Any:
    return browser.press(PEOPLE, INVITE, people=people, role=role, measures=measures, year="2567")


def codes(page: str) -> list[str]:
    return re.findall(r'class="code" translate="no">([A-Z0-9-]+)<', page)


def waiting(rt: Any) -> list[Any]:
    with rt.store.read() as uow:
        return [each for each in uow.people.unused_invites(HERE) if each.expires_at > rt.clock.now()]


def entries(rt: Any) -> list[Any]:
    with rt.store.read() as uow:
        return list(uow.log.entries(HERE))


def row_of(page: str, name: str) -> str:
    return next(row for row in page.split("<tr")[1:] if name in row)


def test_it_shows_roles_measures_and_who_can_be_reached(office: Any, enter: Any) -> None:
    with office.store.write() as uow:
        uow.chats.add_event(an_event(chat_id=ChatId("chat-officer"), at=office.clock.now()))
    page = text(enter("admin"), PEOPLE)
    officer, late = row_of(page, "นางสมศรี รายงานไว"), row_of(page, "นายสมชาย มาช้า")
    assert "เข้าร่วมแล้ว" in officer
    assert "ล่าสุด ๑๔ มีนาคม ๒๕๖๗ เวลา ๐๙.๓๐ น." in officer
    assert "<td>๑, ๒</td>" in officer
    assert "ยังไม่เข้าร่วม" in late
    with office.store.write() as uow:
        uow.chats.set_blocked(ChatId("chat-officer"), True)
    assert "บล็อกบอต" in row_of(text(enter("admin"), PEOPLE), "นางสมศรี รายงานไว")


def test_an_auditor_reads_and_presses_nothing(office: Any, enter: Any) -> None:
    page = text(enter("auditor"), PEOPLE)
    assert "นางสมศรี รายงานไว" in page
    assert "<form" not in page.split("<main")[1]
    assert "ให้พ้น" not in page


def test_many_are_invited_at_once_with_a_sheet_of_codes(office: Any, enter: Any) -> None:
    browser = enter("admin")
    answer = ask(browser, "นางมะลิ ใจงาม\nนายกล้า มั่นคง, หัวหน้า", measures="1-2")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    first, second = codes(page)
    assert page.count("<svg") == 2
    assert "มาตรการที่ ๑, ๒ ปี ๒๕๖๗" in page
    with office.store.read() as uow:
        mali, kla = (
            uow.people.living_invite(office.keyed.hash("invite", normal_code(code)), office.clock.now())
            for code in (first, second)
        )
        assert (mali.name, mali.role, len(mali.measure_ids)) == ("นางมะลิ ใจงาม", Role.OFFICER, 2)
        assert (kla.name, kla.role, kla.measure_ids) == ("นายกล้า มั่นคง", Role.HEAD, ())
    (entry,) = entries(office)
    assert (entry.action, entry.person_id) == (Action.INVITED, "person-admin")
    assert entry.details["people"] == ["นางมะลิ ใจงาม", "นายกล้า มั่นคง"]
    listed = text(browser, PEOPLE)
    assert "รหัสที่ยังไม่ได้ใช้ ๒ รหัส" in listed
    assert first not in listed


def test_with_a_mistake_nobody_is_invited_and_the_list_stays(office: Any, enter: Any) -> None:
    answer = ask(enter("admin"), "นางมะลิ ใจงาม\nนายกล้า มั่นคง, ๙๙")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "บรรทัดที่ ๒: ไม่มีมาตรการที่ ๙๙ ในแผน" in page
    assert "นายกล้า มั่นคง, ๙๙</textarea>" in page
    assert waiting(office) == []


@pytest.mark.parametrize("role", ["operator", "king"])
def test_roles_that_are_not_given_here_are_refused(office: Any, enter: Any, role: str) -> None:
    assert ask(enter("admin"), "นางมะลิ ใจงาม", role=role).status_code == 404
    assert waiting(office) == []


def test_an_unused_code_is_revoked_once(office: Any, enter: Any) -> None:
    browser = enter("admin")
    ask(browser, "นางมะลิ ใจงาม")
    (invite,) = waiting(office)
    path = f"{PEOPLE}invites/{invite.id}/revoke"
    browser.press(PEOPLE, path)
    assert waiting(office) == []
    assert entries(office)[0].action == Action.INVITE_REVOKED
    page = text(browser, PEOPLE)
    assert "ยกเลิกรหัสของ นางมะลิ ใจงาม แล้ว" in page
    assert "รหัสหมดอายุหรือถูกยกเลิกก่อนเข้าร่วม" in page
    browser.press(PEOPLE, path)
    assert "จึงไม่ต้องยกเลิก" in text(browser, PEOPLE)


def test_a_code_of_another_agency_is_not_revoked(office: Any, enter: Any) -> None:
    ask(enter("admin"), "นางมะลิ ใจงาม")
    (invite,) = waiting(office)
    other = enter("elsewhere")
    other.press("/admin/bansuan/people/", f"/admin/bansuan/people/invites/{invite.id}/revoke")
    assert waiting(office) == [invite]


def test_ending_a_role_asks_first_and_takes_the_measures_away(office: Any, enter: Any) -> None:
    browser = enter("admin")
    question = text(browser, END)
    assert "จะไม่ต้องรายงาน ๒ มาตรการนี้อีก" in question
    browser.press(END, END)
    with office.store.read() as uow:
        assert uow.people.memberships(PersonId("person-officer")) == []
        assert uow.plans.assigned_to(PersonId("person-officer")) == []
    said = text(browser, PEOPLE)
    assert "ไม่ได้เป็นผู้รายงานแล้ว" in said
    assert entries(office)[0].action == Action.ROLE_ENDED
    assert browser.get(END).status_code == 404
    browser.press(PEOPLE, END)
    assert "สิ้นสุดไปก่อนแล้ว" in text(browser, PEOPLE)


def restore_of(browser: Any) -> str:
    found = re.search(r'action="([^"]+/restore)"', text(browser, PEOPLE))
    assert found is not None
    return found[1]


def test_a_role_ended_by_mistake_comes_back_with_its_measures_by_one_press(office: Any, enter: Any) -> None:
    browser = enter("admin")
    browser.press(END, END)
    assert "คืนบทบาทพร้อม ๒ มาตรการ" in text(browser, PEOPLE)
    assert "/restore" not in text(enter("auditor"), PEOPLE)
    back = restore_of(browser)
    browser.press(PEOPLE, back)
    assert "ตามเดิมแล้ว" in text(browser, PEOPLE)
    with office.store.read() as uow:
        assert [m.role for m in uow.people.memberships(PersonId("person-officer"))] == [Role.OFFICER]
        assert [m.no for m in uow.plans.assigned_to(PersonId("person-officer"))] == [1, 2]
    assert entries(office)[0].action == Action.ROLE_GIVEN
    browser.press(PEOPLE, back)
    assert "มีผู้คืนไปก่อน" in text(browser, PEOPLE)


def test_after_a_while_or_from_elsewhere_a_role_is_not_given_back(office: Any, enter: Any) -> None:
    browser, other = enter("admin"), enter("elsewhere")
    browser.press(END, END)
    back = restore_of(browser)
    other.press("/admin/bansuan/people/", back.replace("thungthong", "bansuan"))
    office.clock.pass_time(minutes=16)
    assert "/restore" not in text(browser, PEOPLE)
    browser.press(PEOPLE, back)
    with office.store.read() as uow:
        assert uow.people.memberships(PersonId("person-officer")) == []


def test_the_last_admin_stays(office: Any, enter: Any) -> None:
    browser = enter("admin")
    path = f"{PEOPLE}person-admin/admin/end"
    assert "เป็นผู้ดูแลคนเดียว" in text(browser, path)
    browser.press(PEOPLE, path)
    assert "ต้องมีผู้ดูแลอย่างน้อยหนึ่งคน" in text(browser, PEOPLE)


def test_an_admin_who_ends_their_own_role_is_out_at_once(office: Any, enter: Any) -> None:
    with office.store.write() as uow:
        uow.people.add_membership(Membership(person_id=PersonId("person-late"), role=Role.ADMIN, agency_id=HERE))
    browser = enter("admin")
    path = f"{PEOPLE}person-admin/admin/end"
    assert "บทบาทของคุณเอง" in text(browser, path)
    assert browser.press(path, path).headers["Location"] == "/admin/"
    assert browser.get(PEOPLE).status_code == 403


def test_the_page_costs_the_same_queries_for_fifty_people(office: Any, enter: Any) -> None:
    browser = enter("admin")
    with office.store.write() as uow:
        for number in range(50):
            key = PersonId(f"p{number}")
            uow.people.add(Person(id=key, name=f"คนที่ {number}"))
            uow.people.add_membership(Membership(person_id=key, role=Role.OFFICER, agency_id=HERE))
    asked: list[str] = []
    event.listen(office.store._engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    assert "คนที่ 49" in text(browser, PEOPLE)
    assert len(asked) <= 18, asked
