"""Every golden conversation is replayed, and every message of it is one that LINE takes."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.jinja.chat import ChatRenderer
from bot.conversation.questions.registry import QUESTIONS
from bot.conversation.types import Message
from bot.conversation.words import Word
from bot.simulator.validation import validate_messages
from tests.conversation.transcript import replay
from tests.simulator.openapi import MISSING, openapi_problems, sdk_problems

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]
TRANSCRIPTS = ROOT / "tests" / "transcripts"
WORDS = ROOT / "tests" / "golden" / "chat"
RENDERER = ChatRenderer(ROOT / "templates" / "chat")
REWRITE = os.environ.get("KAONA_REWRITE") == "1"

FILES = sorted(TRANSCRIPTS.rglob("*.txt"))


def name_of(path: Path) -> str:
    return path.relative_to(TRANSCRIPTS).with_suffix("").as_posix()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_the_conversation_goes_as_written(path: Path) -> None:
    golden = path.read_text(encoding="utf-8")
    played, _ = replay(golden)
    if REWRITE:
        path.write_text(played, encoding="utf-8")
    assert played == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_line_takes_every_answer(path: Path) -> None:
    _, player = replay(path.read_text(encoding="utf-8"))
    assert player.said
    for messages in player.said:
        rendered = json.loads(json.dumps(RENDERER.render_all(messages)))  # as it is stored and sent
        assert 1 <= len(rendered) <= 5
        assert validate_messages(rendered) == []
        assert sdk_problems(rendered) == []
        assert MISSING or openapi_problems(rendered) == []
        for line in rendered[:-1]:
            assert "quickReply" not in line
        buttons = rendered[-1]["quickReply"]["items"]
        assert 1 <= len(buttons) <= 13
        assert all(len(button["action"].get("data", "")) <= 300 for button in buttons)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_the_words_are_as_pinned(path: Path) -> None:
    _, player = replay(path.read_text(encoding="utf-8"))
    golden = WORDS / path.relative_to(TRANSCRIPTS)
    spoken = "\n".join(_spoken(message) for messages in player.said for message in messages)
    if REWRITE:
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(spoken, encoding="utf-8")
    assert golden.exists(), "run make transcripts and look at the difference"
    assert spoken == golden.read_text(encoding="utf-8")


def test_no_words_are_pinned_for_a_conversation_that_is_gone() -> None:
    pinned = {path.relative_to(WORDS) for path in WORDS.rglob("*.txt")}
    assert pinned == {path.relative_to(TRANSCRIPTS) for path in FILES}


def test_every_question_is_asked_in_some_conversation() -> None:
    said = {m.name for path in FILES for ms in replay(path.read_text(encoding="utf-8"))[1].said for m in ms}
    assert {question.template for question in QUESTIONS.values()} <= said


def test_every_chat_word_is_said_in_some_conversation() -> None:
    lines = {line for path in FILES for line in path.read_text(encoding="utf-8").split("\n")}
    assert {f"> {word.value}" for word in Word} | {"> ใช่", "> ไม่ใช่"} <= lines


def _spoken(message: Message) -> str:
    lines = [f"== {message.name}"]
    for rendered in RENDERER.render(message):
        if rendered["type"] == "flex":
            lines += [f"(alt) {rendered['altText']}", *_texts(rendered["contents"])]
        else:
            lines.append(rendered["text"])
    return "\n".join(line if len(line) <= 600 else f"{line[:600]}… ({len(line)})" for line in lines) + "\n"


def _texts(node: Any) -> list[str]:
    if isinstance(node, list):
        return [text for each in node for text in _texts(each)]
    if not isinstance(node, dict):
        return []
    if node.get("type") == "text":
        return [f"| {node['text']}"]
    if node.get("type") == "button":
        return [f"| [{node['action']['label']}]"]
    return [text for each in node.values() for text in _texts(each)]
