"""A wrong address or an absent database is one clear line that keeps secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.sql.address import file_system_of, parse, refuse_network_disk, shown
from bot.adapters.sql.engine import make_engine
from bot.adapters.sql.migrate import initialise, is_current
from bot.adapters.sql.store import SqlStore
from bot.domain.errors import BadSettings, OutsideWorld

ABSENT = "postgresql://kaona:very-secret@127.0.0.1:9/kaona"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "kaona.db",
        "not a url",
        "mysql://user@host/db",
        "postgresql+psycopg2://user@host/db",
        "postgresql://host:port/db",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x?mode=memory&uri=true",
        "sqlite://kaona.db",
        "sqlite:////tmp",
    ],
)
def test_an_unusable_address_names_the_setting(url: str) -> None:
    with pytest.raises(BadSettings, match="DATABASE_URL") as caught:
        parse(url)
    assert "\n" not in caught.value.detail


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_means_the_same_driver(scheme: str) -> None:
    assert (
        parse(f"{scheme}://user:secret@host:5433/kaona?sslmode=require").render_as_string(hide_password=False)
        == "postgresql+psycopg://user:secret@host:5433/kaona?sslmode=require"
    )


def test_a_relative_sqlite_path_is_taken_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert parse("sqlite:///data/kaona.db").database == str(tmp_path / "data" / "kaona.db")


def test_the_missing_driver_of_postgresql_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.sql.address.find_spec", lambda _name: None)
    with pytest.raises(BadSettings, match="psycopg"):
        parse(ABSENT)


def test_an_address_is_shown_without_its_secrets() -> None:
    assert shown(parse(f"{ABSENT}?password=other-secret")) == "postgresql://kaona@127.0.0.1:9/kaona"


def test_an_absent_server_is_one_line_without_the_password() -> None:
    store = SqlStore(ABSENT, secret_key=b"key")
    with pytest.raises(OutsideWorld) as caught, store.read():
        pass
    assert "postgresql://kaona@127.0.0.1:9/kaona" in caught.value.detail
    assert "refused" in caught.value.detail
    assert "secret" not in caught.value.detail
    assert "\n" not in caught.value.detail
    with pytest.raises(OutsideWorld):
        store.ping()
    with pytest.raises(OutsideWorld):
        is_current(ABSENT)
    with pytest.raises(OutsideWorld):
        initialise(ABSENT)


def test_a_server_that_ends_the_connection_is_noticed_and_found_again(postgres_store: SqlStore) -> None:
    from sqlalchemy import text

    def end_all_connections() -> None:
        with postgres_store._engine.connect() as connection:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            connection.execute(text(f"{others} WHERE pid <> pg_backend_pid() AND datname = current_database()"))

    def work_meanwhile() -> None:
        with postgres_store.write() as uow:
            end_all_connections()
            uow.agencies.all()

    with pytest.raises(OutsideWorld):
        work_meanwhile()
    with postgres_store.read() as uow:
        assert uow.agencies.all() == []


def test_a_file_that_is_no_database_names_the_setting(tmp_path: Path) -> None:
    path = tmp_path / "kaona.db"
    path.write_text("a text of some length, which is not what a SQLite database begins with" * 20)
    for use in (is_current, initialise):
        with pytest.raises(BadSettings, match=r"DATABASE_URL.*not a SQLite database"):
            use(f"sqlite:///{path}")


def test_a_place_where_no_file_can_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutsideWorld, match="cannot be made"):
        initialise(f"sqlite:///{tmp_path / 'file' / 'kaona.db'}")


MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:40 / /srv/shared\\040disk rw - nfs4 server:/export rw
31 22 0:41 / /mnt/c rw shared:5 - 9p drvfs rw
32 22 0:42 / /home rw - fuse.sshfs host:/home rw
33 22 0:43 / /home rw - xfs /dev/vdb rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/kaona.db", "ext4"),
        ("/srv/shared disk/kaona.db", "nfs4"),
        ("/srv/shared", "ext4"),
        ("/mnt/c/Users/kaona.db", "9p"),
        ("/home/kaona/kaona.db", "xfs"),
    ],
)
def test_the_file_system_is_that_of_the_deepest_and_latest_mount(path: str, kind: str) -> None:
    assert file_system_of(Path(path), MOUNTS) == kind


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "ceph"])
def test_sqlite_is_refused_on_a_network_file_system(kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("bot.adapters.sql.address.file_system_of", lambda _path: kind)
    with pytest.raises(BadSettings, match=f"DATABASE_URL.*network file system.*{kind}"):
        make_engine(parse(f"sqlite:///{tmp_path / 'kaona.db'}"))


@pytest.mark.parametrize("kind", ["ext4", "btrfs", "overlay", "tmpfs", "fuseblk", None])
def test_sqlite_is_welcome_on_a_local_disk(kind: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.adapters.sql.address.file_system_of", lambda _path: kind)
    refuse_network_disk(Path("/srv/kaona.db"))


def test_sqlite_commits_are_on_the_disk_and_references_are_kept(sqlite_store: SqlStore) -> None:
    with sqlite_store._engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas["journal_mode"] == "wal"
    assert pragmas["synchronous"] == 2  # FULL
    assert pragmas["foreign_keys"] == 1
    assert pragmas["busy_timeout"] >= 5000
