"""Stop the embedded Redis server of this DATA_DIR."""

from __future__ import annotations

import argparse

from bot.cli.output import Output
from bot.config import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(options: argparse.Namespace, out: Output) -> int:
    """Stop it; nothing running is nothing to do."""
    from bot.adapters.redis_.embedded import stop

    stopped = stop(Settings.from_env().data_dir)
    out.result({"stopped": bool(stopped)}, ["stopped" if stopped else "no embedded server was running"])
    return 0
