"""Makes or upgrades the tables. Alembic is loaded only here, and only when there is something to do."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import URL, Connection, text

from bot.adapters.sql.address import parse, shown
from bot.adapters.sql.engine import begin_writing, make_engine
from bot.adapters.sql.failures import NotInitialised, translated
from bot.adapters.sql.tables import HEAD_REVISION
from bot.adapters.sql.version import revision_of
from bot.domain.errors import BadSettings, OutsideWorld

MIGRATIONS = Path(__file__).parent / "migrations"
_ADVISORY_LOCK = 0x6B616F6E61  # "kaona", so that it is nobody else's


def is_current(url: str) -> bool:
    """Whether the database is initialised and at this program's version.

    Raises:
        OutsideWorld: it cannot be reached.
        BadSettings: the address cannot be used.
    """
    parsed = parse(url)
    if _is_missing_file(parsed):
        return False
    engine = make_engine(parsed)
    try:
        with translated(parsed), engine.connect() as connection:
            return revision_of(connection) == HEAD_REVISION
    except NotInitialised:
        return False
    finally:
        engine.dispose()


def initialise(url: str) -> None:
    """Create or upgrade the tables, all or nothing; done already is nothing to do, and two at once do no harm."""
    if is_current(url):
        return
    parsed = parse(url)
    with translated(parsed), _alone(parsed):
        engine = make_engine(parsed, migrating=True)
        try:
            with engine.connect() as raw, begin_writing(raw) as connection, connection.begin():
                _upgrade(connection, parsed)
        finally:
            engine.dispose()


def _is_missing_file(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and not Path(str(url.database)).exists()


@contextmanager
def _alone(url: URL) -> Iterator[None]:
    """One process at a time turns a new SQLite file to WAL mode: the directory is locked, which leaves no file."""
    if url.get_backend_name() != "sqlite":
        with nullcontext():
            yield
        return
    directory = Path(str(url.database)).parent
    try:
        directory.mkdir(parents=True, exist_ok=True)
        handle = os.open(directory, os.O_RDONLY)
    except OSError as error:
        raise OutsideWorld(f"the database {shown(url)} cannot be made: {error.strerror}") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _upgrade(connection: Connection, url: URL) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    on_sqlite = url.get_backend_name() == "sqlite"
    if not on_sqlite:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise BadSettings(
            f"DATABASE_URL: {shown(url)} was made by a newer version of this program ({error})"
        ) from error
    if on_sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise RuntimeError("a migration left rows that refer to nothing")
