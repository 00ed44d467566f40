"""A person's own page, divisions, and requests to join."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.domain.divisions import DivisionId
from bot.domain.joining import JoinRequest, JoinRequestId
from bot.domain.people import ChatId, Role
from bot.domain.plans import MeasureId
from bot.ports.records import DEFAULT_CHANNEL, Chat
from bot.services.logbook import Action

from .conftest import HERE, person

PEOPLE = "/admin/thungthong/people/"
OFFICER = f"{PEOPLE}person-officer/"
DIVISIONS = "/admin/thungthong/divisions/"


def text(browser: Any, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def last(rt: Any) -> Any:
    with rt.store.read() as uow:
        return uow.log.entries(HERE)[0]


def division(rt: Any, name: str = "กองคลัง") -> DivisionId:
    with rt.store.read() as uow:
        return next(each.id for each in uow.divisions.of_agency(HERE).all if each.name == name)


def test_it_shows_everything_about_them(office: Any, enter: Any) -> None:
    page = text(enter("admin"), OFFICER)
    for words in ("นางสมศรี รายงานไว", "ผู้รายงาน", "เข้าร่วมแล้ว", "มาตรการป้องกันการรับสินบน", "ไม่มีวันลา", "ภาษาไทย"):
        assert words in page
    assert "การเข้าหน้าเว็บ" not in page
    assert "การเข้าหน้าเว็บ" in text(enter("admin"), f"{PEOPLE}person-admin/")


def test_an_auditor_reads_and_changes_nothing(office: Any, enter: Any) -> None:
    for path in (OFFICER, DIVISIONS):
        assert "<form" not in text(enter("auditor"), path).split("<main")[1]


@pytest.mark.parametrize("who", ["person-elsewhere", "nobody"])
def test_somebody_of_another_agency_has_no_page_here(office: Any, enter: Any, who: str) -> None:
    assert enter("admin").get(f"{PEOPLE}{who}/").status_code == 404


def test_leave_is_set_shown_and_ended(office: Any, enter: Any) -> None:
    browser = enter("admin")
    browser.press(OFFICER, f"{OFFICER}leave", first="2024-03-11", last="2024-03-20")
    assert "ลา ๑๑ มีนาคม ๒๕๖๗ ถึง ๒๐ มีนาคม ๒๕๖๗" in text(browser, OFFICER)
    assert "ลาถึง ๒๐ มี.ค. ๖๗" in text(browser, PEOPLE)
    assert last(office).action == Action.LEAVE_SET
    browser.press(OFFICER, f"{OFFICER}leave", first="", last="")
    assert "ไม่มีวันลา" in text(browser, OFFICER)
    browser.press(OFFICER, f"{OFFICER}leave", first="2024-03-20", last="2024-03-11")
    assert "ยังบันทึกไม่ได้" in text(browser, OFFICER)


def test_somebody_acts_and_it_is_ended(office: Any, enter: Any) -> None:
    browser = enter("admin")
    days = {"first": "2024-03-14", "last": "2024-03-20", "other": "person-late"}
    browser.press(OFFICER, f"{OFFICER}acting", **days)
    assert "นายสมชาย มาช้า รักษาราชการแทน" in text(browser, PEOPLE)
    with office.store.read() as uow:
        (post,) = uow.acting.on(date(2024, 3, 14), agency_id=HERE)
    assert (post.holder_id, post.acting_id, post.made_by) == (person("officer"), person("late"), person("admin"))
    assert "รักษาราชการแทน นางสมศรี รายงานไว" in text(browser, f"{PEOPLE}person-late/")
    browser.press(OFFICER, f"{OFFICER}acting", **days)
    assert "มีผู้รักษาราชการแทนอยู่แล้ว" in text(browser, OFFICER)
    browser.press(OFFICER, f"{OFFICER}acting/{post.id}/end")
    assert "ไม่มีผู้รักษาราชการแทน" in text(browser, OFFICER)
    assert last(office).action == Action.ACTING_ENDED


def test_measures_are_handed_over(office: Any, enter: Any) -> None:
    browser = enter("admin")
    browser.press(OFFICER, f"{OFFICER}handover", measure="measure-2", other="person-late")
    with office.store.read() as uow:
        reporters = uow.plans.reporters([MeasureId("measure-1"), MeasureId("measure-2")])
    assert {m: [p.id for p in people] for m, people in reporters.items()} == {
        "measure-1": [person("officer")],
        "measure-2": [person("late")],
    }
    assert "นางสมศรี รายงานไว ให้ นายสมชาย มาช้า ๑ มาตรการ" in text(browser, OFFICER)
    browser.press(OFFICER, f"{OFFICER}handover", other="person-late")
    assert "ยังบันทึกไม่ได้" in text(browser, OFFICER)


def test_a_further_role_is_given_once(office: Any, enter: Any) -> None:
    browser = enter("admin")
    browser.press(OFFICER, f"{OFFICER}roles", role="head")
    with office.store.read() as uow:
        assert {m.role for m in uow.people.memberships(person("officer"))} == {Role.OFFICER, Role.HEAD}
    assert last(office).action == Action.ROLE_GIVEN
    for role in ("head", "operator", "king"):
        browser.press(OFFICER, f"{OFFICER}roles", role=role)
        assert "ยังบันทึกไม่ได้" in text(browser, OFFICER)


def test_divisions_are_added_renamed_filled_and_removed(office: Any, enter: Any) -> None:
    browser = enter("admin")
    assert "ยังไม่มีส่วนราชการ" in text(browser, DIVISIONS)
    browser.press(DIVISIONS, f"{DIVISIONS}add", name="  กอง  คลัง ")
    assert "กอง คลัง" in text(browser, DIVISIONS)
    key = division(office, "กอง คลัง")
    browser.press(DIVISIONS, f"{DIVISIONS}{key}/rename", name="กองคลัง")
    browser.press(DIVISIONS, f"{DIVISIONS}add", name="กองคลัง")
    assert "ไม่ซ้ำกับส่วนราชการอื่น" in text(browser, DIVISIONS)
    browser.press(DIVISIONS, f"{DIVISIONS}{key}/measures", measure="measure-2")
    seen = text(browser, OFFICER).split('name="seen" value="')[1].split('"')[0]
    browser.press(OFFICER, f"{OFFICER}profile", seen=seen, language="en", division=key)
    page = text(browser, DIVISIONS)
    assert "นางสมศรี รายงานไว" in page
    with office.store.read() as uow:
        assert uow.divisions.of_agency(HERE).of_measures == {"measure-2": key}
        changed = uow.people.get(person("officer"))
    assert changed.language == "en"
    assert last(office).details["fields"] == ["language", "divisions"]
    assert "กองคลัง" in text(browser, PEOPLE)
    browser.press(DIVISIONS, f"{DIVISIONS}{key}/remove")
    browser.press(DIVISIONS, f"{DIVISIONS}add", name="กองช่าง")
    browser.press(DIVISIONS, f"{DIVISIONS}{key}/remove")
    assert "ถูกนำออกไปก่อนแล้ว" in text(browser, DIVISIONS)


def test_two_who_change_one_profile_are_told(office: Any, enter: Any) -> None:
    one, other = enter("admin"), enter("admin")
    seen = text(one, OFFICER).split('name="seen" value="')[1].split('"')[0]
    other.press(OFFICER, f"{OFFICER}profile", seen=seen, language="en")
    one.press(OFFICER, f"{OFFICER}profile", seen=seen, language="th")
    assert "มีผู้แก้ไขข้อมูลนี้ไปก่อน" in text(one, OFFICER)
    with office.store.read() as uow:
        assert uow.people.get(person("officer")).language == "en"


def test_an_admin_signs_somebody_out_everywhere_but_themselves_here(office: Any, enter: Any) -> None:
    auditor, admin = enter("auditor"), enter("admin")
    page = f"{PEOPLE}person-auditor/"
    assert "Firefox · Linux" in text(admin, page)
    admin.press(page, f"{page}sessions/end")
    assert auditor.get(PEOPLE).status_code == 401
    assert last(office).action == Action.SESSION_ENDED
    mine = f"{PEOPLE}person-admin/"
    admin.press(mine, f"{mine}sessions/end")
    assert admin.get(PEOPLE).status_code == 200


@pytest.fixture
def asked(office: Any) -> Any:
    """Somebody asks to be let in."""
    with office.store.write() as uow:
        uow.chats.add(Chat(id=ChatId("chat-new"), channel_id=DEFAULT_CHANNEL, line_user_id="U-new"))
        uow.join_requests.add(
            JoinRequest(
                id=JoinRequestId("ask-1"),
                chat_id=ChatId("chat-new"),
                agency_id=HERE,
                name="นางมะลิ ใจงาม, กองคลัง",
                asked_at=office.clock.now(),
            )
        )
    return office


REQUEST = f"{PEOPLE}requests/ask-1"


def test_a_request_is_approved_with_role_and_measures(asked: Any, enter: Any) -> None:
    browser = enter("admin")
    assert "นางมะลิ ใจงาม, กองคลัง" in text(browser, PEOPLE)
    chosen = {"name": "นางมะลิ ใจงาม", "role": "officer", "measures": "๑,3", "year": "2567"}
    browser.press(PEOPLE, REQUEST, decision="approve", **chosen)
    with asked.store.read() as uow:
        chat = uow.chats.get(ChatId("chat-new"))
        assert [m.no for m in uow.plans.assigned_to(chat.person_id)] == [1, 3]
        assert [m.role for m in uow.people.memberships(chat.person_id)] == [Role.OFFICER]
    assert last(asked).action == Action.JOIN_APPROVED
    browser.press(PEOPLE, REQUEST, decision="deny")
    assert "มีผู้ตอบไปแล้ว" in text(browser, PEOPLE)


def test_a_request_is_denied(asked: Any, enter: Any) -> None:
    browser = enter("admin")
    browser.press(PEOPLE, REQUEST, decision="deny", name="", role="officer")
    with asked.store.read() as uow:
        assert uow.chats.get(ChatId("chat-new")).person_id is None
    assert "นางมะลิ" not in text(browser, PEOPLE).split("<main")[1].split("<table")[0]


@pytest.mark.parametrize("wrong", [{"name": ""}, {"role": "king"}, {"measures": "x"}, {"measures": "9"}])
def test_what_cannot_be_approved_is_said_and_waits(asked: Any, enter: Any, wrong: dict[str, str]) -> None:
    browser = enter("admin")
    fields = {"name": "มะลิ", "role": "officer", "measures": "1", "year": "2567"} | wrong
    browser.press(PEOPLE, REQUEST, decision="approve", **fields)
    with asked.store.read() as uow:
        assert uow.chats.get(ChatId("chat-new")).person_id is None
    assert "คำขอเข้าร่วม ๑ คำขอ" in text(browser, PEOPLE)
