"""The real demo as a process of its own, from its start until a person can use it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.redis_.embedded import stop as stop_redis
from bot.cli.processes import ROOT, clean_environment, free_port

PATIENCE = 60.0
END_PATIENCE = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningDemo:
    """A demo in use; `first_page` and `ready` are seconds from its start.

    Attributes:
        first_page: until the simulator's page and /readyz answered.
        ready: until it also printed its addresses: the sample people are in the chat.
    """

    url: str
    data_dir: Path
    pid: int
    first_page: float
    ready: float


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that goes away, with a path short enough for a socket in it."""
    with tempfile.TemporaryDirectory(prefix="kaona-bench-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def running_demo(data_dir: Path) -> Iterator[RunningDemo]:
    """Run `python -m bot demo` on a data directory until the block ends."""
    port = free_port()
    command = [sys.executable, "-m", "bot", "demo", "--port", str(port), "--data-dir", str(data_dir)]
    with running(command, port, data_dir, cwd=ROOT) as demo:
        yield demo


@contextmanager
def running(
    command: Sequence[str],
    port: int,
    data_dir: Path,
    *,
    cwd: Path,
    more_env: Mapping[str, str] | None = None,
    patience: float = PATIENCE,
) -> Iterator[RunningDemo]:
    """Run any command that ends in a demo on this port; end it as Ctrl-C does.

    Raises:
        RuntimeError: it died, or was not ready in time; the message has the end of what it said.
    """
    url = f"http://127.0.0.1:{port}"
    env = {**clean_environment(), "PYTHONUNBUFFERED": "1", **(more_env or {})}
    log = cwd / "demo.log" if cwd != ROOT else data_dir.with_suffix(".log")
    with log.open("wb") as written:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=written, stderr=written, start_new_session=True
        )
        try:
            _wait_until(lambda: _answers(f"{url}/simulator/") and _answers(f"{url}/readyz"), process, log, patience)
            first_page = time.perf_counter() - start
            _wait_until(lambda: f"{url}/simulator/" in log.read_text(errors="replace"), process, log, patience)
            ready = time.perf_counter() - start
            yield RunningDemo(url=url, data_dir=data_dir, pid=process.pid, first_page=first_page, ready=ready)
        finally:
            _end(process, data_dir)


def _wait_until(is_so: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, patience: float) -> None:
    until = time.monotonic() + patience
    while not is_so():
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"the demo did not start: {log.read_text(errors='replace')[-800:]}")
        time.sleep(0.02)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _end(process: subprocess.Popen[bytes], data_dir: Path) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
    try:
        process.wait(END_PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        stop_redis(data_dir)
