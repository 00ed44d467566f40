"""Print the JSON of a fiscal year."""

from __future__ import annotations

import argparse
import json

from bot.cli import arguments
from bot.cli.output import Output
from bot.cli.runtime import runtime
from bot.reporting.year_json import year_json
from bot.services.load_year import load_year


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which year."""
    arguments.agency(parser)
    arguments.fiscal_year(parser)


def run(options: argparse.Namespace, out: Output) -> int:
    """Print; the same with and without --json."""
    with runtime().store.read() as uow:
        data = year_json(load_year(uow, options.agency, options.fiscal_year))
    out.result(data, [json.dumps(data, ensure_ascii=False, indent=1)])
    return 0
