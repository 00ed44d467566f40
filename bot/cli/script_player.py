"""Plays a chat script through a running demo, then compiles the round that it was about."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.cli.demo_world import DemoWorld
from bot.cli.output import Output
from bot.cli.processes import ROOT
from bot.cli.script import Command, Expect, Holds, Say, SendFile, Speaker, Step, Tap
from bot.cli.wait import wait_until_settled
from bot.domain.errors import BadInput
from bot.ports.records import Backlog
from bot.simulator.client import SimulatorProblem

PATIENCE = 30.0
"""Seconds for everything that a step sets going to come to rest."""

COMMAND_PATIENCE = 300.0
_OPTIONS = {"--agency": "agency", "--fiscal-year": "fiscal_year", "--round": "round"}


class Failed(Exception):
    """An expectation that did not hold, in a sentence."""


@dataclass(slots=True)
class Target:
    """Which agency, year and round `=` and the final compile mean."""

    agency: str
    fiscal_year: str
    round: str

    def follow(self, arguments: Sequence[str]) -> None:
        """Take over what a command line names."""
        for place, argument in enumerate(arguments):
            option, _, given = argument.partition("=")
            name = _OPTIONS.get(option)
            value = given or (arguments[place + 1] if place + 1 < len(arguments) else "")
            if name and value:
                setattr(self, name, value)


@dataclass(slots=True)
class ScriptPlayer:
    """One run of one script."""

    world: DemoWorld
    script: Path
    folder: Path
    out: Output
    speaker: str | None = None
    code: str = ""
    people: dict[str, str] = field(default_factory=dict)
    heard_from: dict[str, int] = field(default_factory=dict)

    def play(self, steps: Sequence[Step]) -> int:
        """Play every step, compile, and say how many expectations held; 1 when one did not."""
        target = self._sample_target()
        failures = []
        for step in steps:
            try:
                self._step(step, target)
            except (Failed, SimulatorProblem) as problem:
                failures.append(f"{self.script}:{step.line}: {step.source}\n    {problem}")
                self.out.note(failures[-1])
        files = self._compile(target, failures)
        data = {"steps": len(steps), "failures": failures, "files": files}
        held = f"{len(steps) - len(failures)} of {len(steps)} steps held"
        self.out.result(data, [*files, held])
        return 1 if failures else 0

    def _sample_target(self) -> Target:
        sample = self.world.sample
        if sample is None:
            raise BadInput("the demo has no sample agency")
        return Target(sample.agency_id, str(sample.fiscal_year), str(sample.round_no))

    def _step(self, step: Step, target: Target) -> None:
        match step:
            case Speaker(name=name):
                self._speak_as(name)
            case Say(text=text):
                self._act(lambda who: self.world.client.send_text(who, self._filled(text)))
            case Tap(label=label):
                self._act(lambda who: self.world.client.tap(who, self._filled(label)))
            case SendFile(path=path):
                file = self._file(path)
                self._act(lambda who: self.world.client.send_files(who, [file]))
            case Expect(part=part):
                self._expect(self._filled(part))
            case Command(arguments=arguments, status=status):
                target.follow(arguments)
                self._command([self._filled(a) for a in arguments], status)
            case Holds(path=path, value=value):
                self._holds(target, path, self._filled(value))

    # What people do and hear

    def _speak_as(self, name: str) -> None:
        self.speaker = name
        if name not in self.people:
            self.people[name] = str(self.world.client.create_person(name)["user_id"])
            self.heard_from[name] = 0
            self._settle()

    def _who(self) -> str:
        if self.speaker is None:
            raise Failed("nobody is speaking yet: begin with a line like @สมชาย")
        return self.people[self.speaker]

    def _act(self, do: Any) -> None:
        who = self._who()
        self._settle()
        self.heard_from[self.speaker or ""] = self.world.client.last_seq(who)
        do(who)
        self._settle()

    def _expect(self, part: str) -> None:
        who = self._who()
        self._settle()
        after = self.heard_from[self.speaker or ""]
        try:
            self.world.client.wait_for_text(who, part, after=after, seconds=1.0)
        except TimeoutError:
            heard = [line.text for line in self.world.client.chat(who, after=after) if line.by == "bot"]
            told = "\n    ".join("\n".join(heard).splitlines()) or "nothing"
            raise Failed(f"expected {part!r}; {self.speaker} was told:\n    {told}") from None

    # What the operator does

    def _command(self, arguments: list[str], status: int) -> None:
        self._settle()
        for name, who in self.people.items():
            self.heard_from[name] = self.world.client.last_seq(who)
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=self._cwd(),
            env={**self.world.environment(), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=COMMAND_PATIENCE,
            check=False,
        )
        if arguments[:1] == ["invite"] and done.returncode == 0:
            self.code = _code_of(done.stdout)
        if done.returncode != status:
            said = (done.stderr or done.stdout).strip().splitlines()[-3:]
            raise Failed(f"expected exit {status}, got {done.returncode}: {' / '.join(said)}")
        self._settle()

    def _holds(self, target: Target, path: str, value: str) -> None:
        self._settle()
        exported = self._export(target)
        found: Any = exported
        for key in path.split("."):
            try:
                found = found[int(key)] if isinstance(found, list) else found[key]
            except (KeyError, IndexError, ValueError, TypeError):
                raise Failed(f"the export has nothing at {path} (stopped at {key!r})") from None
        shown = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
        if shown != value and not _same_json(found, value):
            raise Failed(f"expected {value!r} at {path}, found {shown!r}")

    def _export(self, target: Target) -> Any:
        from bot.domain.agencies import AgencyId
        from bot.domain.calendar import FiscalYear
        from bot.reporting.year_json import year_json
        from bot.services.load_year import load_year

        with self.world.runtime.store.read() as uow:
            return year_json(load_year(uow, AgencyId(target.agency), FiscalYear(int(target.fiscal_year))))

    def _compile(self, target: Target, failures: list[str]) -> list[str]:
        """The final compile, by the very command an operator would use."""
        self._settle()
        arguments = ["--agency", target.agency, "--fiscal-year", target.fiscal_year, "--round", target.round]
        done = subprocess.run(
            [sys.executable, "-m", "bot", "compile", *arguments, "--out", str(self.folder.absolute())],
            cwd=ROOT,
            env=self.world.environment(),
            capture_output=True,
            text=True,
            timeout=COMMAND_PATIENCE,
            check=False,
        )
        if done.returncode != 0:
            failures.append(f"the final compile failed: {done.stderr.strip()}")
            self.out.note(failures[-1])
            return []
        return done.stdout.split("\n")[:-1]

    # Between steps

    def _settle(self) -> None:
        """Wait until every webhook is answered and nothing is left to do."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.world.children.revive()
            self.world.client.webhooks(wait=min(5.0, PATIENCE))
            left = wait_until_settled(self.world.runtime, 1.0)
            if left == Backlog():
                return
        raise Failed(f"after {PATIENCE:.0f} s there is still something to do: {left}")

    def _filled(self, text: str) -> str:
        return text.replace("{code}", self.code)

    def _cwd(self) -> Path:
        return Path.cwd()

    def _file(self, given: str) -> Path:
        for path in (Path(given), self.script.parent / given):
            if path.is_file():
                return path
        raise Failed(f"there is no file {given!r}, here or beside the script")


def _same_json(found: Any, value: str) -> bool:
    """Whether a list, number or null is the same, however its JSON is spaced."""
    try:
        return not isinstance(found, str) and bool(json.loads(value) == found)
    except ValueError:
        return False


def _code_of(printed: str) -> str:
    """The code that `invite` printed, with or without --json."""
    try:
        return str(json.loads(printed)["code"])
    except ValueError:
        return printed.splitlines()[0].strip()
