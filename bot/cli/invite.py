"""Invite a person: prints the code, then the link that opens the chat with it."""

from __future__ import annotations

import argparse

from bot.cli import arguments
from bot.cli.output import Output
from bot.cli.runtime import runtime
from bot.domain.people import Role
from bot.services.invite_person import invite_person


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who, where, as what, and on which measures."""
    arguments.agency(parser)
    parser.add_argument("--role", required=True, choices=[role.value for role in Role])
    parser.add_argument("--name", required=True, help="the person's name")
    arguments.fiscal_year(parser, required=False)
    parser.add_argument("--measures", metavar="1,3,4|all", help="measures an officer reports on")


def run(options: argparse.Namespace, out: Output) -> int:
    """Make the code."""
    rt = runtime()
    invited = invite_person(
        rt.store,
        rt.ids,
        rt.keyed,
        rt.clock,
        options.agency,
        Role(options.role),
        options.name,
        fiscal_year=options.fiscal_year,
        measures=options.measures,
    )
    link = rt.bot_link(invited.code, options.agency) or f"{rt.settings.public_base_url}/join/{invited.code}"
    expires = invited.invite.expires_at.isoformat()
    out.result({"code": invited.code, "link": link, "expires_at": expires}, [invited.code, link])
    return 0
