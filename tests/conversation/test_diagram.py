"""The page about the conversation is drawn from the table, and current."""

from __future__ import annotations

import pytest

from bot.conversation.diagram import TARGET, document
from bot.conversation.flows.progress_update import TABLE
from bot.conversation.questions.registry import QUESTIONS

pytestmark = pytest.mark.pure


def test_the_committed_page_is_what_the_table_draws() -> None:
    assert TARGET.read_text(encoding="utf-8") == document(), "run make diagram"


def test_every_question_of_the_table_exists() -> None:
    assert {row.question for rows in TABLE.values() for row in rows} <= set(QUESTIONS)
