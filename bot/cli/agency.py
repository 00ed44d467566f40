"""Add an agency, list them, or choose the look of an agency's tables."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from bot.cli.compile_ import given_style
from bot.cli.output import Output
from bot.cli.runtime import runtime
from bot.domain.agencies import Agency, AgencyId
from bot.domain.text import clean
from bot.reporting.style_json import style_as_json
from bot.reporting.styles import NAMED
from bot.services.add_agency import add_agency
from bot.services.table_styles import choose_style, table_styles

_DETAILS = ("kind", "subdistrict", "district", "province", "address", "website", "doc-code")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions add, list and style."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|list|style")
    add = actions.add_parser("add", help="add an agency")
    add.add_argument("--id", required=True, help="short Latin name, e.g. suksan")
    add.add_argument("--name", required=True, help="the agency's full official name")
    for detail in _DETAILS:
        add.add_argument(f"--{detail}")
    listing = actions.add_parser("list", help="list all agencies")
    style = actions.add_parser("style", help="show or choose an agency's table styles")
    style.add_argument("--id", required=True, type=AgencyId, help="the agency")
    style.add_argument("--style", metavar="NAME|FILE", help=f"{', '.join(NAMED)}, or a JSON file with an edited one")
    for each in (add, listing, style):
        each.add_argument("--json", action="store_true", default=argparse.SUPPRESS)


def run(options: argparse.Namespace, out: Output) -> int:
    """Add, list, or style."""
    if options.action == "style":
        return _style(options, out)
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


def _style(options: argparse.Namespace, out: Output) -> int:
    store = runtime().store
    if options.style:
        choose_style(store, options.id, given_style(options.style))
    styles = table_styles(store, options.id)
    data = {kind.value: style_as_json(style) for kind, style in styles.items()}
    lines = [
        f"{kind.value}\t{style.name}\t{' | '.join(column.title for column in style.columns)}"
        for kind, style in styles.items()
    ]
    out.result(data, lines)
    return 0


def _text(given: str | None) -> str | None:
    return clean(given) or None if given else None
