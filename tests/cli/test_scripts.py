"""Chat scripts: how lines are read, what a wrong one is told, and what a failed expectation says."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.output import Output
from bot.cli.script import Command, Expect, Holds, Say, SendFile, Speaker, Step, Tap, read_script
from bot.cli.script_player import Failed, ScriptPlayer, Target
from bot.domain.errors import BadInput
from bot.simulator.client import SimulatorProblem
from tests.cli.conftest import Cli

ROOT = Path(__file__).resolve().parent.parent.parent


def _read(tmp_path: Path, text: str) -> list[Step]:
    file = tmp_path / "a.chat"
    file.write_bytes(text.encode())
    return read_script(file)


def _one(tmp_path: Path, line: str) -> Any:
    (step,) = _read(tmp_path, line)
    return step


def test_every_kind_of_step(tmp_path: Path) -> None:
    steps = _read(
        tmp_path,
        "# a comment\n\n@สมชาย\n> สวัสดี\\nครับ\n> [รายงานผล]\n> +file รูป ๑.jpg\n< ตอบ\\nแล้ว\n"
        '! invite --name "วีระ มาใหม่"\n!2 init x\n= measures.0.title ก ข\\nค\n',
    )
    assert [step.line for step in steps] == [3, 4, 5, 6, 7, 8, 9, 10]
    speaker, say, tap, file, expect, command, failing, holds = steps
    assert isinstance(speaker, Speaker)
    assert speaker.name == "สมชาย"
    assert isinstance(say, Say)
    assert say.text == "สวัสดี\nครับ"
    assert isinstance(tap, Tap)
    assert tap.label == "รายงานผล"
    assert isinstance(file, SendFile)
    assert file.path == "รูป ๑.jpg"
    assert isinstance(expect, Expect)
    assert expect.part == "ตอบ\nแล้ว"
    assert isinstance(command, Command)
    assert (command.arguments, command.status) == (("invite", "--name", "วีระ มาใหม่"), 0)
    assert isinstance(failing, Command)
    assert failing.status == 2
    assert isinstance(holds, Holds)
    assert (holds.path, holds.value) == ("measures.0.title", "ก ข\nค")


@pytest.mark.parametrize("prefix", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_endings_and_a_byte_order_mark_do_not_matter(tmp_path: Path, prefix: str, newline: str) -> None:
    assert len(_read(tmp_path, prefix + newline.join(["@ก", "> ข"]))) == 2


def test_only_a_line_feed_ends_a_line(tmp_path: Path) -> None:
    assert _one(tmp_path, "> ก\u2028ข\x0bค\n").text == "ก\u2028ข\x0bค"


@pytest.mark.parametrize(
    ("value", "holds"), [('["ก","ข"]', True), ('["ก", "ข"]', True), ('["ข"]', False), ("ก", False)]
)
def test_a_list_is_compared_as_a_list(tmp_path: Path, value: str, holds: bool) -> None:
    class Exporting(ScriptPlayer):
        def _settle(self) -> None:
            pass

        def _export(self, target: Target) -> Any:
            return {"officers": ["ก", "ข"]}

    player = Exporting(NoWorld(), tmp_path / "a.chat", tmp_path, Output())  # type: ignore[arg-type]
    with nullcontext() if holds else pytest.raises(Failed):
        player._holds(Target(agency="a", fiscal_year="2569", round="12"), "officers", value)


@pytest.mark.parametrize("line", ["hello", "@", ">", "<", "=", "!", "!3 init", "!init", '! invite --name "open', "?"])
def test_a_line_that_is_no_step_is_named_with_its_number(tmp_path: Path, line: str) -> None:
    with pytest.raises(BadInput, match="line 2"):
        _read(tmp_path, f"@ก\n{line}\n")


@pytest.mark.parametrize("content", [b"", b"# only a comment\n", "@ก\n".encode("cp874"), b"\xff\xfe@\x00"])
def test_a_script_that_cannot_be_read_is_named(cli: Cli, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bad.chat"
    file.write_bytes(content)
    ran = cli("demo", "--script", file, "--out", tmp_path / "out")
    assert ran.status == 2
    assert "bad.chat" in ran.problem
    assert not (tmp_path / "out").exists()


def test_a_script_needs_a_place_for_its_report_and_the_other_way_round(cli: Cli, tmp_path: Path) -> None:
    for arguments in (["--script", "x.chat"], ["--out", str(tmp_path)]):
        ran = cli("demo", *arguments)
        assert ran.status == 2
        assert "--script" in ran.problem


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_a_port_that_is_none_is_wrong_usage(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, port: str
) -> None:
    data = ("--data-dir", tmp_path / "data")
    assert cli("demo", f"--port={port}", *data).status == 2
    monkeypatch.setenv("PORT", port)
    ran = cli("demo", *data)
    assert ran.status == 2
    assert "PORT" in ran.problem


WORD = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), min_size=1).filter(str.strip)


@given(text=st.lists(WORD, min_size=1, max_size=4).map(" ".join))
def test_whatever_is_said_is_said_as_it_is_written(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    step = _one(folder, "> " + text)
    if text.startswith("[") and text.endswith("]"):
        assert isinstance(step, Tap)
    elif text.startswith("+file "):
        assert isinstance(step, SendFile)
    else:
        assert isinstance(step, Say)
        assert step.text == text.replace("\\n", "\n").strip()


@given(text=st.text(max_size=80))
def test_rubbish_is_read_or_refused_but_never_breaks(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.getbasetemp() / "rubbish.chat"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with suppress(BadInput):
        assert read_script(file)


def test_the_target_follows_what_commands_name() -> None:
    target = Target(agency="suksomdee", fiscal_year="2569", round="12")
    target.follow(("round", "set", "--agency", "dee", "--fiscal-year=2567", "--round", "6", "--open", "2024-01-01"))
    assert (target.agency, target.fiscal_year, target.round) == ("dee", "2567", "6")
    target.follow(("init",))
    assert target.agency == "dee"


# Playing


class NoWorld:
    """A world in which every expectation fails."""

    class sample:  # noqa: N801 — stands for an attribute
        agency_id, fiscal_year, round_no = "suksomdee", 2569, 12


class FailingPlayer(ScriptPlayer):
    """Fails at the steps it is told to fail at."""

    def _step(self, step: Step, target: Target) -> None:
        match step:
            case Expect(part=part):
                raise Failed(f"expected {part!r}")
            case Tap(label=label):
                raise SimulatorProblem(404, f"nothing is labelled {label}")

    def _compile(self, target: Target, failures: list[str]) -> list[str]:
        return ["/out/report.pdf"]


def test_a_failed_expectation_is_one_with_its_line_and_the_rest_is_played(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.chat"
    file.write_text("@ก\n> ข\n< ไม่มี\n> [ไม่มีปุ่ม]\n", encoding="utf-8")
    player = FailingPlayer(NoWorld(), file, tmp_path / "out", Output())  # type: ignore[arg-type]
    assert player.play(read_script(file)) == 1
    said = capsys.readouterr()
    assert f"{file}:3: < ไม่มี" in said.err
    assert f"{file}:4: > [ไม่มีปุ่ม]" in said.err
    assert "2 of 4 steps held" in said.out


def test_the_shipped_scripts_are_readable() -> None:
    scripts = sorted((ROOT / "examples").glob("*.chat"))
    assert scripts
    for script in scripts:
        assert read_script(script)


def test_the_readme_shows_a_shipped_script_as_it_is() -> None:
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8") if readme.exists() else ""
    if "first-report.chat" not in text:
        pytest.skip("the README does not show the script yet")
    script = (ROOT / "examples" / "first-report.chat").read_text(encoding="utf-8").strip()
    blocks = [block.split("\n", 1)[1].strip() for block in text.split("```")[1::2] if "\n" in block]
    assert script in blocks
