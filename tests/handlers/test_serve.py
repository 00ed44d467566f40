"""The web process: it listens, answers, and ends when told."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import sys
from bot.config import Settings
from handlers.serve import serve
from tests.handlers.conftest import AwayStore, OfficeRuntime

settings = Settings.from_env({"DATA_DIR": sys.argv[2], "SECRET_KEY": "k" * 32})
serve(lambda: OfficeRuntime(settings=settings, store=AwayStore()), int(sys.argv[1]), host="127.0.0.1")
"""
PATIENCE = 60


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
    return found


@pytest.fixture
def process(port: int, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", PROGRAM, str(port), str(tmp_path)]
    environment = {**os.environ, "HOME": str(tmp_path / "home"), "WEB_CONCURRENCY": "2"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE) as running:
        yield running
        running.kill()


def answer(port: int, path: str) -> bytes:
    """Ask until the process listens."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE) as found:
                content: bytes = found.read()
                return content
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def test_it_answers_and_ends_on_sigterm(process: subprocess.Popen[bytes], port: int, tmp_path: Path) -> None:
    assert answer(port, "/healthz") == b"ok\n"
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    with pytest.raises(OSError, match="refused"):
        urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
    assert not (tmp_path / "home").exists()  # no control socket is left anywhere
