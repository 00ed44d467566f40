"""Add a further LINE channel, or list them."""

from __future__ import annotations

import argparse

from bot.cli.output import Output
from bot.cli.runtime import runtime
from bot.domain.agencies import AgencyId
from bot.ports.records import ChannelId
from bot.services.add_agency import add_channel


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions add and list."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="add|list")
    add = actions.add_parser("add", help="add a channel; LINE is asked whether its token is good")
    add.add_argument("--id", required=True, help="short Latin name")
    add.add_argument("--secret", required=True, help="the channel secret")
    add.add_argument("--token", required=True, help="the channel access token")
    add.add_argument("--agency", action="append", default=[], metavar="ID", help="an agency it serves; may be repeated")
    listing = actions.add_parser("list", help="list all channels, without their secrets")
    for each in (add, listing):
        each.add_argument("--json", action="store_true", default=argparse.SUPPRESS)


def run(options: argparse.Namespace, out: Output) -> int:
    """Add or list."""
    rt = runtime()
    if options.action == "add":
        agencies = [AgencyId(a) for a in options.agency]
        added = add_channel(rt.store, rt.messenger, ChannelId(options.id), options.secret, options.token, agencies)
        channels = [added]
    else:
        channels = rt.channels()
    out.result(
        [{"id": c.id, "bot_user_id": c.bot_user_id, "agencies": list(c.agency_ids)} for c in channels],
        [f"{c.id}\t{c.bot_user_id or '-'}\t{','.join(c.agency_ids) or 'all'}" for c in channels],
    )
    return 0
