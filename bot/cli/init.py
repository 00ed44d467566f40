"""Create the database, or bring it up to this version."""

from __future__ import annotations

import argparse

from bot.cli.output import Output
from bot.cli.runtime import runtime


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own."""


def run(options: argparse.Namespace, out: Output) -> int:
    """Run the migrations that are missing."""
    from bot.adapters.sql.migrate import initialise

    settings = runtime(initialised=False).settings
    initialise(settings.database_url)
    out.result({"initialised": True}, ["the database is ready"])
    return 0
