"""Invite a person: prints the code, then the link that opens the chat with it; lists and revokes unused codes."""

from __future__ import annotations

import argparse

from bot.bootstrap import Runtime
from bot.cli import arguments
from bot.cli.output import Output
from bot.cli.runtime import runtime
from bot.config import is_loopback
from bot.domain.errors import BadInput
from bot.domain.people import Invite, InviteId, Role
from bot.ports.store import UnitOfWork
from bot.services.end_role import revoke_invite
from bot.services.find import existing_agency
from bot.services.invite_person import invite_person


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who, where, as what, and on which measures."""
    arguments.agency(parser)
    parser.add_argument("--role", choices=[role.value for role in Role])
    parser.add_argument("--name", help="the person's name")
    arguments.fiscal_year(parser, required=False)
    parser.add_argument("--measures", metavar="1,3,4|all", help="measures an officer reports on")
    parser.add_argument("--list", action="store_true", help="list the agency's unused codes instead, by id")
    parser.add_argument("--revoke", metavar="ID", help="make the unused code of that id worthless instead")


def run(options: argparse.Namespace, out: Output) -> int:
    """Make, list or revoke a code."""
    rt = runtime()
    if options.list:
        return _list(rt, options, out)
    if options.revoke:
        return _revoke(rt, options, out)
    if options.role is None or options.name is None:
        raise BadInput("--role and --name are needed to invite somebody")
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
    if is_loopback(link) and not rt.settings.simulator_url:
        out.note(f"kaona: phones cannot open {link}: set PUBLIC_BASE_URL to the address at which they reach the web")
    expires = invited.invite.expires_at.isoformat()
    out.result({"code": invited.code, "link": link, "expires_at": expires}, [invited.code, link])
    return 0


def _list(rt: Runtime, options: argparse.Namespace, out: Output) -> int:
    with rt.store.read() as uow:
        agency = existing_agency(uow, options.agency)
        now = rt.clock.now()
        found = [_as_data(uow, each) for each in uow.people.unused_invites(agency.id) if each.expires_at > now]
    out.result(found, ["\t".join(str(value) for value in each.values()) for each in found])
    return 0


def _as_data(uow: UnitOfWork, invite: Invite) -> dict[str, str]:
    issuer = uow.people.get(invite.created_by) if invite.created_by else None
    return {
        "id": invite.id,
        "name": invite.name,
        "role": invite.role.value,
        "expires_at": invite.expires_at.isoformat(),
        "created_by": issuer.name if issuer else "",
    }


def _revoke(rt: Runtime, options: argparse.Namespace, out: Output) -> int:
    with rt.store.write() as uow:
        agency = existing_agency(uow, options.agency)
        gone = revoke_invite(uow, rt.ids, rt.clock.now(), None, agency.id, InviteId(options.revoke))
    out.result({"id": gone.id, "name": gone.name}, [f"{gone.id}\t{gone.name}"])
    return 0
