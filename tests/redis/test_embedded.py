"""The embedded server: one per data directory, whatever happens to processes and files."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import redis

from bot.adapters.redis_ import embedded
from bot.adapters.redis_.place import place_of, server_lives, server_pid, starting
from bot.domain.errors import BadSettings, OutsideWorld

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "ข้อมูล with space"
    yield folder
    embedded.stop(folder)


def ask(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_timeout=5)


def pid_at(url: str) -> int:
    with ask(url) as client:
        return int(client.info("server")["process_id"])


def kill_server(folder: Path) -> None:
    pid = server_pid(place_of(folder))
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    assert embedded._wait_until_dead(place_of(folder), 10)


def test_the_second_process_joins_the_first_ones_server(data_dir: Path) -> None:
    first = embedded.ensure_running(data_dir)
    assert embedded.is_running(data_dir)
    with ask(first) as client:
        client.set("word", "kept")
    second = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, pathlib; from bot.adapters.redis_ import embedded;"
            "print(embedded.ensure_running(pathlib.Path(sys.argv[1])))",
            str(data_dir),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert second == first
    with ask(second) as client:
        assert client.get("word") == b"kept"


def test_the_server_outlives_the_process_that_started_it(data_dir: Path) -> None:
    code = (
        "import os, sys, pathlib; from bot.adapters.redis_ import embedded;"
        "embedded.ensure_running(pathlib.Path(sys.argv[1])); os.kill(os.getpid(), 9)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(data_dir)], cwd=ROOT, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert embedded.is_running(data_dir)


def test_many_starting_at_once_share_one_server(data_dir: Path) -> None:
    code = (
        "import sys, pathlib; from bot.adapters.redis_ import embedded;"
        "sys.stdin.readline(); print(embedded.ensure_running(pathlib.Path(sys.argv[1])))"
    )
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(data_dir)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for starter in starters:
        assert starter.stdin
        starter.stdin.write("go\n")
        starter.stdin.flush()
    urls = {starter.communicate(timeout=60)[0].strip() for starter in starters}
    assert len(urls) == 1
    assert pid_at(urls.pop()) == server_pid(place_of(data_dir))
    log = place_of(data_dir).log
    assert "Address already in use" not in (log.read_text() if log.exists() else "")


def test_threads_of_one_process_share_one_server_too(data_dir: Path) -> None:
    gate = threading.Barrier(4)

    def start() -> int:
        gate.wait()
        return pid_at(embedded.ensure_running(data_dir))

    with ThreadPoolExecutor(4) as pool:
        pids = {job.result() for job in [pool.submit(start) for _ in range(4)]}
    assert len(pids) == 1


def test_a_killed_server_is_started_again_with_what_it_held(data_dir: Path) -> None:
    url = embedded.ensure_running(data_dir)
    with ask(url) as client:
        client.rpush("queue", "job")
        client.execute_command("WAITAOF", 1, 0, 5000)
    kill_server(data_dir)
    assert not embedded.is_running(data_dir)
    assert embedded.ensure_running(data_dir) == url
    with ask(url) as client:
        assert client.lrange("queue", 0, -1) == [b"job"]


def test_a_torn_end_of_the_store_is_no_obstacle(data_dir: Path) -> None:
    url = embedded.ensure_running(data_dir)
    with ask(url) as client:
        client.set("word", "kept")
        client.execute_command("WAITAOF", 1, 0, 5000)
    kill_server(data_dir)
    store = next(place_of(data_dir).append_only.glob("*.incr.aof"))
    with store.open("ab") as file:
        file.write(b"*3\r\n$3\r\nSET\r\n$4\r\nwo")
    with ask(embedded.ensure_running(data_dir)) as client:
        assert client.get("word") == b"kept"


def test_an_unreadable_store_is_put_aside(data_dir: Path, caplog: pytest.LogCaptureFixture) -> None:
    url = embedded.ensure_running(data_dir)
    with ask(url) as client:
        client.set("word", "lost")
    kill_server(data_dir)
    for store in place_of(data_dir).append_only.glob("*.aof"):
        store.write_bytes(b"this is no store at all\n" * 20)
    with ask(embedded.ensure_running(data_dir)) as client:
        assert client.get("word") is None
        assert client.set("word", "new")
    assert (place_of(data_dir).folder / "appendonlydir.broken").is_dir()
    assert "redis.store_put_aside" in caplog.messages


def test_a_server_that_no_longer_answers_is_replaced(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    embedded.ensure_running(data_dir)
    place = place_of(data_dir)
    old = server_pid(place)
    assert old is not None
    place.socket.unlink()  # as a cleaner of /tmp may do: alive, but out of reach
    monkeypatch.setattr(embedded, "START_PATIENCE", 0.3)
    with pytest.raises(OutsideWorld), starting(place, 1):
        embedded.ensure_running(data_dir)  # somebody else is starting or stopping it
    monkeypatch.setattr(embedded, "START_PATIENCE", 2.0)
    assert pid_at(embedded.ensure_running(data_dir)) != old


def test_stale_files_of_a_server_long_gone_are_recovered(data_dir: Path) -> None:
    place = place_of(data_dir)
    place.socket.write_bytes(b"")
    place.pid_file.write_text("1")  # lives, but is no server of ours, and must stay unharmed
    with ask(embedded.ensure_running(data_dir)) as client:
        assert client.ping()


def test_a_long_path_gets_a_short_private_socket(tmp_path: Path) -> None:
    folder = tmp_path / ("ชื่อยาว" * 8) / "data"
    try:
        url = embedded.ensure_running(folder)
        place = place_of(folder)
        assert len(os.fsencode(place.socket)) <= 100
        assert stat.S_IMODE(place.socket.parent.stat().st_mode) == 0o700
        assert pid_at(url) == server_pid(place)
    finally:
        assert embedded.stop(folder)
    assert not place.socket.exists()


def test_a_short_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30)
    open_to_all = tmp_path / f"kaona-{os.getuid()}"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    with pytest.raises(BadSettings):
        place_of(folder, short_root=str(tmp_path))
    open_to_all.rmdir()
    open_to_all.symlink_to(tmp_path)
    with pytest.raises(BadSettings):
        place_of(folder, short_root=str(tmp_path))


def test_a_foreign_server_on_the_socket_is_not_joined(data_dir: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    try:
        embedded.ensure_running(other)
        place_of(data_dir).socket.symlink_to(place_of(other).socket)
        with pytest.raises(OutsideWorld, match="belongs to"):
            embedded.ensure_running(data_dir)
    finally:
        embedded.stop(other)
        place_of(data_dir).socket.unlink()


def test_stopping_ends_it_and_stopping_again_says_so(data_dir: Path) -> None:
    embedded.ensure_running(data_dir)
    assert embedded.stop(data_dir) is True
    assert not server_lives(place_of(data_dir))
    assert not place_of(data_dir).socket.exists()
    assert embedded.stop(data_dir) is False


def test_asking_about_a_folder_makes_none(tmp_path: Path) -> None:
    assert embedded.is_running(tmp_path / "nothing") is False
    assert embedded.stop(tmp_path / "nothing") is False
    assert not (tmp_path / "nothing").exists()


def test_only_its_owner_can_reach_it(data_dir: Path) -> None:
    embedded.ensure_running(data_dir)
    place = place_of(data_dir)
    assert stat.S_IMODE(place.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(place.socket.stat().st_mode) == 0o600
