r"""Reads a chat script: people, what they say, what they are told, commands and what the export then holds.

A step a line: `@name` · `> text` · `> [label]` · `> +file path` · `< part` ·
`! command line` · `!2 command line` · `= path value`; `#` begins a comment line; `\n` is a line break in `>`, `<`
and `=`.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

from bot.domain.errors import BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of a script."""

    line: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker(Step):
    """Who speaks from here on."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Say(Step):
    """The speaker writes a text."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap(Step):
    """The speaker taps what has this label."""

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendFile(Step):
    """The speaker sends an image or a file."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect(Step):
    """Some message to the speaker since the last `>` or `!` contains this."""

    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Step):
    """`python -m bot …` must end with this status."""

    arguments: tuple[str, ...]
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds(Step):
    """The export has this value at this path."""

    path: str
    value: str


def read_script(path: Path) -> list[Step]:
    """The steps of a script file.

    Raises:
        BadInput: the file cannot be read, or a line is none of the steps; names the line.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise BadInput(f"{path}: the script cannot be read: {problem.strerror}") from None
    except UnicodeDecodeError as problem:
        raise BadInput(f"{path}: the script is not UTF-8 (byte {problem.start})") from None
    steps = [
        _step(path, number, line.strip())
        for number, line in enumerate(text.split("\n"), start=1)  # other line separators are text
        if line.strip() and not line.strip().startswith("#")
    ]
    if not steps:
        raise BadInput(f"{path}: the script has no steps")
    return steps


def _step(path: Path, line: int, source: str) -> Step:
    mark, rest = source[0], source[1:].strip()
    if mark == "@" and rest:
        return Speaker(line=line, source=source, name=rest)
    if mark == ">" and rest:
        return _said(line, source, rest)
    if mark == "<" and rest:
        return Expect(line=line, source=source, part=_breaks(rest))
    if mark == "!":
        return _command(path, line, source)
    if mark == "=" and rest:
        where, _, value = rest.partition(" ")
        return Holds(line=line, source=source, path=where, value=_breaks(value.strip()))
    raise BadInput(f"{path}: line {line} is no step of a script: {source!r}")


def _said(line: int, source: str, rest: str) -> Step:
    if rest.startswith("[") and rest.endswith("]"):
        return Tap(line=line, source=source, label=rest[1:-1].strip())
    if rest.startswith("+file "):
        return SendFile(line=line, source=source, path=rest.removeprefix("+file ").strip())
    return Say(line=line, source=source, text=_breaks(rest))


def _command(path: Path, line: int, source: str) -> Step:
    mark, _, rest = source.partition(" ")
    status = {"!": 0, "!2": 2}.get(mark)
    if status is None or not rest.strip():
        raise BadInput(f"{path}: line {line}: a command is written as ! or !2, a blank, and the command: {source!r}")
    try:
        arguments = tuple(shlex.split(rest))
    except ValueError as problem:
        raise BadInput(f"{path}: line {line}: {problem}: {source!r}") from None
    return Command(line=line, source=source, arguments=arguments, status=status)


def _breaks(text: str) -> str:
    return text.replace("\\n", "\n")
