"""Open the addresses that an agency's documents name."""

from __future__ import annotations

from bot.jobs import LOOK_AT_LINKS
from workers.retries import attempt
from workers.runtime import runtime


def run(agency_id: str) -> None:
    """Open each once and keep what became of it."""
    attempt(LOOK_AT_LINKS, runtime().look_at_links, agency_id)
