"""Serves a bare bot in a process of its own, as the real web process is served."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from bot.cli.processes import ROOT, clean_environment, free_port
from handlers.serve import THREADS


@contextmanager
def serving(bot: str, **env: str) -> Iterator[str]:
    """Serve `verifying` or `echo` in a process of its own; gives its webhook's address."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--threads", str(THREADS)),
        *("--no-control-socket", "--log-level", "error", "--bind", f"127.0.0.1:{port}", f"bench.bare:{bot}()"),
    ]
    process = subprocess.Popen(command, cwd=ROOT, env={**clean_environment(), **env}, start_new_session=True)
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}/callback"
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: SIGTERM would wait for kept connections to go quiet
        process.wait()


def wait_until_healthy(url: str, process: subprocess.Popen[bytes], patience: float = 30.0) -> None:
    """Wait until a web process answers /healthz.

    Raises:
        RuntimeError: it ended, or did not answer in time.
    """
    until = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise RuntimeError(f"{url} does not answer")
