"""Say who reports on which measures."""

from __future__ import annotations

import argparse

from bot.cli import arguments
from bot.cli.output import Output
from bot.cli.runtime import runtime
from bot.services.invite_person import assign_measures


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The measures and the name."""
    arguments.agency(parser)
    arguments.fiscal_year(parser)
    parser.add_argument("--measures", required=True, metavar="1,2|all")
    parser.add_argument("--to", required=True, metavar="NAME")


def run(options: argparse.Namespace, out: Output) -> int:
    """Assign."""
    rt = runtime()
    person, measures = assign_measures(
        rt.store, rt.ids, rt.clock, options.agency, options.fiscal_year, options.measures, options.to
    )
    out.result(
        {"person": person.name, "measures": [m.no for m in measures]},
        [f"{person.name}\t{','.join(str(m.no) for m in measures)}"],
    )
    return 0
