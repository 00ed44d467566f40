"""Migrations make exactly the tables that the program uses, once, on both databases."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from bot.adapters.sql.address import parse
from bot.adapters.sql.migrate import MIGRATIONS, initialise, is_current
from bot.adapters.sql.store import SqlStore
from bot.adapters.sql.tables import HEAD_REVISION, metadata
from bot.domain.errors import BadSettings, OutsideWorld


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new folder' / 'kaona.db'}"
        return
    url: str = request.getfixturevalue("empty_postgres_url")
    yield url
    _run(url, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")


def _run(url: str, *statements: str) -> None:
    engine = create_engine(parse(url))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_the_constant_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD_REVISION


def test_the_migrations_make_the_tables_of_the_program(empty_url: str) -> None:
    assert not is_current(empty_url)
    initialise(empty_url)
    assert is_current(empty_url)
    engine = create_engine(parse(empty_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' "
    "AND tbl_name <> 'alembic_version' ORDER BY name",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' "
    "AND tablename <> 'alembic_version' ORDER BY indexname",
}


def test_the_indexes_have_the_conditions_of_the_programs(empty_url: str) -> None:
    # Alembic does not compare them.
    initialise(empty_url)
    engine = create_engine(parse(empty_url))
    query = text(INDEXES[engine.dialect.name])
    with engine.begin() as connection:
        migrated = connection.execute(query).all()
        metadata.drop_all(connection)
        metadata.create_all(connection)
        assert connection.execute(query).all() == migrated
        assert len(migrated) > len(metadata.tables)
    engine.dispose()


def test_initialising_again_changes_nothing(empty_url: str) -> None:
    initialise(empty_url)
    _run(empty_url, "INSERT INTO people (id, name, language) VALUES ('p', 'สมชาย', 'th')")
    initialise(empty_url)
    _run(empty_url, "DELETE FROM people WHERE id = 'p'")


def test_processes_that_initialise_at_once_do_no_harm(empty_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=initialise, args=(empty_url,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert is_current(empty_url)


def test_a_store_that_is_not_initialised_names_the_command(empty_url: str) -> None:
    store = SqlStore(empty_url, secret_key=b"key")
    with pytest.raises(BadSettings, match="python -m bot init"), store.read():
        pass
    with pytest.raises(BadSettings, match="python -m bot init"), store.write():
        pass
    with pytest.raises(OutsideWorld, match="python -m bot init"):
        store.ping()
    store.close()
    assert not is_current(empty_url)


def test_looking_for_a_sqlite_file_does_not_make_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kaona.db'}"
    store = SqlStore(url, secret_key=b"key")
    with pytest.raises(BadSettings), store.read():
        pass
    assert not is_current(url)
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_a_newer_program_is_refused_and_left_alone(empty_url: str) -> None:
    initialise(empty_url)
    _run(empty_url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(BadSettings, match="newer"):
        initialise(empty_url)
    store = SqlStore(empty_url, secret_key=b"key")
    with pytest.raises(BadSettings, match="9999"), store.read():
        pass
    store.close()


def test_a_failed_migration_leaves_nothing_half_done(empty_url: str) -> None:
    if empty_url.startswith("sqlite"):
        path = Path(str(parse(empty_url).database))
        path.parent.mkdir()
        path.touch()
    # In the way of the migration's last tables.
    _run(empty_url, "CREATE TABLE update_parts (id INTEGER)")
    with pytest.raises(Exception, match="update_parts"):
        initialise(empty_url)
    engine = create_engine(parse(empty_url))
    assert inspect(engine).get_table_names() == ["update_parts"]
    engine.dispose()
