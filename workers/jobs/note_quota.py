"""Ask LINE how many of the month's messages are used."""

from __future__ import annotations

from bot.jobs import NOTE_QUOTA
from workers.retries import attempt
from workers.runtime import runtime


def run(channel_id: str) -> None:
    """Log one channel's use, loudly when little is left."""
    attempt(NOTE_QUOTA, runtime().note_quota, channel_id)
