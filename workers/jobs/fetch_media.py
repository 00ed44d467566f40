"""Fetch a piece of evidence from LINE's content host."""

from __future__ import annotations

from bot.jobs import FETCH_MEDIA
from workers.retries import attempt
from workers.runtime import runtime


def run(evidence_id: str) -> None:
    """Fetch and store the bytes."""
    attempt(FETCH_MEDIA, runtime().fetch_media, evidence_id)
