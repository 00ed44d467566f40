"""The whole program as real processes, with the hands and eyes of people and of an operator."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import redis

from bot.cli.demo_world import DemoWorld
from bot.cli.wait import wait_until_settled
from bot.domain.calendar import BANGKOK
from bot.ports.records import Backlog
from bot.simulator.client import ChatMessage, SimulatorClient

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = ROOT.parent / "shared" / "examples"
PATIENCE = 60.0
REPLY, PUSH = "/v2/bot/message/reply", "/v2/bot/message/push"


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Town:
    """A running demo."""

    world: DemoWorld
    _heard: dict[str, int] = field(default_factory=dict)

    @property
    def line(self) -> SimulatorClient:
        return self.world.client

    @property
    def year(self) -> int:
        """The sample agency's fiscal year."""
        assert self.world.sample is not None
        return int(self.world.sample.fiscal_year)

    # The operator

    def bot(self, *arguments: object, status: int = 0) -> Ran:
        """`python -m bot …`, which must end so."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *map(str, arguments)],
            cwd=ROOT,
            env=self.world.environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == status, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    def export(self, agency: str, year: int) -> dict[str, Any]:
        found: dict[str, Any] = self.bot("export", "--agency", agency, "--fiscal-year", year).json
        return found

    def open_round(self, agency: str, year: int, no: int = 12) -> None:
        """Set a round's dates so that it is open today."""
        today = datetime.now(BANGKOK).date()
        dates = (
            "--open",
            today - timedelta(days=7),
            "--due",
            today + timedelta(days=9),
            "--lock",
            today + timedelta(days=20),
        )
        self.bot("round", "set", "--agency", agency, "--fiscal-year", year, "--round", no, *dates)

    def invite(self, name: str, agency: str = "suksomdee", role: str = "officer", **options: object) -> str:
        """A code."""
        if role == "officer":
            options.setdefault("measures", "all")
        more = [part for key, value in options.items() for part in (f"--{key.replace('_', '-')}", value)]
        return self.bot("invite", "--agency", agency, "--role", role, "--name", name, *more).lines[0]

    # People

    def newcomer(self, name: str) -> str:
        """A LINE user who has just added the bot."""
        user = str(self.line.create_person(name)["user_id"])
        self.settle()
        self.news(user)
        return user

    def joins(self, name: str, **invitation: Any) -> str:
        """A newcomer who has sent their code."""
        user = self.newcomer(name)
        assert name in self.says(user, self.invite(name, **invitation))[-1]
        return user

    def says(self, user: str, *texts: str) -> list[str]:
        """Write texts, each after the last was answered; what was heard since the first."""
        heard: list[str] = []
        for text in texts:
            self.line.send_text(user, text)
            self.settle()
            heard += self.news(user)
        return heard

    def taps(self, user: str, *labels: str) -> list[str]:
        """Tap things by their labels."""
        heard: list[str] = []
        for label in labels:
            self.line.tap(user, label)
            self.settle()
            heard += self.news(user)
        return heard

    def news(self, user: str) -> list[str]:
        """What the bot has told since the last look."""
        lines = self.line.chat(user, after=self._heard.get(user, 0))
        if lines:
            self._heard[user] = lines[-1].seq
        return [line.text for line in lines if line.by == "bot"]

    def told(self, user: str) -> list[ChatMessage]:
        """Everything that the bot ever told a person."""
        return [line for line in self.line.chat(user) if line.by == "bot"]

    def asked_for_summary(self, name: str, measures: str = "1") -> str:
        """A new officer of the sample agency with one measure, who is asked for the summary."""
        user = self.joins(name, measures=measures)
        assert "สรุปผลการดำเนินการ" in self.says(user, "รายงานผล", "แล้วเสร็จ")[-1]
        return user

    def finishes(self, user: str) -> list[str]:
        """From the open summary to the submission."""
        return self.says(user, "เสร็จแล้ว", "ได้ผลดี", "เสร็จแล้ว", "ข้าม", "ข้าม", "ยืนยัน")

    def part_of(self, name: str, no: int = 1) -> dict[str, Any]:
        """What an officer of the sample agency has submitted, by the export."""
        sample = self.world.sample
        assert sample is not None
        round_ = self.export(sample.agency_id, sample.fiscal_year)["measures"][no - 1]["rounds"]["12"]
        return next(part for part in round_["parts"] if part["officer"] == name)

    # Coming to rest

    def settle(self, seconds: float = PATIENCE) -> None:
        """Wait until every webhook is answered and nothing is left to do; dead processes are started again."""

        def quiet() -> bool:
            self.world.children.revive()
            idle = self.line.webhooks(wait=1.0)["idle"]
            return bool(idle) and wait_until_settled(self.world.runtime, 0.5) == Backlog()

        until(quiet, seconds, lambda: f"there is still something to do: {wait_until_settled(self.world.runtime, 0)}")

    # Violence

    def process(self, name: str) -> subprocess.Popen[bytes]:
        """One of our own processes."""
        child = next(each for each in self.world.children.members if each.name == name)
        assert child.process is not None
        return child.process

    def kill(self, name: str) -> None:
        """SIGKILL one of our own processes; `settle` has it started again."""
        process = self.process(name)
        process.kill()
        process.wait(10)

    def kill_children_of(self, name: str) -> list[int]:
        """SIGKILL every child process of one of our processes; returns their ids."""
        found = children_of(self.process(name).pid)
        for pid in found:
            os.kill(pid, signal.SIGKILL)
        return found

    def redis(self) -> redis.Redis:
        """The embedded server, as any other client sees it."""
        return redis.Redis.from_url(self.world.runtime.redis.url())

    def redis_pid(self) -> int:
        """The embedded server's process, by what it says of itself."""
        with self.redis() as client:
            return int(client.info("server")["process_id"])


def children_of(pid: int) -> list[int]:
    """The child processes of a process."""
    tasks = Path(f"/proc/{pid}/task")
    if not tasks.exists():
        pytest.skip("needs /proc to find a process's children")
    return [int(each) for task in tasks.iterdir() for each in (task / "children").read_text().split()]


def processes_using(folder: Path) -> str:
    """The processes that name a folder in their command or environment, a line each."""
    if not Path("/proc/self/environ").exists():
        pytest.skip("needs /proc to see what other processes use")
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            command = each.joinpath("cmdline").read_bytes()
            used = command + each.joinpath("environ").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in used:
            found.append(f"{each.name} {command.decode(errors='replace')}")
    return "\n".join(found)


def until(holds: Callable[[], bool], seconds: float, otherwise: Callable[[], str]) -> None:
    """Wait for something to hold."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, otherwise()
        time.sleep(0.02)


@contextmanager
def town(folder: Path) -> Iterator[Town]:
    """Start everything in a folder and end it with the block."""
    notes: list[str] = []
    with DemoWorld.started(folder, None, notes.append) as world:
        yield Town(world)
