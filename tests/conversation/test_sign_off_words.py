"""What is said about signing is whole in English too, and every message is one that LINE takes."""

from __future__ import annotations

import pytest

from bot.adapters.jinja.chat import ChatRenderer
from bot.conversation.types import Message
from bot.simulator.validation import validate_messages
from tests import builders
from tests.conversation.test_transcripts import FILES, ROOT, name_of
from tests.conversation.transcript import replay

pytestmark = pytest.mark.pure

RENDERER = ChatRenderer(ROOT / "templates" / "chat")
OURS = (
    *("sign_card", "sign_request", "ask_sign_opinion", "ask_sign_return", "signed", "sign_sent_back", "sign_gone"),
    *("several_waiting", "sign_off_done", "sign_off_returned"),
)
SIGNING = [path for path in FILES if path.parent.name == "sign_off"]


@pytest.mark.parametrize("path", SIGNING, ids=name_of)
def test_every_answer_about_signing_can_be_said_in_english(path) -> None:
    _, player = replay(path.read_text(encoding="utf-8"))
    ours = [message for messages in player.said for message in messages if message.name in OURS]
    assert ours
    for message in ours:
        thai, english = (RENDERER.render(message, language) for language in ("th", "en"))
        assert validate_messages(english) == []
        assert thai != english, message.name


@pytest.mark.parametrize("language", ["th", "en"])
def test_what_is_pushed_about_signing_is_taken_by_line(language: str) -> None:
    shown = dict(builders.sign_card().shown)
    long = {"title": "ก" * 500, "agency": "ข" * 300, "label": "ค" * 300, "reason": "ง" * 3000, "by": "สมชาย"}
    said = [{"name": f"คน {n}", "opinion": "จ" * 2000} for n in range(12)]
    for name in ("sign_request", "sign_off_done", "sign_off_returned"):
        for values in (shown, {**shown, "url": ""}, {**shown, **long, "said": said}):
            message = Message(name=name, values={"reason": "", "by": "", **values})
            assert validate_messages(RENDERER.render(message, language)) == []


def test_the_sample_card_says_which_version_and_who_spoke_before() -> None:
    (card,) = RENDERER.render(Message(name="sign_request", values=builders.sign_card().shown), "en")
    assert "K7RM-3XQA" in str(card)
    assert "ไม่ขัดข้องและพิจารณาแล้ว" in str(card)
    assert "3 of 4 measures" in str(card)
