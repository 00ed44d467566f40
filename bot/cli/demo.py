"""Everything on this machine with a sample agency: simulator, web, worker, clock and an embedded Redis."""

from __future__ import annotations

import argparse
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from bot.cli import arguments
from bot.cli.demo_world import DemoWorld
from bot.cli.output import Output
from bot.domain.errors import BadInput, BadSettings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to serve and keep things, or a script to play."""
    parser.add_argument("--port", type=arguments.web_port, metavar="N", help="web port (default 8000)")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where everything is kept (default data/demo)")
    parser.add_argument(
        "--script", type=Path, metavar="FILE", help="play a chat script instead of waiting for a browser"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="with --script: where the report is written")


def run(options: argparse.Namespace, out: Output) -> int:
    """Serve until Ctrl-C, or play the script."""
    if (options.script is None) != (options.out is None):
        raise BadInput("--script FILE and --out DIR go together")
    for number in (signal.SIGINT, signal.SIGTERM):  # also where the shell that started it ignores Ctrl-C
        signal.signal(number, _interrupt)
    return _play(options, out) if options.script else _serve(options, out)


def _serve(options: argparse.Namespace, out: Output) -> int:
    data_dir = options.data_dir or Path(os.environ.get("DATA_DIR") or "data/demo")
    port = options.port or _port_of_environment()
    with DemoWorld.started(data_dir, port, out.note) as world:
        try:
            world.install_menus()
            out.result(world.addresses(), world.welcome())
            while True:
                time.sleep(0.5)
                for name in world.children.revive():
                    out.note(f"{name} had ended and was started again; see {world.log_of(name)}")
        except KeyboardInterrupt:
            out.note("ending …")
    return 0


def _port_of_environment() -> int:
    try:
        return arguments.web_port(os.environ.get("PORT") or "8000")
    except argparse.ArgumentTypeError as problem:
        raise BadSettings(f"PORT: {problem}") from None


def _play(options: argparse.Namespace, out: Output) -> int:
    from bot.cli.script import read_script
    from bot.cli.script_player import ScriptPlayer

    steps = read_script(options.script)
    with _data_dir(options.data_dir) as data_dir, DemoWorld.started(data_dir, options.port, out.note) as world:
        return ScriptPlayer(world, options.script, options.out, out).play(steps)


@contextmanager
def _data_dir(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="kaona-") as folder:
        yield Path(folder)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
