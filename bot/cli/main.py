"""Reads the command line, runs one command, and turns what went wrong into one line and an exit status.

Exit status: 0 done · 1 the answer is no · 2 wrong usage, input or setting · 3 something failed.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from bot.cli.output import Output
from bot.domain.errors import BadSettings, KaonaError, NotAllowed, UserMistake

COMMANDS = {
    "demo": "demo",
    "init": "init",
    "agency": "agency",
    "channel": "channel",
    "plan": "plan",
    "round": "round_",
    "invite": "invite",
    "assign": "assign",
    "rich-menus": "rich_menus",
    "remind": "remind",
    "reminders": "reminders",
    "compile": "compile_",
    "results": "results",
    "sign-off": "sign_off",
    "check": "check",
    "export": "export",
    "wait": "wait",
    "web": "web",
    "worker": "worker",
    "clock": "clock",
    "simulator": "simulator",
    "stop-redis": "stop_redis",
}
"""Command to its module; only the one that is asked for is imported."""

NOT_YET = ("backup", "restore", "chat")

_LOGGING = ("demo", "web", "worker", "clock", "simulator", "remind", "compile")

DONE, NO, WRONG, FAILED = 0, 1, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    name = next((a for a in arguments if not a.startswith("-")), "")
    if name in NOT_YET:
        print(f"kaona: the command {name!r} is not there yet", file=sys.stderr)
        return WRONG
    parser, modules = _parser(name)
    options = parser.parse_args(arguments)
    if not name:
        parser.print_help(sys.stderr)
        return WRONG
    _log_to_stderr(name)
    return _run(modules[name], options)


def _parser(name: str) -> tuple[argparse.ArgumentParser, dict[str, ModuleType]]:
    """The parser with the arguments of the asked-for command only: help of all, imports of one."""
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="Kaona: progress reporting in LINE for Thai local government."
    )
    subparsers = parser.add_subparsers(dest="command", metavar="command")
    modules = {}
    for command, module_name in COMMANDS.items():
        if name in COMMANDS and command != name:
            continue
        module = importlib.import_module(f"bot.cli.{module_name}")
        summary = (module.__doc__ or "").splitlines()[0]
        sub = subparsers.add_parser(command, help=summary, description=module.__doc__)
        sub.add_argument("--json", action="store_true", help="print the result as JSON")
        module.add_arguments(sub)
        modules[command] = module
    return parser, modules


def _run(module: ModuleType, options: argparse.Namespace) -> int:
    try:
        status: int = module.run(options, Output(as_json=options.json))
    except KaonaError as problem:
        print(f"kaona: {problem.detail}", file=sys.stderr)
        return WRONG if isinstance(problem, UserMistake | BadSettings | NotAllowed) else FAILED
    except KeyboardInterrupt:
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as problem:
        logging.getLogger(__name__).debug("bug", exc_info=True)
        print(f"kaona: a fault in the program: {type(problem).__name__}: {problem}", file=sys.stderr)
        if os.environ.get("KAONA_TRACEBACK"):
            raise
        return FAILED
    return status


def _log_to_stderr(command: str) -> None:
    """A command says what went wrong in one line of its own; only those that work for others log warnings too."""
    from workers.logs import configure

    configure("WARNING" if command in _LOGGING else "ERROR")
