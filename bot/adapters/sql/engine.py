"""Connections to either database, with the rules each needs."""

from __future__ import annotations

import os
import sqlite3
import weakref
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, Pool, create_engine, event

from bot.adapters.sql.address import refuse_network_disk

BUSY_TIMEOUT_SECONDS = 10
"""How long a SQLite writer waits for another before it gives up."""
CONNECT_TIMEOUT_SECONDS = 5
STATEMENT_TIMEOUT_SECONDS = 30
IDLE_TIMEOUT_SECONDS = 60
"""A PostgreSQL transaction left open so long (its process hangs) is ended by the server."""

WRITING = "kaona_writing"
"""Execution option of a connection whose transactions will write."""


def make_engine(url: URL, *, migrating: bool = False) -> Engine:
    """An engine for a parsed address; only when migrating may it make a SQLite file, and take as long as it needs."""
    if url.get_backend_name() == "sqlite":
        engine = _sqlite_engine(url, migrating=migrating)
    else:
        engine = _postgresql_engine(url, migrating=migrating)
    _engines.add(engine)
    return engine


def begin_writing(connection: Connection) -> Connection:
    """Make the connection's transactions writing ones."""
    return connection.execution_options(**{WRITING: True})


def begin_reading(connection: Connection) -> Connection:
    """Make the connection's transactions reading ones that see one state of everything."""
    if connection.dialect.name == "sqlite":
        return connection  # a plain BEGIN is just that in WAL mode
    return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _sqlite_engine(url: URL, *, migrating: bool) -> Engine:
    path = Path(str(url.database))
    refuse_network_disk(path)

    def connect() -> sqlite3.Connection:
        # mode=rw: a missing file is an error, not a new, empty database.
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode={'rwc' if migrating else 'rw'}",
            uri=True,
            timeout=BUSY_TIMEOUT_SECONDS,
            isolation_level=None,  # transactions begin where _begin_sqlite says
            check_same_thread=False,  # the pool hands a connection to one thread at a time
        )
        try:
            for pragma in (
                "journal_mode=WAL",
                "synchronous=FULL",  # committed means on the disk
                f"foreign_keys={'OFF' if migrating else 'ON'}",  # rebuilt tables are referred to meanwhile
            ):
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        url, creator=connect, hide_parameters=True, pool_size=8, max_overflow=24, pool_timeout=BUSY_TIMEOUT_SECONDS
    )
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once: a transaction that reads, then writes, would lose others' writes or fail."""
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgresql_engine(url: URL, *, migrating: bool) -> Engine:
    arguments: dict[str, Any] = {}
    if "connect_timeout" not in url.query:
        arguments["connect_timeout"] = CONNECT_TIMEOUT_SECONDS
    engine = create_engine(
        url,
        connect_args=arguments,
        hide_parameters=True,  # logs never hold what people wrote
        pool_pre_ping=True,
        pool_size=8,
        max_overflow=24,
        pool_timeout=CONNECT_TIMEOUT_SECONDS,
        isolation_level="READ COMMITTED",
    )
    if not migrating:
        event.listen(engine, "connect", _bound_postgresql)
    return engine


def _bound_postgresql(connection: Any, _record: object) -> None:
    """No statement and no forgotten transaction holds others up for long."""
    connection.execute(f"SET statement_timeout = '{STATEMENT_TIMEOUT_SECONDS}s'")
    connection.execute(f"SET idle_in_transaction_session_timeout = '{IDLE_TIMEOUT_SECONDS}s'")
    connection.commit()


# A connection must not be used on both sides of a fork. SQLite must not even be open in the parent, for the child would
# inherit the library's belief that it holds locks: idle connections are closed before every fork. What is left, which
# is PostgreSQL's and what other threads are using, the child forgets without closing it.
_engines: weakref.WeakSet[Engine] = weakref.WeakSet()
_inherited: list[Pool] = []


def _close_idle() -> None:
    for engine in list(_engines):
        if engine.dialect.name == "sqlite":
            engine.dispose()


def _forget_inherited() -> None:
    for engine in list(_engines):
        _inherited.append(engine.pool)
        engine.dispose(close=False)


os.register_at_fork(before=_close_idle, after_in_child=_forget_inherited)
