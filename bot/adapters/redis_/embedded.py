"""The embedded Redis: one server per data directory, started by the first process, joined by the others.

It outlives the process that started it, is found again after any SIGKILL, and is ended by `stop`.
What it holds are hints; a store that cannot be read is put aside and the server starts empty.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from bot.adapters.redis_.place import Place, place_of, server_lives, server_pid, starting, take_alive_lock
from bot.adapters.redis_.program import server_program, write_config
from bot.domain.errors import OutsideWorld

log = logging.getLogger("kaona.redis")

START_PATIENCE = 10.0
"""Seconds for a server to read its store and answer."""

STOP_PATIENCE = 5.0
"""Seconds for a server to end by itself."""


def ensure_running(data_dir: Path) -> str:
    """The URL of this data directory's server, started if need be.

    Raises:
        BadSettings: no server program, or a data directory that cannot be used.
        OutsideWorld: the server would not start.
    """
    place = place_of(data_dir)
    if _answers(place):
        return place.url
    with starting(place, patience=3 * START_PATIENCE):
        if _answers(place):
            return place.url
        if server_lives(place) and _wait_until_answering(place):
            return place.url
        _end_silent_server(place)
        if not _start(place):
            _put_store_aside(place)
            if not _start(place):
                raise OutsideWorld(f"the embedded Redis does not start: {_last_words(place)}")
    return place.url


def is_running(data_dir: Path) -> bool:
    """Whether this data directory's server answers."""
    return (data_dir / "redis").is_dir() and _answers(place_of(data_dir))


def stop(data_dir: Path) -> bool:
    """End this data directory's server; False when there was none."""
    if not (data_dir / "redis").is_dir():
        return False
    place = place_of(data_dir)
    with starting(place, patience=3 * START_PATIENCE):
        if not server_lives(place):
            return False
        with suppress(redis.RedisError), _client(place) as client:
            client.shutdown(nosave=True)
        _wait_until_dead(place, STOP_PATIENCE)
        _end_silent_server(place)
        place.socket.unlink(missing_ok=True)
    log.info("redis.stopped", extra={"folder": str(place.folder)})
    return True


def _client(place: Place) -> redis.Redis:
    once = Retry(NoBackoff(), 0)  # redis-py's own retrying would take seconds to see that nobody is there
    return redis.Redis(unix_socket_path=str(place.socket), socket_timeout=2, socket_connect_timeout=2, retry=once)


def _answers(place: Place) -> bool:
    """Whether the server at the socket answers and is the one of this folder.

    Raises:
        OutsideWorld: somebody else's server sits on the socket.
    """
    if not place.socket.exists():
        return False
    try:
        with _client(place) as client:
            client.ping()
            folder = client.config_get("dir")["dir"]
    except (redis.RedisError, OSError):
        return False
    if os.path.realpath(folder) != str(place.folder):
        raise OutsideWorld(f"the server at {place.socket} belongs to {folder}")
    return True


def _wait_until_answering(place: Place) -> bool:
    until = time.monotonic() + START_PATIENCE
    while time.monotonic() < until:
        if _answers(place):
            return True
        if not server_lives(place):
            return False
        time.sleep(0.01)
    return False


def _wait_until_dead(place: Place, patience: float) -> bool:
    until = time.monotonic() + patience
    while server_lives(place):
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def _end_silent_server(place: Place) -> None:
    """End a server that lives and does not answer; a second one on the same socket would hide it for ever."""
    for number, patience in ((signal.SIGTERM, 2.0), (signal.SIGKILL, STOP_PATIENCE)):
        if not server_lives(place):
            return
        pid = server_pid(place)
        if pid is not None:
            log.warning("redis.killed_silent", extra={"pid": pid, "signal": number.name})
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        if _wait_until_dead(place, patience):
            return
    raise OutsideWorld(f"a Redis server in {place.folder} neither answers nor ends; end it by hand")


def _start(place: Place) -> bool:
    """Start the server, detached; False when it ended instead of answering."""
    alive = take_alive_lock(place)
    if alive is None:
        raise OutsideWorld(f"a Redis server in {place.folder} was started by other means")
    place.socket.unlink(missing_ok=True)
    place.pid_file.unlink(missing_ok=True)
    try:
        started = subprocess.run(
            [server_program(), str(write_config(place))],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[alive],
            cwd=place.folder,
            start_new_session=True,
            timeout=START_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as why:
        raise OutsideWorld(f"the embedded Redis does not start: {why}") from why
    finally:
        os.close(alive)
    if started.returncode != 0 or not _wait_until_answering(place):
        _end_silent_server(place)
        return False
    log.info("redis.started", extra={"folder": str(place.folder), "pid": server_pid(place)})
    return True


def _put_store_aside(place: Place) -> None:
    if not place.append_only.exists():
        return
    aside = place.folder / "appendonlydir.broken"
    shutil.rmtree(aside, ignore_errors=True)
    place.append_only.rename(aside)
    log.warning("redis.store_put_aside", extra={"aside": str(aside), "why": _last_words(place)})


def _last_words(place: Place) -> str:
    try:
        lines = place.log.read_text(errors="replace").strip().splitlines()
    except OSError:
        lines = []
    return lines[-1] if lines else "no word in its log"
