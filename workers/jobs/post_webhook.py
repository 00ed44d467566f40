"""Post one event to an address of an agency's choice."""

from __future__ import annotations

from bot.jobs import POST_WEBHOOK
from workers.retries import attempt
from workers.runtime import runtime


def run(delivery_id: str) -> None:
    """Try once; the next try is in the database."""
    attempt(POST_WEBHOOK, runtime().post_webhook, delivery_id)
