"""The demo's machine room: one data directory, five processes, a sample agency."""

from __future__ import annotations

import fcntl
import os
import secrets
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TextIO

from bot.adapters.clock import SystemClock
from bot.bootstrap import Runtime
from bot.cli.apart import apart
from bot.cli.processes import Child, Children, clean_environment, free_port, wait_until_answers
from bot.cli.sample import Sample, seed_sample
from bot.config import Settings
from bot.domain.errors import BadInput
from bot.simulator.client import SimulatorClient


@dataclass(kw_only=True)
class DemoWorld:
    """A running demo."""

    data_dir: Path
    port: int
    simulator_port: int
    secret: str
    token: str
    children: Children = field(default_factory=Children)
    sample: Sample | None = None
    _runtime: Runtime | None = None
    _clock: SystemClock | None = None

    @classmethod
    @contextmanager
    def started(cls, data_dir: Path, port: int | None, say: Callable[[str], None]) -> Iterator[DemoWorld]:
        """Start everything and end it with the block.

        Raises:
            BadInput: the port or the data directory is taken.
            OutsideWorld: a process did not start.
        """
        data_dir = data_dir.absolute()
        _make(data_dir)
        lock = _take(data_dir)
        web_port = free_port(port)
        beside = _free_or_any(web_port + 1)
        secret, token = _channel_keys(data_dir)
        world = cls(data_dir=data_dir, port=web_port, simulator_port=beside, secret=secret, token=token)
        try:
            world._start(say)
            yield world
        finally:
            world._end()
            lock.close()

    # What it looks like from outside

    @property
    def base_url(self) -> str:
        """The web's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def simulator_url(self) -> str:
        """The simulator's own address, which is LINE's for this demo."""
        return f"http://127.0.0.1:{self.simulator_port}"

    @cached_property
    def settings(self) -> Settings:
        """The settings that all processes of the demo share."""
        return Settings.from_env(self.environment())

    @property
    def runtime(self) -> Runtime:
        """The program in this process, on the same database."""
        if self._runtime is None:
            self._runtime = Runtime(self.settings)
        return self._runtime

    @property
    def client(self) -> SimulatorClient:
        """The hands of the simulated people."""
        return SimulatorClient(self.simulator_url)

    def environment(self) -> dict[str, str]:
        """The environment of a child that starts now; a believed date goes on from where it is."""
        env = {
            **clean_environment(),
            "PORT": str(self.port),
            "DATA_DIR": str(self.data_dir),
            "LINE_CHANNEL_SECRET": self.secret,
            "LINE_CHANNEL_ACCESS_TOKEN": self.token,
            "LINE_API_BASE": self.simulator_url,
            "LINE_DATA_API_BASE": self.simulator_url,
            "SIMULATOR_URL": self.simulator_url,
            "PYTHONUNBUFFERED": "1",
        }
        if self._clock is not None and os.environ.get("BOT_NOW"):
            env["BOT_NOW"] = self._clock.now().isoformat()
        return env

    def addresses(self) -> Mapping[str, str]:
        """For --json."""
        return {
            "simulator": f"{self.base_url}/simulator/",
            "admin": f"{self.base_url}/admin/",
            "health": f"{self.base_url}/readyz",
            "data_dir": str(self.data_dir),
        }

    def welcome(self) -> list[str]:
        """What a newcomer reads first."""
        code = self.sample.open_code if self.sample else None
        return [
            "",
            "  ก้าวหน้า (Kaona) พร้อมแล้ว",
            f"  คุยกับบอต      {self.base_url}/simulator/   (เลือกเป็นใครก็ได้ แล้วพิมพ์ รายงานผล)",
            *([f"                 เพิ่มคนใหม่แล้วส่งรหัส {code} เพื่อลองเข้าร่วม"] if code else []),
            f"  หน้าผู้ดูแล      {self.base_url}/admin/       (พิมพ์ ผู้ดูแล ในแชตของ {self._admin} เพื่อรับลิงก์)",
            f"  ข้อมูลอยู่ที่      {self.data_dir}",
            "  จบด้วย Ctrl-C",
            "",
        ]

    @property
    def _admin(self) -> str:
        return self.sample.admin if self.sample else ""

    def log_of(self, name: str) -> Path:
        """Where a process writes."""
        return self.data_dir / "logs" / f"{name}.log"

    # Starting and ending

    def _prepare(self) -> None:
        from bot.adapters.sql.migrate import initialise

        initialise(self.settings.database_url)
        self.runtime.redis_ping()

    def _start(self, say: Callable[[str], None]) -> None:
        self._clock = SystemClock(self.settings.started_at)
        simulator = self._child(
            "simulator",
            "simulator",
            *("--port", str(self.simulator_port)),
            *("--webhook", f"{self.base_url}/callback"),
            *("--state-dir", str(self.data_dir / "simulator")),
            *("--name", "ก้าวหน้า"),
            *("--quota", "300"),
            *("--link", "หน้าผู้ดูแล", f"{self.base_url}/admin/"),
        )
        self.children.start(simulator)
        say("starting: database, Redis")
        apart(self._prepare)
        web, worker = self._child("web", "web"), self._child("worker", "worker")
        for child in (web, worker, self._child("clock", "clock")):
            self.children.start(child)
        say("starting: web, worker, clock")
        wait_until_answers(f"{self.simulator_url}/simulator/api/state", simulator)
        wait_until_answers(f"{self.base_url}/readyz", web)
        self.sample = apart(lambda: seed_sample(self.runtime, self.client, say))

    def install_menus(self) -> None:
        """Have the rich menus installed while people look around already."""
        self.children.start(self._child("rich-menus", "rich-menus", "install", once=True))

    def _child(self, name: str, *arguments: str, once: bool = False) -> Child:
        return Child(name=name, arguments=arguments, env=self.environment, log=self.log_of(name), once=once)

    def _end(self) -> None:
        from bot.adapters.redis_.embedded import stop

        previous = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            self.children.end()
            stop(self.data_dir)
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)


def _make(data_dir: Path) -> None:
    try:
        (data_dir / "logs").mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise BadInput(f"--data-dir: {data_dir} cannot be made: {problem.strerror}") from None


def _take(data_dir: Path) -> TextIO:
    """Hold the data directory for this demo; two on one would take each other's messages.

    Raises:
        BadInput: another demo holds it.
    """
    lock = (data_dir / "demo.lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise BadInput(f"a demo is already running on {data_dir}: end it, or give another --data-dir") from None
    return lock


def _channel_keys(data_dir: Path) -> tuple[str, str]:
    """The simulated channel's secret and token, made once a data directory."""
    path = data_dir / "simulated_channel"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(f"{secrets.token_hex(16)}\n{secrets.token_hex(32)}\n")
    secret, token = path.read_text().split()
    return secret, token


def _free_or_any(wanted: int) -> int:
    try:
        return free_port(wanted)
    except BadInput:
        return free_port()
