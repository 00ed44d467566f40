"""Play LINE for a bot, alone: a page with chats and LINE's API on one port."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.output import Output

if TYPE_CHECKING:
    from bot.simulator.config import SimulatorConfig

SECRET, TOKEN = "simulator-secret", "simulator-token"  # of a channel that is only played


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and whom to call."""
    parser.add_argument("--port", type=int, default=8001, metavar="N")
    parser.add_argument("--webhook", required=True, metavar="URL", help="the bot's webhook")
    parser.add_argument("--secret", help=f"the channel secret; default LINE_CHANNEL_SECRET, else {SECRET!r}")
    parser.add_argument("--token", help=f"the channel access token; default LINE_CHANNEL_ACCESS_TOKEN, else {TOKEN!r}")
    parser.add_argument("--state-dir", type=Path, metavar="DIR", help="keep people and chats here over a restart")
    parser.add_argument("--name", default="บัญชีทดลอง", help="the official account's name")
    parser.add_argument("--quota", type=int, metavar="N", help="messages a month; default no limit")
    parser.add_argument("--rate", type=float, metavar="N", help="sending calls a second; default LINE's figures")
    parser.add_argument("--link", nargs=2, action="append", default=[], metavar=("LABEL", "URL"), help="a shortcut")


def run(options: argparse.Namespace, out: Output) -> int:
    """Serve until SIGTERM; keys that no option gives are those of the environment, as the bot has them."""
    from bot.config import started_at
    from bot.simulator.config import Link, SimulatorConfig
    from bot.simulator.serve import serve

    secret = options.secret or os.environ.get("LINE_CHANNEL_SECRET") or SECRET
    token = options.token or os.environ.get("LINE_CHANNEL_ACCESS_TOKEN") or TOKEN
    believed = started_at(os.environ, f"http://127.0.0.1:{options.port}")
    config = SimulatorConfig(
        webhook_url=options.webhook,
        channel_secret=secret,
        channel_access_token=token,
        port=options.port,
        state_dir=options.state_dir,
        bot_name=options.name,
        monthly_quota=options.quota,
        sending_rate=options.rate,
        now_offset=believed - datetime.now(UTC) if believed else timedelta(0),
        links=tuple(Link(label=label, url=url) for label, url in options.link),
    )
    serve(config, ready=lambda address: out.note("\n".join(_welcome(address, config))))
    return 0


def _welcome(address: str, config: SimulatorConfig) -> list[str]:
    """Where the page is, and what the bot is to be given; a secret that somebody chose is not repeated."""
    secret, token = config.channel_secret, config.channel_access_token
    return [
        f"{address}/simulator/",
        f"webhooks go to {config.webhook_url}; give the bot:",
        f"  LINE_API_BASE={address}",
        f"  LINE_DATA_API_BASE={address}",
        f"  LINE_CHANNEL_SECRET={secret if secret == SECRET else '(the one given)'}",
        f"  LINE_CHANNEL_ACCESS_TOKEN={token if token == TOKEN else '(the one given)'}",
    ]
