"""`python -m bench [NAME …]`: measure, and print one table; progress goes to standard error."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Iterable

from bench.figure import Figure, Options
from bench.table import as_json, as_table, machine

MEASUREMENTS = (
    "engine",
    "pdf",
    "importing",
    "documents",
    "pages",
    "webhook",
    "reply",
    "memory",
    "start",
    "planning",
    "delivery",
)
"""In order: what is quick first, what starts the whole demo last."""


def main() -> int:
    """Run the named measurements, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure what the program costs.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(MEASUREMENTS)}; default all")
    parser.add_argument("--clean", action="store_true", help="start: also the set-up from nothing, about a minute")
    parser.add_argument("--quick", action="store_true", help="only show that it works; the values mean nothing")
    parser.add_argument("--json", action="store_true", help="every single value, for programs")
    given = parser.parse_args()
    unknown = [name for name in given.names if name not in MEASUREMENTS]
    if unknown:
        parser.error(f"no measurement {unknown[0]!r}: choose of {', '.join(MEASUREMENTS)}")
    options = Options(quick=given.quick, clean=given.clean)
    print(machine(), file=sys.stderr)
    figures: list[Figure] = []
    for name in given.names or MEASUREMENTS:
        print(f"{name} …", file=sys.stderr, flush=True)
        figures += _measure_of(name)(options)
    print(as_json(figures) if given.json else as_table(figures))
    return 0


def _measure_of(name: str) -> Callable[[Options], Iterable[Figure]]:
    found: Callable[[Options], Iterable[Figure]] = importlib.import_module(f"bench.{name}").measure
    return found


if __name__ == "__main__":
    sys.exit(main())
