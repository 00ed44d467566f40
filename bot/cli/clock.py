"""Keep the schedules: reminders, quota checks, sweeps."""

from __future__ import annotations

import argparse

from bot.cli.output import Output
from bot.cli.runtime import runtime


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(options: argparse.Namespace, out: Output) -> int:
    """Tick until SIGTERM."""
    from workers.clock import run as tick

    rt = runtime()
    return tick(lambda: rt)
