"""Take a chat's unread events."""

from __future__ import annotations

from bot.jobs import CHAT_TURN
from workers.retries import attempt
from workers.runtime import runtime


def run(chat_id: str) -> None:
    """Take the turn."""
    attempt(CHAT_TURN, runtime().take_turn, chat_id)
