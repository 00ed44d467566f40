"""Photos made ready by limited processes beside each other: one that kills its process is unreadable, and no more."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.adapters.render.photo_child import ANSWERED, ASKED
from bot.reporting.rendering import Picture

MOST_PROCESSES = 2
MEMORY_MIB = 768
SECONDS = 20.0
"""For one photo."""
_CHILD = Path(__file__).with_name("photo_child.py")


def ready_photos(
    keys: Sequence[str],
    stored: Callable[[str], bytes | None],
    photos: int,
    done: Callable[[int], None] = lambda count: None,
) -> dict[str, Picture | None]:
    """Each photo ready for print, or None where it cannot be read.

    Args:
        keys: of the photos.
        stored: gives a photo's bytes by its key; None when there are none.
        photos: how many the report has.
        done: is told how many are ready, after each.
    """
    made: dict[str, Picture | None] = {}
    if not keys:
        return made
    helpers = [_Helper() for _ in range(min(MOST_PROCESSES, os.cpu_count() or 1, len(keys)))]
    waiting = iter(keys)
    pool = ThreadPoolExecutor(max_workers=len(helpers))

    def work(helper: _Helper, key: str) -> tuple[_Helper, str, Picture | None]:
        data = stored(key)
        return helper, key, helper.ready(data, photos) if data else None

    try:
        running = [pool.submit(work, helper, key) for helper, key in zip(helpers, waiting, strict=False)]
        while running:
            helper, key, picture = running.pop(0).result()
            made[key] = picture
            done(len(made))
            if (following := next(waiting, None)) is not None:
                running.append(pool.submit(work, helper, following))
    finally:
        for helper in helpers:
            helper.end()
        pool.shutdown(cancel_futures=True)
        for helper in helpers:
            helper.clear()
    return {key: made[key] for key in keys}


class _Helper:
    """A process that makes one photo after another ready; a new one is started when it dies."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._ended = False

    def ready(self, data: bytes, photos: int) -> Picture | None:
        """The photo, or None where it is none, takes too long or kills its process."""
        if self._ended:
            return None
        process = self._process = self._process or self._start()
        deadline = time.monotonic() + SECONDS
        try:
            _write(process, ASKED.pack(photos, len(data)) + data, deadline)
            width, height, length = ANSWERED.unpack(_read(process, ANSWERED.size, deadline))
            made = _read(process, length, deadline)
        except (OSError, EOFError):
            _kill(process)
            self._process = None
            return None
        return Picture(data=made, width=width, height=height) if made else None

    def end(self) -> None:
        """No more photos."""
        self._ended = True
        if self._process is not None:
            self._process.kill()  # a photo in hand ends with it

    def clear(self) -> None:
        """Close what is left of the process, once nobody uses it."""
        if self._process is not None:
            _kill(self._process)
            self._process = None

    def _start(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-I", str(_CHILD), str(MEMORY_MIB)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
        )
        for end in (process.stdin, process.stdout):
            if end is not None:
                os.set_blocking(end.fileno(), False)
        return process


def _write(process: subprocess.Popen[bytes], data: bytes, deadline: float) -> None:
    if process.stdin is None:
        raise EOFError
    handle, view = process.stdin.fileno(), memoryview(data)
    while view:
        _wait(deadline, writing=handle)
        view = view[os.write(handle, view[: 1 << 16]) :]


def _read(process: subprocess.Popen[bytes], size: int, deadline: float) -> bytes:
    if process.stdout is None:
        raise EOFError
    handle, pieces = process.stdout.fileno(), bytearray()
    while len(pieces) < size:
        _wait(deadline, reading=handle)
        piece = os.read(handle, size - len(pieces))
        if not piece:
            raise EOFError
        pieces += piece
    return bytes(pieces)


def _wait(deadline: float, *, reading: int | None = None, writing: int | None = None) -> None:
    ready = select.poll()
    if reading is not None:
        ready.register(reading, select.POLLIN)
    if writing is not None:
        ready.register(writing, select.POLLOUT)
    left = deadline - time.monotonic()
    if left <= 0 or not ready.poll(left * 1000):
        raise EOFError


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for end in (process.stdin, process.stdout):
        if end is not None:
            end.close()
