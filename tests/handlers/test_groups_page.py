"""The page of LINE groups: what serves the agency is shown, and an admin sends the bot away."""

from __future__ import annotations

from typing import Any

import pytest

from bot.domain.people import ChatId
from bot.jobs import DELIVER
from bot.ports.records import DEFAULT_CHANNEL, Chat, ChatKind, Group, OutgoingState
from bot.services.logbook import Action
from bot.services.notices import LEAVE
from tests.handlers.conftest import HERE, NOW, THERE, person

PAGE, CHAT = f"/admin/{HERE}/groups/", ChatId("group-1")
LEAVES = f"{PAGE}{CHAT}/leave"


@pytest.fixture
def linked(office: Any) -> Any:
    with office.store.write() as uow:
        uow.chats.add(Chat(id=CHAT, channel_id=DEFAULT_CHANNEL, line_user_id="C" + "1" * 32, kind=ChatKind.GROUP))
        uow.groups.save(Group(chat_id=CHAT, agency_id=HERE, asked_by=person("admin"), linked_at=NOW))
    return office


def text(browser: Any, path: str = PAGE) -> str:
    answer = browser.get(path, follow_redirects=True)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def test_a_group_is_shown_with_when_and_by_whom_it_was_linked(linked: Any, enter: Any) -> None:
    page = text(enter("admin"))
    assert "กลุ่มที่ ๑" in page
    assert "นางสาวพิมพ์ใจ ดูแลดี" in page
    assert "C" + "1" * 32 not in page
    assert "กลุ่มไลน์" in text(enter("admin"), f"/admin/{HERE}/settings/")


def test_an_auditor_sees_no_button_and_nobody_else_sees_the_page(linked: Any, enter: Any) -> None:
    assert "ออกจากกลุ่ม</button>" not in text(enter("auditor"))
    assert enter("overseer").get(PAGE).status_code == 403


def test_an_admin_has_the_bot_leave(linked: Any, enter: Any) -> None:
    browser = enter("admin")
    assert browser.press(PAGE, LEAVES).status_code == 303
    assert (DELIVER, (CHAT,)) in linked.queue.jobs
    with linked.store.read() as uow:
        assert uow.groups.of_agency(HERE) == []
        waiting = uow.outbox.newest(CHAT, LEAVE)
        assert waiting is not None
        assert (waiting.state, waiting.messages) == (OutgoingState.QUEUED, ())
        assert [entry.name for entry in uow.log.entries(HERE, actions=[Action.GROUP_LEFT])]
    assert "ยังไม่มีกลุ่มที่เชื่อม" in text(browser)


def test_leaving_twice_is_leaving_once(linked: Any, enter: Any) -> None:
    browser = enter("admin")
    browser.press(PAGE, LEAVES)
    browser.press(f"/admin/{HERE}/settings/", LEAVES)
    assert "ไม่ได้เชื่อมกับหน่วยงานแล้ว" in text(browser)
    with linked.store.read() as uow:
        assert len(uow.log.entries(HERE, actions=[Action.GROUP_LEFT])) == 1


def test_an_admin_of_another_agency_sends_nobody_away(linked: Any, enter: Any) -> None:
    there = f"/admin/{THERE}/groups/{CHAT}/leave"
    browser = enter("elsewhere")
    browser.press(f"/admin/{THERE}/settings/", there)
    with linked.store.read() as uow:
        assert [group.chat_id for group in uow.groups.of_agency(HERE)] == [CHAT]
