"""Wait until nothing is left to do: no unread event, due message, unfetched media or open compile."""

from __future__ import annotations

import argparse
import time
from dataclasses import asdict

from bot.bootstrap import Runtime
from bot.cli.output import Output
from bot.cli.runtime import runtime
from bot.ports.records import Backlog

_LOOK_EVERY = 0.05


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How long."""
    parser.add_argument("--timeout", type=float, default=60.0, metavar="SECONDS")


def run(options: argparse.Namespace, out: Output) -> int:
    """Look until all is done or the time is up."""
    left = wait_until_settled(runtime(), options.timeout)
    counts = {name: count for name, count in asdict(left).items() if count}
    words = ", ".join(f"{count} {name}" for name, count in counts.items())
    out.result({"settled": not counts, "left": asdict(left)}, [f"still waiting for: {words}" if counts else "settled"])
    return 1 if counts else 0


def wait_until_settled(rt: Runtime, seconds: float) -> Backlog:
    """The backlog when it was empty, or when the time was up."""
    end = time.monotonic() + seconds
    while True:
        with rt.store.read() as uow:
            left = uow.backlog(rt.clock.now())
        if left == Backlog() or time.monotonic() >= end:
            return left
        time.sleep(_LOOK_EVERY)
