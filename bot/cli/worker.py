"""Work: chat turns, deliveries, media, reports."""

from __future__ import annotations

import argparse

from bot.cli.output import Output
from bot.cli.runtime import runtime


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(options: argparse.Namespace, out: Output) -> int:
    """Work until SIGTERM."""
    from workers.main import run as work

    rt = runtime()
    return work(lambda: rt)
