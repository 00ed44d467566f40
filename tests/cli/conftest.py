"""The command line in this process, on a database of the test's own."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import main
from bot.simulator.client import SimulatorClient
from bot.simulator.config import SimulatorConfig
from bot.simulator.serve import running

SECRET, TOKEN = "a-channel-secret-for-tests", "an-access-token-for-tests"
_OURS = ("DATABASE_URL", "REDIS_URL", "MEDIA_URL", "LINE_", "PUBLIC_BASE_URL", "SECRET_KEY", "PORT", "DATA_DIR", "BOT_")

PLAN = """มาตรการ\tขั้นตอน/วิธีการปฏิบัติ\tผู้รับผิดชอบ\tระยะเวลาดำเนินการ
๑. จัดทำคู่มือบริการ\tทบทวนคู่มือ\tสำนักปลัด\tตุลาคม ๒๕๖๖ - กันยายน ๒๕๖๗
๒. เผยแพร่งบประมาณ\tสรุปเป็นภาพ\tกองคลัง\tไตรมาส ๑-๔
๓. รับเรื่องร้องเรียน\tเปิดช่องทาง\tงานนิติการ\tมกราคม - มีนาคม ๒๕๖๗
"""
"""Three measures of fiscal year 2567, as pasted from a table."""


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

    @property
    def problem(self) -> str:
        """The one line that says what was wrong."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, f"one clear line, not:\n{self.err}"
        assert "Traceback" not in self.err
        return lines[0]


Cli = Callable[..., Ran]


@pytest.fixture(autouse=True)
def logging_left_as_found() -> Iterator[None]:
    """Every command sets up logging for its process; the next test's must not notice."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)  # not by the attribute: loggers remember what is enabled


@pytest.fixture
def bare_cli(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """The command line where nothing is set up: no database, no LINE."""
    for name in list(os.environ):
        if name.startswith(_OURS):
            monkeypatch.delenv(name)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("SECRET_KEY", "a secret key for tests only")
    monkeypatch.chdir(tmp_path)

    def cli(*arguments: object) -> Ran:
        capsys.readouterr()
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            status = int(ended.code or 0)
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return cli


@pytest.fixture
def cli(bare_cli: Cli, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line on an initialised, empty database."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    return bare_cli


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    file = tmp_path / "plan.txt"
    file.write_text(PLAN, encoding="utf-8")
    return file


@pytest.fixture
def office(cli: Cli, plan_file: Path) -> Cli:
    """An agency with a plan of three measures for 2567."""
    assert cli("agency", "add", "--id", "dee", "--name", "องค์การบริหารส่วนตำบลดี").status == 0
    assert cli("plan", "import", plan_file, "--agency", "dee", "--fiscal-year", 2567).status == 0
    return cli


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimulatorClient]:
    """LINE, played, with the default channel on it."""
    config = SimulatorConfig(
        webhook_url="http://127.0.0.1:9/callback", channel_secret=SECRET, channel_access_token=TOKEN, port=0
    )
    with running(config) as server:
        monkeypatch.setenv("LINE_API_BASE", server.url)
        monkeypatch.setenv("LINE_DATA_API_BASE", server.url)
        monkeypatch.setenv("LINE_CHANNEL_SECRET", SECRET)
        monkeypatch.setenv("LINE_CHANNEL_ACCESS_TOKEN", TOKEN)
        yield SimulatorClient(server.url)


def database_of(url: str) -> bytes:
    """The database's content, to see that nothing changed."""
    import sqlite3

    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        return "\n".join(connection.iterdump()).encode()
