"""The plan's page: who reports on what, several at once, and a measure changed in place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.people import InviteId, Membership, PersonId, Role
from bot.domain.plans import MeasureId
from bot.services.logbook import Action
from tests import builders

from .conftest import HERE, TITLES, YEAR

PLAN, EDIT = "/admin/thungthong/plan/2567/", "/admin/thungthong/plan/2567/1"
ASSIGN = f"{PLAN}officers"


def text(browser: Any, path: str) -> str:
    answer = browser.get(path, follow_redirects=True)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def reporters(rt: Any) -> dict[str, list[str]]:
    ids = [MeasureId(f"measure-{no}") for no in (1, 2, 3)]
    with rt.store.read() as uow:
        return {key: [p.id for p in people] for key, people in uow.plans.reporters(ids).items()}


def entries(rt: Any) -> list[Any]:
    with rt.store.read() as uow:
        return list(uow.log.entries(HERE))


def measure(rt: Any, no: int = 1) -> Any:
    with rt.store.read() as uow:
        return uow.plans.measure(MeasureId(f"measure-{no}"))


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields of the edit form."""
    return {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("measure", "seen")}


def typed(**changes: str) -> dict[str, str]:
    """What the form of measure 1 holds, with some of it changed."""
    kept = {"title": TITLES[0], "responsible": "สำนักปลัด", "period_text": "ไตรมาส ๒"}
    return {**kept, "period_start": "2024-01-01", "period_end": "2024-03-31", **changes}


def save(browser: Any, seen: dict[str, str], **changes: str) -> Any:
    return browser.press(EDIT, EDIT, **seen, **typed(**changes))


# Who reports on what


def test_the_plan_shows_measures_with_their_officers(office: Any, enter: Any) -> None:
    page = text(enter("admin"), "/admin/thungthong/plan/")
    assert "แผนมาตรการ ปีงบประมาณ พ.ศ. ๒๕๖๗" in page
    assert all(title in page for title in TITLES)
    third = page.split("<tr>")[-1]
    assert "นายสมชาย มาช้า" in third
    assert 'aria-current="page">แผน</a>' in page


def test_an_auditor_reads_the_plan_and_presses_nothing(office: Any, enter: Any) -> None:
    browser = enter("auditor")
    assert TITLES[1] in text(browser, PLAN)
    assert "<form" not in text(browser, PLAN).split("<main")[1]
    assert "<form" not in text(browser, EDIT).split("<main")[1]


def test_several_people_are_given_several_measures_at_once(office: Any, enter: Any) -> None:
    browser = enter("admin")
    people = ["person-late", "person-approver"]
    answer = browser.press(PLAN, ASSIGN, measure=["1", "2"], person=people, do="add")
    assert answer.status_code == 303
    assert reporters(office)["measure-1"] == ["person-officer", "person-approver", "person-late"]
    assert reporters(office)["measure-2"] == ["person-officer", "person-approver", "person-late"]
    assert "ให้ นางลงนาม เห็นชอบ, นายสมชาย มาช้า รายงาน ๒ มาตรการแล้ว" in text(browser, PLAN)
    (entry,) = entries(office)
    assert (entry.action, entry.details["numbers"]) == (Action.OFFICERS_ASSIGNED, [1, 2])
    with office.store.read() as uow:
        assert Role.OFFICER in {m.role for m in uow.people.memberships(PersonId("person-approver"))}


def test_all_measures_can_be_meant_and_people_taken_off_again(office: Any, enter: Any) -> None:
    browser = enter("admin")
    browser.press(PLAN, ASSIGN, all="yes", person="person-officer", do="remove")
    assert reporters(office) == {"measure-1": [], "measure-2": [], "measure-3": ["person-late"]}
    assert "ผลที่รายงานไว้ยังอยู่" in text(browser, PLAN)
    assert entries(office)[0].action == Action.OFFICERS_REMOVED


def test_somebody_who_was_invited_and_has_not_joined_can_be_assigned(office: Any, enter: Any) -> None:
    with office.store.write() as uow:
        uow.people.add(builders.PERSON)
        uow.people.add_invite(builders.invite(id=InviteId("i-9"), agency_id=HERE), "hash")
    browser = enter("admin")
    assert "มาลี ใจงาม" in text(browser, PLAN)
    browser.press(PLAN, ASSIGN, measure="3", person=builders.PERSON.id, do="add")
    assert reporters(office)["measure-3"] == ["person-late", builders.PERSON.id]


@pytest.mark.parametrize("chosen", [{"measure": "1"}, {"person": "person-late"}])
def test_choosing_only_half_is_said_and_changes_nothing(office: Any, enter: Any, chosen: dict[str, str]) -> None:
    browser, before = enter("admin"), reporters(office)
    browser.press(PLAN, ASSIGN, do="add", **chosen)
    assert "กรุณาเลือกมาตรการอย่างน้อยหนึ่งข้อ" in text(browser, PLAN)
    assert reporters(office) == before


@pytest.mark.parametrize(
    "strange", [{"measure": "9", "person": "person-late"}, {"measure": "1", "person": "person-head"}]
)
def test_what_the_agency_does_not_have_is_not_assigned(office: Any, enter: Any, strange: dict[str, str]) -> None:
    browser, before = enter("admin"), reporters(office)
    browser.press(PLAN, ASSIGN, do="add", **strange)
    assert "ยังไม่ได้บันทึก" in text(browser, PLAN)
    assert reporters(office) == before


def test_the_plan_costs_the_same_queries_however_long_it_is(office: Any, enter: Any) -> None:
    browser = enter("admin")
    with office.store.write() as uow:
        for number in range(50):
            person = builders.PERSON.__class__(id=PersonId(f"p{number}"), name=f"คนที่ {number}")
            uow.people.add(person)
            uow.people.add_membership(Membership(person_id=person.id, role=Role.OFFICER, agency_id=HERE))
        uow.plans.save([builders.measure(no, agency_id=HERE, fiscal_year=YEAR) for no in range(4, 64)])
        for no in range(4, 64):
            uow.plans.assign(builders.measure(no).id, PersonId(f"p{no % 50}"))
    asked: list[str] = []
    event.listen(office.store._engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    page = text(browser, PLAN)
    assert "๖๓ มาตรการ" in page
    assert len(asked) <= 16, asked


# One measure in place


def test_texts_are_changed_in_place_and_kept_exactly(office: Any, enter: Any) -> None:
    browser = enter("admin")
    seen = fields_of(text(browser, EDIT))
    answer = save(browser, seen, steps=" ๑. ประชุม\r\n๒. ประกาศ  ")
    assert (answer.status_code, answer.headers["Location"]) == (303, PLAN)
    changed = measure(office)
    assert changed.steps == "๑. ประชุม\n๒. ประกาศ"
    assert (changed.title, changed.period_start) == (TITLES[0], date(2024, 1, 1))
    assert entries(office)[0].details["fields"] == ["steps"]


def test_a_period_is_read_from_its_words_when_they_change(office: Any, enter: Any) -> None:
    browser = enter("admin")
    save(browser, fields_of(text(browser, EDIT)), period_text="ไตรมาส ๓-๔")
    assert (measure(office).period_start, measure(office).period_end) == (date(2024, 4, 1), date(2024, 9, 30))
    assert "ระยะเวลา ๑ เมษายน ๒๕๖๗ ถึง ๓๐ กันยายน ๒๕๖๗" in text(browser, PLAN)


def test_days_that_were_given_win_over_the_words(office: Any, enter: Any) -> None:
    browser = enter("admin")
    save(browser, fields_of(text(browser, EDIT)), period_text="ตามที่กำหนด", period_end="2024-04-15")
    assert (measure(office).period_start, measure(office).period_end) == (date(2024, 1, 1), date(2024, 4, 15))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "  "}, "กรุณาเขียนชื่อมาตรการ"),
        ({"period_end": "2023-12-01"}, "ต้องไม่มาก่อนวันเริ่ม"),
        ({"steps": "ก" * 20_001}, "กรุณาย่อ"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    office: Any, enter: Any, changes: dict[str, str], words: str
) -> None:
    browser = enter("admin")
    answer = save(browser, fields_of(text(browser, EDIT)), **{"approach": "คำที่พิมพ์ไว้", **changes})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in page
    assert "คำที่พิมพ์ไว้" in page
    assert measure(office).approach is None


def test_two_people_on_one_measure_are_told_rather_than_overwritten(office: Any, enter: Any) -> None:
    first, second = enter("admin"), enter("admin")
    seen = fields_of(text(first, EDIT))
    save(second, fields_of(text(second, EDIT)), responsible="กองคลัง")
    answer = save(first, seen, responsible="กองช่าง")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "มีผู้อื่นแก้ไขมาตรการนี้ก่อนคุณบันทึก" in page
    assert '<dd class="text">กองคลัง</dd>' in page
    assert "กองช่าง</textarea>" in page
    assert measure(office).responsible == "กองคลัง"
    save(first, fields_of(page), responsible="กองช่าง")
    assert measure(office).responsible == "กองช่าง"


def test_saving_without_a_change_writes_nothing_down(office: Any, enter: Any) -> None:
    browser = enter("admin")
    assert save(browser, fields_of(text(browser, EDIT))).status_code == 303
    assert entries(office) == []


def test_a_measure_of_another_agency_is_not_changed(office: Any, enter: Any) -> None:
    browser = enter("elsewhere")
    there = "/admin/bansuan/plan/2567/1"
    data = {**typed(title="ของเรา"), "measure": "measure-1", "seen": "x"}
    answer = browser.press("/admin/bansuan/plan/import", there, **data)
    assert answer.status_code == 404
    assert measure(office).title == TITLES[0]
