"""What the overview says that waits beside the round, where each leads, and what the page costs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import event

from bot.domain.divisions import Division, DivisionId
from bot.domain.joining import Handover, HandoverId, JoinRequest, JoinRequestId
from bot.domain.people import ChatId, Membership, Person, PersonId, Role
from bot.domain.plans import Measure, MeasureId
from bot.domain.rounds import RoundNo
from bot.domain.sign_off import ChainStep, SignOff, SignOffId
from bot.ports.records import DEFAULT_CHANNEL, Chat, KnownQuota, OutgoingState
from bot.services.recheck_reminder import NOT_NEEDED

from .conftest import HERE, NOW, YEAR, person

OVERVIEW = "/admin/thungthong/2567/6/"


def text(browser: Any, path: str = OVERVIEW) -> str:
    answer = browser.get(path, follow_redirects=True)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def leads(browser: Any, words: str, page: str = OVERVIEW) -> str:
    """The page behind the link that says so."""
    found = re.search(rf'href="([^"]+)">[^<]*{words}', text(browser, page))
    assert found, words
    return text(browser, found[1])


def asks_to_join(rt: Any, number: int = 1) -> None:
    with rt.store.write() as uow:
        key = ChatId(f"stranger-{number}")
        uow.chats.add(Chat(id=key, channel_id=DEFAULT_CHANNEL, line_user_id=f"U-stranger-{number}"))
        request = JoinRequest(
            id=JoinRequestId(f"j-{number}"),
            chat_id=key,
            agency_id=HERE,
            name=f"นายขอเข้า {number}, กองช่าง",
            asked_at=NOW,
        )
        assert uow.join_requests.add(request)


def test_a_request_to_join_leads_to_where_it_is_decided(office: Any, enter: Any) -> None:
    asks_to_join(office)
    assert 'id="requests"' in leads(enter("admin"), "นายขอเข้า 1")


def test_a_report_that_waits_for_a_signature_leads_to_its_sign_off(
    office: Any, finished_report: Any, enter: Any
) -> None:
    step = ChainStep(label="ความเห็นของปลัด", position="ปลัด", person_id=person("approver"))
    sign_off = SignOff(
        id=SignOffId("s-1"),
        agency_id=HERE,
        fiscal_year=YEAR,
        round_no=RoundNo.SIX,
        report_id=finished_report.id,
        inputs_hash=finished_report.inputs_hash,
        title="รายงานที่รอลงนาม",
        reported=1,
        total=3,
        findings=0,
        started_at=NOW,
        started_by=person("admin"),
        steps=(step,),
        waiting_since=NOW,
    )
    with office.store.write() as uow:
        uow.sign_offs.add(sign_off)
    browser = enter("auditor")
    assert "ขั้นที่ ๑ จาก ๑ ความเห็นของปลัด" in text(browser)
    assert "นางลงนาม เห็นชอบ" in leads(browser, "รายงานที่รอลงนาม")


def test_an_offered_handover_leads_to_the_giver(office: Any, enter: Any) -> None:
    with office.store.write() as uow:
        uow.handovers.add(
            Handover(
                id=HandoverId("h-1"),
                agency_id=HERE,
                giver_id=person("officer"),
                taker_id=person("late"),
                measure_ids=(MeasureId("measure-1"),),
                offered_at=NOW,
            )
        )
    assert "นางสมศรี รายงานไว" in leads(enter("admin"), "นางสมศรี รายงานไว มอบให้ นายสมชาย มาช้า")


def failed(rt: Any, *, error: str = "invalid", days: int = 1, kind: str = "reminder") -> None:
    made = rt.notices.outgoing(ChatId("chat-officer"), kind, ({"type": "text", "text": "x"},))
    with rt.store.write() as uow:
        uow.outbox.add(replace(made, state=OutgoingState.REFUSED, error=error, created_at=NOW - timedelta(days=days)))


def test_messages_that_did_not_arrive_are_counted_and_lead_to_the_list(office: Any, enter: Any) -> None:
    failed(office)
    failed(office)
    failed(office, days=15)
    failed(office, error=NOT_NEEDED)
    failed(office, kind="turn")
    assert "LINE ปฏิเสธ" in leads(enter("admin"), "๒ ข้อความ")


def test_a_year_without_holidays_and_messages_that_run_low_are_told(office: Any, enter: Any) -> None:
    quota = KnownQuota(channel_id=DEFAULT_CHANNEL, limit=300, used=280, asked_at=NOW)
    with office.store.write() as uow:
        uow.people.add_membership(Membership(person_id=person("officer"), role=Role.HEAD, agency_id=HERE))
        uow.reminders.save_quota(quota)
    page = text(enter("admin"))
    assert "เดือนนี้ใช้ไป ๒๘๐ จาก ๓๐๐ ข้อความ" in page
    assert "เพิ่มวันหยุด" not in page
    with office.store.write() as uow:
        uow.reminders.save_quota(replace(quota, used=100))
    assert "เดือนนี้ใช้ไป" not in text(enter("admin"))


def test_what_waits_is_not_for_those_who_see_completeness_only(office: Any, enter: Any) -> None:
    asks_to_join(office)
    failed(office)
    page = text(enter("overseer"))
    assert "นายขอเข้า" not in page
    assert "ส่งไม่ถึง" not in page


def in_divisions(rt: Any) -> None:
    with rt.store.write() as uow:
        uow.divisions.save(Division(id=DivisionId("d-1"), agency_id=HERE, name="กองคลัง"))
        uow.divisions.put_person(HERE, person("officer"), [DivisionId("d-1")])


def test_every_division_has_a_bar_and_the_same_in_words(office: Any, enter: Any) -> None:
    in_divisions(office)
    page = text(enter("admin"))
    shown = page[page.index('id="by-division"') : page.index('id="waits"')]
    assert "กองคลัง" in shown
    assert "รายงานแล้ว ๑ จาก ๒ มาตรการ" in shown
    assert "ไม่ได้ระบุส่วนราชการ" in shown
    assert shown.count('role="img"') >= 2
    overseen = text(enter("overseer"))
    assert "กองคลัง" in overseen
    assert "/2567/6/2" not in overseen


def test_the_page_costs_the_same_queries_whatever_waits(office: Any, enter: Any) -> None:
    browser = enter("admin")
    in_divisions(office)
    asks_to_join(office)
    failed(office)
    asked: list[str] = []
    event.listen(office.store._engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    text(browser)
    few, asked[:] = len(asked), []
    with office.store.write() as uow:
        for number in range(50):
            key = PersonId(f"p{number}")
            uow.people.add(Person(id=key, name=f"คนที่ {number}"))
            uow.people.add_membership(Membership(person_id=key, role=Role.OFFICER, agency_id=HERE))
            uow.divisions.put_person(HERE, key, [DivisionId("d-1")])
        measures = [
            Measure(id=MeasureId(f"more-{no}"), agency_id=HERE, fiscal_year=YEAR, no=no, title=f"มาตรการที่เพิ่ม {no}")
            for no in range(4, 61)
        ]
        uow.plans.save([*uow.plans.measures(HERE, YEAR), *measures])
        for measure in measures:
            uow.plans.assign(measure.id, PersonId(f"p{measure.no % 50}"))
    for number in range(2, 30):
        asks_to_join(office, number)
        failed(office)
    asked.clear()
    assert "นายขอเข้า 29" in text(browser)
    assert len(asked) == few, asked
    assert few <= 28, asked
