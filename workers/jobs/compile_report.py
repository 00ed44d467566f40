"""Compile a report."""

from __future__ import annotations

from bot.jobs import COMPILE_REPORT
from workers.retries import attempt
from workers.runtime import runtime


def run(report_id: str) -> None:
    """Compile in every format asked for."""
    attempt(COMPILE_REPORT, runtime().compile_report, report_id)
