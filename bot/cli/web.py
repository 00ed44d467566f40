"""Serve the LINE webhook, the admin pages, downloads and health on $PORT."""

from __future__ import annotations

import argparse

from bot.bootstrap import Runtime
from bot.cli.output import Output
from bot.cli.runtime import runtime
from bot.cli.simulator_proxy import simulator_proxy


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None of its own; see PORT."""


def run(options: argparse.Namespace, out: Output) -> int:
    """Serve until SIGTERM."""
    from handlers.serve import serve
    from workers.logs import configure

    configure()
    settings = runtime().settings
    if not settings.has_default_channel:
        out.note("LINE_CHANNEL_SECRET and LINE_CHANNEL_ACCESS_TOKEN are not set: only registered channels will work")
    if settings.simulator_url:
        serve(lambda: Runtime(settings), settings.port, host="127.0.0.1", wrap=simulator_proxy(settings.simulator_url))
    else:
        serve(lambda: Runtime(settings), settings.port)
    return 0
