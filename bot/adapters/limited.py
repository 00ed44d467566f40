"""Run a piece of work on a stranger's file in a process of its own, with an end to its time, memory and output.

The process starts anew (no fork of a process with threads), inherits no secret, and speaks through a folder: it reads
what stands there and writes its answer there. Its module calls `take_limits` before anything else.
"""

from __future__ import annotations

import contextlib
import logging
import os
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "PYTHONHASHSEED")


_NO_ROOM = ("MemoryError", "File too large", "failed to map segment", "Cannot allocate memory")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the work may use; seconds are of the clock, and as many of the processor."""

    seconds: int
    memory_mib: int
    file_mib: int


class OverLimit(Exception):
    """The work used up its time, memory or output, or its process died of the file."""

    def __init__(self, over: str) -> None:
        super().__init__(over)
        self.over = over


def run_limited(module: str, folder: Path, limits: Limits) -> None:
    """Run a module on a folder until it ends.

    Raises:
        OverLimit: it did not end well; `over` is "time", "memory" (also of its output), or "broke" for a bug.
    """
    words = folder / "stderr"
    command = [
        sys.executable,
        "-m",
        module,
        str(folder),
        *map(str, (limits.seconds, limits.memory_mib, limits.file_mib)),
    ]
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    with (
        words.open("wb") as errors,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=errors,
            start_new_session=True,
        ) as process,
    ):
        try:
            status = process.wait(limits.seconds)
        except subprocess.TimeoutExpired:
            raise OverLimit("time") from None
        finally:
            if process.poll() is None:
                process.kill()
    if status:
        raise OverLimit(_reason(status, words.read_bytes()[-2000:].decode(errors="replace")))


def _reason(status: int, words: str) -> str:
    if status == -signal.SIGXCPU:
        return "time"
    if status < 0 or any(sign in words for sign in _NO_ROOM):
        return "memory"
    log.error("limited.broke", extra={"status": status, "words": words})
    return "broke"


def take_limits(arguments: list[str]) -> Path:
    """In the new process: keep to the limits from now on; returns the folder."""
    folder, seconds, memory, size = Path(arguments[0]), *map(int, arguments[1:4])
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory << 20),
        (resource.RLIMIT_FSIZE, size << 20),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # macOS keeps no limit on memory
            resource.setrlimit(kind, (most, most))
    return folder
