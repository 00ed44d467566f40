"""Add an agency, or list them."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from bot.cli.output import Output
from bot.cli.runtime import runtime
from bot.domain.agencies import Agency, AgencyId
from bot.domain.text import clean
from bot.services.add_agency import add_agency

_DETAILS = ("kind", "subdistrict", "district", "province", "address", "website", "doc-code")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions add and list."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|list")
    add = actions.add_parser("add", help="add an agency")
    add.add_argument("--id", required=True, help="short Latin name, e.g. suksan")
    add.add_argument("--name", required=True, help="the agency's full official name")
    for detail in _DETAILS:
        add.add_argument(f"--{detail}")
    listing = actions.add_parser("list", help="list all agencies")
    for each in (add, listing):
        each.add_argument("--json", action="store_true", default=argparse.SUPPRESS)


def run(options: argparse.Namespace, out: Output) -> int:
    """Add or list."""
    if options.action == "list":
        with runtime().store.read() as uow:
            agencies = uow.agencies.all()
        out.result([asdict(a) for a in agencies], [f"{a.id}\t{a.name}\t{a.province or ''}".rstrip() for a in agencies])
        return 0
    details = {name.replace("-", "_"): _text(getattr(options, name.replace("-", "_"))) for name in _DETAILS}
    agency = Agency(id=AgencyId(options.id), name=clean(options.name), **details)
    add_agency(runtime().store, agency)
    out.result(asdict(agency), [f"{agency.id}\t{agency.name}"])
    return 0


def _text(given: str | None) -> str | None:
    return clean(given) or None if given else None
