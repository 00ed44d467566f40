"""Where the embedded server of a data directory lives, and the two file locks around it.

The `starting` lock lets one process at a time start or stop the server. The `alive` lock is inherited by
the server itself: the kernel keeps it exactly as long as the server lives, so "is it alive" never rests
on a pid that may by now belong to something else.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bot.domain.errors import BadSettings, OutsideWorld

SOCKET_PATH_LIMIT = 100
"""Bytes; the kernel's limit is 108 on Linux and 104 on macOS, with a zero byte at the end."""

SHORT_ROOT = "/tmp"  # noqa: S108  fixed, so that all processes of a user agree whatever their TMPDIR; see _own


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The files of one embedded server."""

    folder: Path
    socket: Path

    @property
    def url(self) -> str:
        """The server's address for redis-py."""
        return f"unix://{quote(str(self.socket))}?db=0"

    @property
    def config(self) -> Path:
        """The configuration that the server was started with."""
        return self.folder / "redis.conf"

    @property
    def log(self) -> Path:
        """Warnings and worse of the server."""
        return self.folder / "redis.log"

    @property
    def pid_file(self) -> Path:
        """The server's pid; only believed while the `alive` lock is held."""
        return self.folder / "redis.pid"

    @property
    def append_only(self) -> Path:
        """The folder of the append-only file."""
        return self.folder / "appendonlydir"


def place_of(data_dir: Path, short_root: str = SHORT_ROOT) -> Place:
    """The place for a data directory; the folders are made, readable by their owner only."""
    folder = Path(os.path.realpath(data_dir)) / "redis"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as why:
        raise BadSettings(f"DATA_DIR: cannot write to {data_dir}: {why.strerror}") from why
    socket = folder / "redis.sock"
    if len(os.fsencode(socket)) > SOCKET_PATH_LIMIT:
        name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:20]
        socket = _own(Path(short_root) / f"kaona-{os.getuid()}") / f"{name}.sock"
    return Place(folder=folder, socket=socket)


def _own(folder: Path) -> Path:
    """Make a folder in a place where anybody may write, and refuse one that somebody else put there."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise BadSettings(f"DATA_DIR: its path is too long for a socket, and {folder} is not a private folder of yours")
    return folder


@contextmanager
def starting(place: Place, patience: float) -> Iterator[None]:
    """Be the one process that starts or stops the server.

    Raises:
        OutsideWorld: another process kept the lock for longer than `patience` seconds.
    """
    handle = _open(place.folder / "starting.lock")
    try:
        until = time.monotonic() + patience
        while not _lock(handle):
            if time.monotonic() > until:
                raise OutsideWorld(f"another process is still starting the embedded Redis in {place.folder}")
            time.sleep(0.02)
        yield
    finally:
        os.close(handle)


def take_alive_lock(place: Place) -> int | None:
    """A descriptor holding the `alive` lock, for the server to inherit; None while a server lives."""
    handle = _open(place.folder / "alive.lock")
    if _lock(handle):
        return handle
    os.close(handle)
    return None


def server_lives(place: Place) -> bool:
    """Whether a server process of this place exists, answering or not."""
    handle = take_alive_lock(place)
    if handle is None:
        return True
    os.close(handle)
    return False


def server_pid(place: Place) -> int | None:
    """The pid the living server wrote down."""
    try:
        return int(place.pid_file.read_text())
    except (OSError, ValueError):
        return None


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
