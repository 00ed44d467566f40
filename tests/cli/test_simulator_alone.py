"""`python -m bot simulator`: alone, for any bot, and it says what the bot is to be given."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.cli.processes import ROOT, free_port
from bot.simulator.client import SimulatorClient


def _welcome(*options: str, **env: str) -> str:
    """What it says at the start, from a process of its own."""
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LINE_")}
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "bot",
            "simulator",
            "--port",
            str(port),
            "--webhook",
            "http://127.0.0.1:9/hook",
            *options,
        ],
        cwd=ROOT,
        env={**clean, **env},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        SimulatorClient(f"http://127.0.0.1:{port}").wait_ready(30)
        time.sleep(0.1)
    finally:
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=20)
    assert f"http://127.0.0.1:{port}/simulator/" in said
    assert f"LINE_API_BASE=http://127.0.0.1:{port}" in said
    return said


def test_without_keys_it_says_its_own(tmp_path: Path) -> None:
    said = _welcome("--state-dir", str(tmp_path / "state"))
    assert "LINE_CHANNEL_SECRET=simulator-secret" in said
    assert "LINE_CHANNEL_ACCESS_TOKEN=simulator-token" in said


@pytest.mark.parametrize("by_option", [True, False])
def test_keys_that_somebody_chose_are_not_repeated(by_option: bool) -> None:
    options = ("--secret", "hidden-1", "--token", "hidden-2") if by_option else ()
    env = {} if by_option else {"LINE_CHANNEL_SECRET": "hidden-1", "LINE_CHANNEL_ACCESS_TOKEN": "hidden-2"}
    said = _welcome(*options, **env)
    assert "hidden" not in said
    assert said.count("(the one given)") == 2
