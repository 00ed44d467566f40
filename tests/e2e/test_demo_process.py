"""`demo` as a newcomer starts it: addresses, one port, a second start, Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.e2e.town import ROOT, processes_using, until


@contextmanager
def demo(data: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """A running `demo` and the addresses it printed; ended by SIGKILL if the test does not end it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--json", "--data-dir", str(data), *more],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        text = ""
        for line in process.stdout:
            text += line
            if line.startswith("}"):
                break
        assert text, process.stderr.read() if process.stderr else ""
        yield process, json.loads(text)
    finally:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGTERM)
        process.communicate(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return bytes(answer.read())


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as problem:
        problem.close()
        return problem.code


def test_ctrl_c_ends_all_of_it_and_a_second_start_finds_everything(tmp_path: Path) -> None:
    data, port = tmp_path / "data", _free_port()
    with demo(data, "--port", str(port)) as (process, addresses):
        assert addresses["simulator"] == f"http://127.0.0.1:{port}/simulator/"
        assert b"<!doctype html>" in _get(addresses["simulator"]).lower()
        assert _get(addresses["health"])
        assert _status(addresses["admin"]) == 401
        people = json.loads(_get(addresses["simulator"] + "api/people"))["people"]
        assert {"มานี ใจงาม", "สมชาย ตั้งใจ"} <= {person["name"] for person in people}
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the whole group
        assert process.wait(15) == 0
    assert processes_using(data) == ""
    with demo(data, "--port", str(port)) as (process, addresses):
        again = json.loads(_get(addresses["simulator"] + "api/people"))["people"]
        assert [p["user_id"] for p in again] == [p["user_id"] for p in people]
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(15) == 0
    assert processes_using(data) == ""


def test_a_port_in_use_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "bot", "demo", "--port", str(port), "--data-dir", str(tmp_path / "data")],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert str(port) in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert processes_using(tmp_path / "data") == ""


def test_the_processes_die_with_a_demo_that_is_killed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with demo(data, "--port", str(_free_port())) as (process, _):
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
        until(lambda: "\0bot\0" not in processes_using(data), 20, lambda: processes_using(data))
    subprocess.run(
        [sys.executable, "-m", "bot", "stop-redis"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(data)},
        check=True,
        capture_output=True,
        timeout=30,
    )
    assert processes_using(data) == ""
