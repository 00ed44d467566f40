"""An admin says something of an update without sending it back: kept, told once in the chat, shown on the pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.comments import MOST_COMMENTS
from bot.domain.people import ChatId
from bot.domain.updates import Review, Stage, UpdateId
from bot.jobs import DELIVER

MEASURE = "/admin/thungthong/2567/6/1"
COMMENT = f"{MEASURE}/comment"
WORDS = "ดีมาก ปีหน้าขอภาพเพิ่ม\nขอบคุณ"


def text(browser: Any, path: str = MEASURE) -> str:
    answer = browser.get(path, follow_redirects=True)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def says(browser: Any, words: str = WORDS, update: str = "update-1") -> str:
    answer = browser.press(MEASURE, COMMENT, update=update, text=words)
    assert (answer.status_code, answer.headers["Location"]) == (303, MEASURE)
    return text(browser)


def told(rt: Any) -> list[str]:
    with rt.store.write() as uow:
        at = rt.clock.now()
        return [
            str(m.messages) for m in uow.outbox.claim([ChatId("chat-officer")], at, at) if m.kind == "update_comment"
        ]


def test_a_comment_is_kept_shown_and_told_while_the_update_stands(office: Any, enter: Any) -> None:
    page = says(enter("admin"))
    assert "ส่งข้อความแล้ว" in page
    assert f'<p class="text">{WORDS}</p><small>นางสาวพิมพ์ใจ ดูแลดี' in page
    assert WORDS in text(enter("auditor"), f"{MEASURE}/versions")
    (message,) = told(office)
    assert "ดีมาก ปีหน้าขอภาพเพิ่ม" in message
    assert (DELIVER, (ChatId("chat-officer"),)) in [tuple(job[:2]) for job in office.queue.jobs]
    with office.store.read() as uow:
        update = uow.updates.get(UpdateId("update-1"))
        assert (update.review, update.stage) == (Review.PENDING, Stage.SUBMITTED)
        assert [entry.action for entry in uow.log.entries(update and "thungthong")][:1] == ["update_commented"]


def test_the_same_words_pressed_twice_are_said_once(office: Any, enter: Any) -> None:
    browser = enter("admin")
    says(browser)
    assert "ข้อความนี้ส่งไปแล้ว" in says(browser)
    assert text(browser).count("ปีหน้าขอภาพเพิ่ม") == 1


@pytest.mark.parametrize("words", ["", "  \n "])
def test_a_comment_says_something(office: Any, enter: Any, words: str) -> None:
    assert "กรุณาเขียนข้อความ" in says(enter("admin"), words)
    assert told(office) == []


def test_after_many_comments_the_way_is_to_send_it_back(office: Any, enter: Any) -> None:
    browser = enter("admin")
    for number in range(MOST_COMMENTS):
        says(browser, f"ข้อความที่ {number}")
    assert "กรุณาส่งกลับพร้อมเหตุผล" in says(browser, "อีกข้อความ")


def test_an_update_that_was_replaced_meanwhile_is_not_commented_on(office: Any, enter: Any) -> None:
    browser = enter("admin")
    with office.store.write() as uow:
        uow.updates.save(replace(uow.updates.get(UpdateId("update-1")), stage=Stage.SUPERSEDED))
    answer = browser.press("/admin/thungthong/people/", COMMENT, update="update-1", text=WORDS)
    assert answer.status_code == 303
    assert "ถูกแทนด้วยฉบับใหม่แล้ว" in text(browser)
    assert told(office) == []


def test_an_update_is_commented_on_from_its_own_measure_only(office: Any, enter: Any) -> None:
    browser = enter("admin")
    browser.press(MEASURE, "/admin/thungthong/2567/6/2/comment", update="update-1", text=WORDS)
    assert told(office) == []


def test_somebody_without_a_chat_is_to_be_told_otherwise(office: Any, enter: Any) -> None:
    with office.store.write() as uow:
        uow.chats.set_blocked(ChatId("chat-officer"), True)
    assert "กรุณาแจ้งด้วยทางอื่น" in says(enter("admin"))


def test_auditors_have_nothing_to_write_in(office: Any, enter: Any) -> None:
    assert "/comment" not in text(enter("auditor"))
