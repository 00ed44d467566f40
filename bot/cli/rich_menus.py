"""Install the rich menus of the roles in LINE, and show everybody theirs; safe to run again."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from bot.cli.output import Output
from bot.cli.runtime import runtime
from bot.domain.errors import BadInput
from bot.services.rich_menus import Installed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The action install."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="install")
    install = actions.add_parser("install", help="make what is not there yet, show it to people, remove what is old")
    install.add_argument("--channel", metavar="ID", help="one channel; default all")
    install.add_argument("--dry-run", action="store_true", help="say what would be done; LINE is only asked")
    install.add_argument("--json", action="store_true", default=argparse.SUPPRESS)


def run(options: argparse.Namespace, out: Output) -> int:
    """Install for one channel or all."""
    rt = runtime()
    channels = [c for c in rt.channels() if options.channel in (None, c.id)]
    if not channels:
        wanted = f"no channel {options.channel!r}" if options.channel else "no LINE channel is set up"
        raise BadInput(f"{wanted}: `python -m bot channel list` shows those that are there")
    done = [rt.menu_desk.install(channel, dry_run=options.dry_run) for channel in channels]
    out.result([asdict(each) for each in done], [line for each in done for line in _lines(each)])
    return 0


def _lines(done: Installed) -> list[str]:
    changes = [("made", name) for name in done.made] + [("kept", name) for name in done.kept]
    changes += [("removed", name) for name in done.removed]
    lines = [f"{done.channel_id}\t{what}\t{name}" for what, name in changes]
    return [*lines, f"{done.channel_id}\tlinked\t{done.linked}"]
