"""Send what is due for a chat."""

from __future__ import annotations

from workers import deliveries


def run(chat_id: str) -> None:
    """Hand the chat over: the row in the database is the truth, so this job need not wait for LINE."""
    deliveries.deliver(chat_id)
