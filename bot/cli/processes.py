"""Starts the program's processes as children, keeps them running, and ends them all."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.errors import BadInput, OutsideWorld

ROOT = Path(__file__).resolve().parent.parent.parent
END_WITHIN = 10.0
_PR_SET_PDEATHSIG = 1
_RESTART_AFTER = (0.0, 1.0, 2.0, 5.0, 10.0)


@dataclass(slots=True, kw_only=True)
class Child:
    """One process with its log file; started again when it dies, unless it has something to do but `once`."""

    name: str
    arguments: Sequence[str]
    env: Callable[[], Mapping[str, str]]
    log: Path
    once: bool = False
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    again_at: float = 0.0

    def start(self) -> None:
        """Run `python -m bot <arguments>`; it ends when this process does, even by SIGKILL (on Linux)."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot", *self.arguments],
                cwd=ROOT,
                env=dict(self.env()),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )

    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self.process is not None and self.process.poll() is None


@dataclass(slots=True)
class Children:
    """All children, in the order in which they start."""

    members: list[Child] = field(default_factory=list)

    def start(self, child: Child) -> None:
        """Start one more."""
        self.members.append(child)
        child.start()

    def revive(self) -> list[str]:
        """Start again whoever has died, with growing patience; returns their names."""
        revived = []
        for child in self.members:
            if child.once or child.is_running():
                continue
            now = time.monotonic()
            if child.again_at == 0.0:
                child.again_at = now + _RESTART_AFTER[min(child.deaths, len(_RESTART_AFTER) - 1)]
            if now >= child.again_at:
                child.deaths, child.again_at = child.deaths + 1, 0.0
                child.start()
                revived.append(child.name)
        return revived

    def end(self) -> None:
        """SIGTERM to all, SIGKILL to who is still there after ten seconds."""
        running = [child.process for child in reversed(self.members) if child.process and child.process.poll() is None]
        for process in running:
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + END_WITHIN
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_until_answers(url: str, child: Child, seconds: float = 30.0) -> None:
    """Wait until a child's address answers 200.

    Raises:
        OutsideWorld: it died or did not answer in time; the message has the end of its log.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not child.is_running():
            break
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 — our own loopback address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.03)
    tail = child.log.read_text(errors="replace").strip().splitlines()[-3:] if child.log.exists() else []
    raise OutsideWorld(f"{child.name} did not start; the end of {child.log}: {' / '.join(tail) or 'nothing'}")


def free_port(wanted: int | None = None) -> int:
    """A loopback port: the wanted one, else any free one.

    Raises:
        BadInput: the wanted port is taken.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted or 0))
        except OSError:
            raise BadInput(f"port {wanted} is in use: choose another with --port (make demo PORT=…)") from None
        port: int = probe.getsockname()[1]
        return port


def clean_environment() -> dict[str, str]:
    """This process's environment without settings that would lead a demo elsewhere."""
    ours = ("DATABASE_URL", "REDIS_URL", "MEDIA_URL", "LINE_", "PUBLIC_BASE_URL", "SECRET_KEY", "PORT", "SIMULATOR_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}
