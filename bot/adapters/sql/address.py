"""DATABASE_URL: what it may be, how it is shown, and on which disks SQLite is refused."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.errors import BadSettings

# Locks and shared memory, which SQLite's WAL mode lives on, do not work across machines.
_NETWORK_FILE_SYSTEMS = re.compile(
    r"nfs\d?|cifs|smb\w*|ncpfs|afs|9p|ceph|lustre|glusterfs|beegfs|davfs|vboxsf|prl_fs"
    r"|fuse\.(?:sshfs|s3fs|goofys|gcsfuse|rclone|glusterfs|ceph\w*|davfs2?|juicefs|mount-s3|smbnetfs)"
)


def parse(url: str) -> URL:
    """The address of a SQLite file or a PostgreSQL database.

    Raises:
        BadSettings: it is anything else, or its driver is not installed.
    """
    try:
        parsed = make_url(url.strip())
    except (ArgumentError, ValueError):
        raise BadSettings("DATABASE_URL is not a database address such as sqlite:////path/to/file.db") from None
    match parsed.drivername:
        case "sqlite" | "sqlite+pysqlite":
            return _sqlite(parsed)
        case "postgres" | "postgresql" | "postgresql+psycopg":
            return _postgresql(parsed)
        case other:
            raise BadSettings(f"DATABASE_URL begins with {other}:// but only sqlite:// and postgresql:// are supported")


def shown(url: URL) -> str:
    """The address without anything secret."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    plain = URL.create("postgresql", url.username, None, url.host, url.port, url.database)
    return plain.render_as_string()


def refuse_network_disk(database: Path) -> None:
    """Raise BadSettings when a SQLite file would lie on a disk that is shared over the network."""
    kind = file_system_of(database)
    if kind is not None and _NETWORK_FILE_SYSTEMS.fullmatch(kind):
        raise BadSettings(
            f"DATABASE_URL (or DATA_DIR) puts SQLite on a network file system ({database}, {kind}), "
            "where it would lose data; use a local disk or PostgreSQL"
        )


def file_system_of(path: Path, mounts: str | None = None) -> str | None:
    """The type of the file system that a path lies on, as Linux's mountinfo tells; None where nothing tells."""
    if mounts is None:
        try:
            mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None
    real = path.resolve()
    best: tuple[int, str] | None = None
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        if not after:
            continue
        mount_point = Path(re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), before.split()[4]))
        depth = len(mount_point.parts)
        # A later mount on the same place hides the earlier one.
        if real.is_relative_to(mount_point) and (best is None or depth >= best[0]):
            best = depth, after.split()[0]
    return best[1] if best else None


def _sqlite(url: URL) -> URL:
    if url.host or url.username:
        raise BadSettings("DATABASE_URL: a SQLite address has three slashes, or four before an absolute path")
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise BadSettings("DATABASE_URL: SQLite needs a file that all processes share, such as sqlite:////path/file.db")
    path = Path(url.database).expanduser().absolute()
    if path.is_dir():
        raise BadSettings(f"DATABASE_URL: {path} is a directory, not a SQLite file")
    return URL.create("sqlite+pysqlite", database=str(path))


def _postgresql(url: URL) -> URL:
    if find_spec("psycopg") is None:
        raise BadSettings("DATABASE_URL names PostgreSQL, but its driver is missing; pip install 'psycopg[binary]'")
    return url.set(drivername="postgresql+psycopg")
