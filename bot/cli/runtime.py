"""Builds the Runtime for a command."""

from __future__ import annotations

from bot.bootstrap import Runtime
from bot.config import Settings


def runtime(*, initialised: bool = True) -> Runtime:
    """The program of this environment.

    Raises:
        BadSettings: a setting is missing or wrong, or (with `initialised`) the database has not been made.
        OutsideWorld: the database cannot be reached.
    """
    built = Runtime(Settings.from_env())
    if initialised:
        with built.store.read():
            pass
    return built
