"""How many webhooks a second the real web process makes durable, over HTTP.

The real `python -m bot web` on SQLite and its embedded Redis, without a worker, gets signed bodies of one event each
over eight kept connections, from fifty people; it answers only when the event is committed. No aim is set.
Beside it, in turn: a bare Flask app on the same server that checks the signature and keeps nothing; the ratio is the
price of durability. The second figure is one webhook at a time: what LINE waits for an answer.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figure import Beside, Figure, Options, in_turn, say
from bench.hammer import post_all, requests_for
from bench.running_demo import temporary_folder
from bench.serving import serving, wait_until_healthy
from bot.adapters.redis_.embedded import stop as stop_redis
from bot.cli.processes import ROOT, clean_environment, free_port

SECRET = "a-secret-for-measuring"
CONNECTIONS = 8
WEBHOOKS = 1_000
_BESIDE = "bare Flask, signature only"


def measure(options: Options) -> Iterable[Figure]:
    """Post to the real web process and the bare one in turn."""
    how_many = 40 if options.quick else WEBHOOKS
    with temporary_folder() as folder, _web(folder) as real, serving("verifying", LINE_CHANNEL_SECRET=SECRET) as bare:
        for url in (real, bare):
            _taken(url, how_many, CONNECTIONS)
        say("many at once")
        ours, theirs = in_turn(
            options.runs(7),
            lambda: how_many / _taken(real, how_many, CONNECTIONS),
            lambda: how_many / _taken(bare, how_many, CONNECTIONS),
        )
        yield Figure(name="webhook: durable", unit="/s", values=ours, beside=Beside(name=_BESIDE, values=theirs))
        say("one at a time")
        few = how_many // 5
        ours, theirs = in_turn(
            options.runs(7),
            lambda: 1000 * _taken(real, few, 1) / few,
            lambda: 1000 * _taken(bare, few, 1) / few,
        )
        yield Figure(name="webhook: one at a time", unit="ms", values=ours, beside=Beside(name=_BESIDE, values=theirs))


def _taken(url: str, how_many: int, connections: int) -> float:
    return post_all(url, requests_for(url, SECRET, how_many), connections)


@contextmanager
def _web(folder: Path) -> Iterator[str]:
    """The web process alone, on a new database."""
    port = free_port()
    nowhere = "http://127.0.0.1:9"
    env = {
        **clean_environment(),
        "DATA_DIR": str(folder),
        "PORT": str(port),
        "LINE_CHANNEL_SECRET": SECRET,
        "LINE_CHANNEL_ACCESS_TOKEN": "a-token-for-measuring",
        "LINE_API_BASE": nowhere,
        "LINE_DATA_API_BASE": nowhere,
    }
    bot = [sys.executable, "-m", "bot"]
    subprocess.run([*bot, "init"], env=env, cwd=ROOT, check=True, capture_output=True)
    with (folder / "web.log").open("wb") as log:
        process = subprocess.Popen([*bot, "web"], env=env, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}/callback"
    finally:
        process.terminate()
        process.wait()
        stop_redis(folder)
