"""The real worker processes on a real Redis: they stop well, and nothing but SIGKILL of the machine stops the work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import util
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.redis_ import embedded
from bot.adapters.redis_.connection import connect
from bot.adapters.redis_.heartbeats import Heartbeats
from bot.adapters.redis_.place import place_of, server_pid
from bot.jobs import CHAT_TURN, COMPILE_REPORT, DELIVER, FETCH_MEDIA, QUEUES

PROGRAM = Path(__file__).with_name("fake_program.py")
_spec = util.spec_from_file_location("fake_program", PROGRAM)
assert _spec
assert _spec.loader
fake_program: Any = util.module_from_spec(_spec)
_spec.loader.exec_module(fake_program)

PATIENCE = 60.0
"""Seconds until a wait is given up; nothing is asserted about how long anything takes."""

ROLES = ("chat", "deliver", "media", "reports")


def eventually(holds: Callable[[], Any]) -> Any:
    until = time.monotonic() + PATIENCE
    while not (found := holds()):
        assert time.monotonic() < until, f"never came true: {holds}"
        time.sleep(0.02)
    return found


def lives(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        if sys.platform == "linux":
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@dataclass
class Tree:
    """A running worker (or clock) and the folder it works on."""

    folder: Path
    runtime: Any
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, role: str = "worker") -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen([sys.executable, str(PROGRAM), role, str(self.folder)], stderr=log)
        self.started.append(process)
        return process

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def child(self, role: str) -> int:
        """The pid of the newest child of that role, once it works."""
        said = [line for line in self.log().splitlines() if f"worker.child_started role={role} child=" in line]
        return int(said[-1].rsplit("=", 1)[1]) if said else 0

    def works(self, pid: int) -> bool:
        return ["forked", str(pid)] in self.runtime.notes()

    def ready(self) -> bool:
        return all(self.works(self.child(role)) for role in ROLES)

    def did(self, job: str, name: str) -> int:
        return sum(1 for note in self.runtime.notes() if note[:3] == ["did", job, name])

    def began(self, job: str, name: str) -> bool:
        return any(note[:3] == ["began", job, name] for note in self.runtime.notes())


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Tree]:
    made = Tree(tmp_path, fake_program.FakeRuntime(tmp_path))
    yield made
    (tmp_path / "release").touch()
    for process in made.started:
        if process.poll() is None:
            process.kill()
        process.wait()
    for role in ROLES:
        if (tmp_path / "log").exists() and made.child(role):
            eventually(lambda role=role: not lives(made.child(role)))
    embedded.stop(tmp_path)


def all_due_done(tree: Tree, names: tuple[str, ...], *, hint: bool = True) -> None:
    for name in names:
        for job in set(QUEUES) - {DELIVER}:  # turns ask for deliveries themselves
            tree.runtime.put(job, name, hint=hint)
    for name in names:
        for job in QUEUES:
            eventually(lambda job=job, name=name: tree.did(job, name))


def test_every_job_is_done_once_and_the_tree_ends_with_its_turns_finished(tree: Tree) -> None:
    worker = tree.start()
    all_due_done(tree, ("one", "two"))
    assert {tree.did(job, name) for job in QUEUES for name in ("one", "two")} == {1}
    alive = eventually(lambda: [beat.role for beat in Heartbeats(tree.runtime.redis).alive() or ()])
    assert "worker" in alive
    eventually(tree.ready)
    children = [tree.child(role) for role in ROLES]
    tree.runtime.put(CHAT_TURN, "stuck-turn")
    tree.runtime.put(DELIVER, "stuck-delivery")
    eventually(lambda: tree.began(CHAT_TURN, "stuck-turn") and tree.began(DELIVER, "stuck-delivery"))
    worker.terminate()
    eventually(lambda: not lives(tree.child("media")))  # the idle ones have heard of it by now
    (tree.folder / "release").touch()
    assert worker.wait(PATIENCE) == 0
    assert tree.did(CHAT_TURN, "stuck-turn") == 1
    assert tree.did(DELIVER, "stuck-delivery") == 1
    assert "worker.children_killed" not in tree.log()
    assert not [pid for pid in children if lives(pid)]
    assert embedded.is_running(tree.folder)


def test_a_turn_that_never_ends_does_not_keep_the_worker_from_stopping(tree: Tree) -> None:
    worker = tree.start()
    tree.runtime.put(CHAT_TURN, "stuck-turn")
    eventually(lambda: tree.began(CHAT_TURN, "stuck-turn"))
    worker.send_signal(signal.SIGINT)
    assert worker.wait(PATIENCE) == 0
    assert "worker.children_killed" in tree.log()
    assert not lives(tree.child("chat"))


def test_any_child_may_be_killed_even_in_the_middle_of_its_work(tree: Tree) -> None:
    tree.start()
    eventually(tree.ready)
    before = {role: tree.child(role) for role in ROLES}
    for job in (CHAT_TURN, DELIVER):
        tree.runtime.put(job, "kills-me")
    for pid in (before["media"], before["reports"]):
        os.kill(pid, signal.SIGKILL)
    for job in (CHAT_TURN, DELIVER):
        eventually(lambda job=job: tree.did(job, "kills-me"))
    all_due_done(tree, ("after",), hint=False)
    assert all(tree.child(role) != before[role] for role in ROLES)
    assert tree.did(CHAT_TURN, "kills-me") == 1


def test_a_job_in_a_fork_may_be_killed_and_is_done_by_the_next(tree: Tree) -> None:
    tree.start()
    tree.runtime.put(FETCH_MEDIA, "kills-me")
    eventually(lambda: tree.did(FETCH_MEDIA, "kills-me"))


def test_a_flush_in_the_middle_loses_nothing(tree: Tree) -> None:
    tree.start()
    eventually(tree.ready)
    for number in range(20):
        tree.runtime.put(CHAT_TURN, f"chat-{number}")
    with connect(tree.runtime.redis.url(), patience=10) as client:
        client.flushall()
        for number in range(20):
            eventually(lambda number=number: tree.did(DELIVER, f"chat-{number}"))
        all_due_done(tree, ("after",))
        client.flushall()
    all_due_done(tree, ("later",), hint=False)
    assert "worker.child_ended" not in tree.log()


def test_the_embedded_redis_may_be_killed(tree: Tree) -> None:
    tree.start()
    eventually(tree.ready)
    all_due_done(tree, ("before",))
    pid = server_pid(place_of(tree.folder))
    assert pid
    os.kill(pid, signal.SIGKILL)
    all_due_done(tree, ("after",))
    assert server_pid(place_of(tree.folder)) != pid


def test_slow_deliveries_hold_up_nobody_else(tree: Tree) -> None:
    tree.start()
    slow = [f"stuck-{number}" for number in range(10)]
    for chat in slow:
        tree.runtime.put(DELIVER, chat)
    eventually(lambda: all(tree.began(DELIVER, chat) for chat in slow))
    tree.runtime.put(CHAT_TURN, "quick")
    eventually(lambda: tree.did(DELIVER, "quick"))
    assert not any(tree.did(DELIVER, chat) for chat in slow)
    running = Heartbeats(tree.runtime.redis)
    eventually(lambda: (counts := running.queues()) and counts.running["deliver"] >= len(slow))
    (tree.folder / "release").touch()
    eventually(lambda: all(tree.did(DELIVER, chat) for chat in slow))


def test_media_do_not_wait_behind_a_long_compile(tree: Tree) -> None:
    tree.start()
    tree.runtime.put(COMPILE_REPORT, "stuck-report")
    eventually(lambda: tree.began(COMPILE_REPORT, "stuck-report"))
    tree.runtime.put(FETCH_MEDIA, "photo")
    eventually(lambda: tree.did(FETCH_MEDIA, "photo"))
    assert not tree.did(COMPILE_REPORT, "stuck-report")


def test_children_end_with_a_killed_supervisor_and_finish_their_turn(tree: Tree) -> None:
    worker = tree.start()
    eventually(tree.ready)
    tree.runtime.put(CHAT_TURN, "stuck-turn")
    eventually(lambda: tree.began(CHAT_TURN, "stuck-turn"))
    worker.kill()
    eventually(lambda: not any(lives(tree.child(role)) for role in ("deliver", "media", "reports")))
    assert lives(tree.child("chat"))
    (tree.folder / "release").touch()
    eventually(lambda: not lives(tree.child("chat")))
    assert tree.did(CHAT_TURN, "stuck-turn") == 1


def test_the_job_of_a_killed_worker_ends_with_it(tree: Tree) -> None:
    tree.start()
    tree.runtime.put(COMPILE_REPORT, "stuck-report")
    eventually(lambda: tree.began(COMPILE_REPORT, "stuck-report"))
    compiling = next(int(note[-1]) for note in tree.runtime.notes() if note[0] == "began")
    os.kill(tree.child("reports"), signal.SIGKILL)
    eventually(lambda: not lives(compiling))


@pytest.mark.parametrize(("name", "over"), [("hog-1", "memory"), ("deaf-1", "time")])
def test_a_job_that_takes_too_much_is_ended_and_the_next_one_is_done(tree: Tree, name: str, over: str) -> None:
    tree.runtime.put(COMPILE_REPORT, name)
    tree.runtime.put(COMPILE_REPORT, "modest")
    assert tree.start("limited").wait(PATIENCE) == 0
    assert f"job.over_limit over={over}" in tree.log()
    assert not tree.did(COMPILE_REPORT, name)
    assert [note[1:3] for note in tree.runtime.notes() if note[0] == "cut_off"] == [[name, over]]
    assert tree.did(COMPILE_REPORT, "modest") == 1


def test_a_bug_is_logged_with_its_traceback_and_harms_no_other_chat(tree: Tree) -> None:
    tree.start()
    tree.runtime.put(CHAT_TURN, "breaks-always")
    tree.runtime.put(CHAT_TURN, "fine")
    eventually(lambda: tree.did(DELIVER, "fine"))
    assert "job.broke job=chat_turn id=breaks-always error=ZeroDivisionError" in tree.log()
    assert "Traceback" in tree.log()
    assert "worker.child_ended" not in tree.log()


def test_two_workers_share_the_work(tree: Tree) -> None:
    first, second = tree.start(), tree.start()
    eventually(lambda: tree.log().count("worker.started") == 2)
    all_due_done(tree, ("a", "b", "c"))
    assert {tree.did(CHAT_TURN, name) for name in "abc"} == {1}
    for worker in (first, second):
        worker.terminate()
    assert {first.wait(PATIENCE), second.wait(PATIENCE)} == {0}


def test_two_clocks_tick_as_one_and_end_when_asked(tree: Tree) -> None:
    clocks = [tree.start("clock"), tree.start("clock")]
    eventually(lambda: tree.log().count("clock.started") == 2)
    eventually(lambda: ["tick", "quota"] in [note[:2] for note in tree.runtime.notes()])
    for clock in clocks:
        clock.terminate()
    assert {clock.wait(PATIENCE) for clock in clocks} == {0}
    ticks = [note[1] for note in tree.runtime.notes() if note[0] == "tick"]
    assert sorted(ticks) == ["quota", "reminders"]
