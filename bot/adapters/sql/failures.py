"""What a database's errors mean to the program: whose turn it is, in one line."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError, TimeoutError

from bot.adapters.sql.address import shown
from bot.domain.errors import BadSettings, KaonaError, OutsideWorld

RETRY_AFTER = 1.0
"""Seconds after which a conflict with another writer is worth another try."""

# 55P03: lock not available; class 40: serialization failures and deadlocks.
_CONFLICTS = ("40", "55P03")
_UNDEFINED_TABLE = "42P01"


class NotInitialised(BadSettings):
    """The tables are missing, or of another version of the program."""

    def __init__(self, url: URL, found: str | None = None) -> None:
        what = f"is at version {found}, which is not this program's" if found else "is not initialised"
        super().__init__(f"the database {shown(url)} {what}; run: python -m bot init")


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Turn the database's own failures into the program's errors; bugs (constraints, wrong SQL) stay as they are."""
    try:
        yield
    except TimeoutError as error:  # of the connection pool
        raise OutsideWorld(
            f"the database {shown(url)}: too many at once, no connection became free", retry_after=RETRY_AFTER
        ) from error
    except DBAPIError as error:
        meaning = _of_sqlite(error, url) if url.get_backend_name() == "sqlite" else _of_postgresql(error, url)
        if meaning is None:
            raise
        raise meaning from error


def _of_sqlite(error: DBAPIError, url: URL) -> KaonaError | None:
    words = _line(error)
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return OutsideWorld(f"the database {shown(url)} is busy: {words}", retry_after=RETRY_AFTER)
        case sqlite3.SQLITE_CANTOPEN if not Path(str(url.database)).exists():
            return NotInitialised(url)
        case sqlite3.SQLITE_ERROR if words.startswith("no such table"):
            return NotInitialised(url)
        case sqlite3.SQLITE_NOTADB:
            return BadSettings(f"DATABASE_URL: {shown(url)} is not a SQLite database")
        case (
            sqlite3.SQLITE_CANTOPEN
            | sqlite3.SQLITE_PERM
            | sqlite3.SQLITE_READONLY
            | sqlite3.SQLITE_IOERR
            | sqlite3.SQLITE_CORRUPT
            | sqlite3.SQLITE_FULL
            | sqlite3.SQLITE_NOMEM
            | sqlite3.SQLITE_PROTOCOL
            | sqlite3.SQLITE_NOLFS
            | sqlite3.SQLITE_AUTH
        ):
            return OutsideWorld(f"the database {shown(url)} failed: {words}")
    return None


def _of_postgresql(error: DBAPIError, url: URL) -> KaonaError | None:
    state = getattr(error.orig, "sqlstate", None) or ""
    if state == _UNDEFINED_TABLE:
        return NotInitialised(url)
    if state.startswith(_CONFLICTS):
        return OutsideWorld(f"the database {shown(url)} is busy: {_line(error)}", retry_after=RETRY_AFTER)
    if isinstance(error, OperationalError | InterfaceError | InternalError):
        return OutsideWorld(f"the database {shown(url)} does not do its part: {_line(error)}")
    return None


def _line(error: DBAPIError) -> str:
    """The driver's words in one line (psycopg gives a line for every address that it tried)."""
    return " ".join(str(error.orig).split()) or type(error.orig).__name__
