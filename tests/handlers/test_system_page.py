"""The operator's page: what lives, what failed, and trying again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event as sql_event

from bot.domain.agencies import Agency, AgencyId
from bot.domain.people import ChatId
from bot.jobs import CHAT_TURN, COMPILE_REPORT, DELIVER
from bot.ports.records import EventId, OutgoingState, ReportState
from bot.services.logbook import Action
from tests.contracts.office import a_message, an_event

SYSTEM = "/admin/-/system/"


def text(browser: Any, path: str = SYSTEM) -> str:
    answer = browser.get(path, follow_redirects=True)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def done(rt: Any) -> list[Any]:
    with rt.store.read() as uow:
        return list(uow.log.entries(None))


@pytest.fixture
def trouble(office: Any, finished_report: Any) -> Any:
    """A refused message, an event that was given up, and a failed report."""
    chat = ChatId("chat-officer")
    with office.store.write() as uow:
        refused = a_message(chat_id=chat, kind="reminder", messages=({"type": "text", "text": "ถ้อยคำส่วนตัว"},))
        uow.outbox.add(replace(refused, state=OutgoingState.REFUSED, error="400 Invalid message"))
        uow.chats.add_event(an_event(chat_id=chat, payload={"message": {"text": "ถ้อยคำส่วนตัว"}}))
        for attempt in range(3):
            words = "ValueError('ถ้อยคำส่วนตัว')"
            uow.chats.fail_event(EventId("event-1"), words, give_up=attempt == 2, at=office.clock.now())
        uow.reports.save(replace(finished_report, state=ReportState.FAILED, error="ถ้อยคำส่วนตัว"))
    return office


def test_it_shows_processes_schedules_queues_and_channels(office: Any, enter: Any) -> None:
    page = text(enter("operator"))
    assert "ผู้ทำงาน" in page
    assert "สัญญาณล่าสุด ๒ วินาทีก่อน" in page
    assert "ไม่พบนาฬิกา (clock)" in page
    assert "ตารางเวลา sweep" in page
    assert '<th scope="row">chat</th><td>๓</td><td>๑</td>' in page
    assert "default" in page
    assert office.default.secret not in page
    assert 'aria-current="page">ระบบ</a>' in page


def test_without_redis_it_says_so(office: Any, enter: Any) -> None:
    office.redis_trouble = "away"
    assert "ติดต่อ Redis ไม่ได้" in text(enter("operator"))


def test_with_nothing_wrong_it_says_so(office: Any, enter: Any) -> None:
    assert text(enter("operator")).count("<li>ไม่มี</li>") == 3


def test_what_failed_is_shown_without_anybodys_words(trouble: Any, enter: Any) -> None:
    page = text(enter("operator"))
    assert "LINE ปฏิเสธ" in page
    assert "400 Invalid message" in page
    assert "ValueError" in page
    assert "องค์การบริหารส่วนตำบลทุ่งทอง" in page
    assert "ถ้อยคำส่วนตัว" not in page


def test_a_refused_message_is_sent_again_once(trouble: Any, enter: Any) -> None:
    browser = enter("operator")
    browser.press(SYSTEM, f"{SYSTEM}messages/outgoing-1")
    assert (DELIVER, ("chat-officer",)) in trouble.queue.jobs
    with trouble.store.read() as uow:
        assert uow.outbox.get("outgoing-1").state is OutgoingState.RESENT
    page = text(browser)
    assert "กำลังส่งข้อความอีกครั้ง" in page
    assert "ส่งข้อความอีกครั้ง <span" in page
    assert done(trouble)[0].action == Action.MESSAGE_RESENT
    browser.press(SYSTEM, f"{SYSTEM}messages/outgoing-1")
    assert "ถูกลองใหม่ไปแล้ว" in text(browser)


def test_an_event_is_read_again_once(trouble: Any, enter: Any) -> None:
    browser = enter("operator")
    browser.press(SYSTEM, f"{SYSTEM}events/event-1")
    assert (CHAT_TURN, ("chat-officer",)) in trouble.queue.jobs
    with trouble.store.read() as uow:
        assert [e.id for e in uow.chats.unread(ChatId("chat-officer"), 9)] == ["event-1"]
    assert done(trouble)[0].action == Action.EVENT_RETRIED
    browser.press(SYSTEM, f"{SYSTEM}events/event-1")
    assert "ถูกลองใหม่ไปแล้ว" in text(browser)


def test_a_failed_report_is_compiled_again(trouble: Any, enter: Any, finished_report: Any) -> None:
    browser = enter("operator")
    browser.press(SYSTEM, f"{SYSTEM}reports/report-1")
    with trouble.store.read() as uow:
        fresh = uow.reports.latest(finished_report.agency_id, finished_report.fiscal_year, 1)[0]
    assert (fresh.state, fresh.formats) == (ReportState.QUEUED, finished_report.formats)
    assert (COMPILE_REPORT, (fresh.id,)) in trouble.queue.jobs
    browser.press(SYSTEM, f"{SYSTEM}reports/{fresh.id}")
    assert "ถูกลองใหม่ไปแล้ว" in text(browser)


def test_its_queries_do_not_grow_with_the_agencies(office: Any, enter: Any) -> None:
    browser = enter("operator")
    with office.store.write() as uow:
        for number in range(200):
            uow.agencies.add(Agency(id=AgencyId(f"a{number}"), name=f"เทศบาลตำบลที่ {number}"))
    asked: list[str] = []
    sql_event.listen(office.store._engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    assert "๒๐๒" in text(browser)
    assert len(asked) <= 24, asked
