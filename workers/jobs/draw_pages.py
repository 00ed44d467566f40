"""Draw the pages of a compiled report for its preview."""

from __future__ import annotations

from bot.jobs import DRAW_PAGES
from workers.retries import attempt
from workers.runtime import runtime


def run(report_id: str) -> None:
    """Draw each page once and keep it."""
    attempt(DRAW_PAGES, runtime().draw_pages, report_id)
