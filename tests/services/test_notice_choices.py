"""Nothing is pushed without a way to act on it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.conversation import words
from bot.conversation.types import Choice, Message
from bot.domain.people import Role
from bot.services import notice_choices
from tests.services.desk import Desk

ROOT = Path(__file__).parents[2]
SERVICES = ROOT / "bot" / "services"


def test_every_message_that_the_program_begins_has_its_way() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in SERVICES.glob("*.py"))
    said = {*re.findall(r'Message\(\s*name="(\w+)"', code), *re.findall(r'"(join_\w+|sign_off_\w+|acting_\w+)"', code)}
    have_words = {path.name for path in (ROOT / "templates" / "chat").iterdir()}
    own = {"reminder", "reminder_along", "group_status"}
    assert len(said & have_words) > 10
    assert (said & have_words) - own <= set(notice_choices.WAYS)


@pytest.mark.parametrize("name", notice_choices.WAYS)
def test_a_way_is_a_word_that_the_chat_knows_and_help_comes_last(name: str) -> None:
    choices = notice_choices.with_ways(Message(name=name)).choices
    assert all(words.command(choice.word) for choice in choices)
    assert choices[-1].word == words.Word.HELP
    assert all(len(choice.label) <= 20 for choice in choices)


def test_a_messages_own_buttons_stay() -> None:
    own = (Choice(label="ก", word="ก"),)
    assert notice_choices.with_ways(Message(name="media_lost", choices=own)).choices == own


def test_what_a_head_is_asked_and_what_comes_back_can_be_tapped(desk: Desk) -> None:
    desk.join("U-malee", "มาลี ใจงาม", measures="1")
    desk.join("U-head", "กัญญา หัวหน้า", Role.HEAD)
    desk.report("U-malee", 0)
    assert _labels(desk, "U-head")[:2] == ["เห็นชอบ", "ส่งกลับ"]
    desk.talk("U-head", "ส่งกลับ", "ขอภาพกิจกรรมเพิ่ม")
    assert _labels(desk, "U-malee")[:1] == ["แก้หลักฐาน"]  # what the reason is about
    assert "แก้ไข" in _labels(desk, "U-malee")
    assert "มาตรการที่ ๑" in desk.talk("U-malee", "แก้ไข")[0]


def _labels(desk: Desk, user: str) -> list[str]:
    """The buttons below what was pushed to somebody last."""
    pushed = [each for each in desk.line.sent if each.to == user and each.retry_key is not None]
    return [item["action"]["label"] for item in pushed[-1].messages[-1]["quickReply"]["items"]]
