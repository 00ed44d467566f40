"""Set the dates of a round, or list the rounds of all agencies."""

from __future__ import annotations

import argparse

from bot.cli import arguments
from bot.cli.output import Output
from bot.cli.runtime import runtime
from bot.domain.rounds import Round
from bot.services.agency_rounds import agency_rounds, set_round


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions set and list."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="set|list")
    setting = actions.add_parser("set", help="set dates (ISO, CE); what is not given stays")
    arguments.agency(setting)
    arguments.fiscal_year(setting)
    arguments.round_no(setting)
    for name in ("open", "due", "lock"):
        setting.add_argument(f"--{name}", type=arguments.iso_day, metavar="D")
    listing = actions.add_parser("list", help="list rounds")
    for each in (setting, listing):
        each.add_argument("--json", action="store_true", default=argparse.SUPPRESS)


def run(options: argparse.Namespace, out: Output) -> int:
    """Set or list."""
    rt = runtime()
    if options.action == "set":
        rounds = [
            set_round(
                rt.store,
                rt.ids,
                rt.clock,
                options.agency,
                options.fiscal_year,
                options.round,
                opens_on=options.open,
                due_on=options.due,
                locks_on=options.lock,
            )
        ]
    else:
        with rt.store.read() as uow:
            rounds = [r for a in uow.agencies.all() for r in agency_rounds(uow, a.id)]
    out.result([_as_data(r) for r in rounds], [_as_line(r) for r in rounds])
    return 0


def _as_data(r: Round) -> dict[str, object]:
    return {
        "agency": r.agency_id,
        "fiscal_year": r.fiscal_year,
        "round": r.no.value,
        "open": r.opens_on.isoformat(),
        "due": r.due_on.isoformat(),
        "lock": r.locks_on.isoformat(),
    }


def _as_line(r: Round) -> str:
    return f"{r.agency_id}\t{r.fiscal_year}\t{r.no.value}\topen {r.opens_on}\tdue {r.due_on}\tlock {r.locks_on}"
