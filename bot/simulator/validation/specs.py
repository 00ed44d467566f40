"""The small language the tables of message shapes are written in."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.simulator.validation.counting import utf16_units
from bot.simulator.validation.report import Path, Report

INVALID = "invalid property"
MISSING = "must be specified"


class Spec(Protocol):
    """Something a value can be checked against."""

    def check(self, value: Any, path: Path, report: Report) -> None:
        """Note in the report everything that is wrong with the value."""


Rule = Callable[[Mapping[str, Any], Path, Report], None]
"""A rule over several fields of one object."""


def is_flex(path: Path) -> bool:
    """Tell whether a path points into Flex contents, where LINE uses words of its own."""
    return len(path) > 2 and path[2] == "contents"


def too_long(path: Path, low: int, high: int) -> str:
    """Say that a text is too long, in the words of that part of LINE."""
    if is_flex(path):
        return INVALID
    if len(path) > 2 and path[2] == "template":
        return f"must not be longer than {high} characters"
    return f"Length must be between {low} and {high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A string with a length, counted as `count` counts, and perhaps a pattern."""

    low: int = 0
    high: int | None = None
    count: Callable[[str], int] = utf16_units
    pattern: str | None = None
    empty: str = MISSING
    otherwise: str = INVALID

    def check(self, value: Any, path: Path, report: Report) -> None:
        """Check type, length and pattern."""
        if not isinstance(value, str):
            report.refuse(path, INVALID)
        elif not value and self.low:
            report.refuse(path, self.empty)
        elif self.high is not None and not self.low <= self.count(value) <= self.high:
            report.refuse(path, too_long(path, self.low, self.high))
        elif self.pattern and not re.fullmatch(self.pattern, value):
            report.refuse(path, self.otherwise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number, whole or not, between two bounds."""

    whole: bool = True
    low: float | None = None
    high: float | None = None

    def check(self, value: Any, path: Path, report: Report) -> None:
        """Check type and bounds."""
        low = float("-inf") if self.low is None else self.low
        high = float("inf") if self.high is None else self.high
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or (self.whole and not isinstance(value, int)) or not low <= value <= high:
            report.refuse(path, INVALID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """True or false."""

    def check(self, value: Any, path: Path, report: Report) -> None:
        """Check the type."""
        if not isinstance(value, bool):
            report.refuse(path, INVALID)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a closed set of words."""

    values: tuple[str, ...]

    def check(self, value: Any, path: Path, report: Report) -> None:
        """Check membership."""
        if value not in self.values:
            listed = ", ".join(self.values)
            report.refuse(path, INVALID if is_flex(path) else f"Must be one of the following values: [{listed}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Many:
    """A list of things of one kind."""

    of: Spec
    low: int = 0
    high: int | None = None

    def check(self, value: Any, path: Path, report: Report) -> None:
        """Check the count, then each item."""
        if not isinstance(value, list):
            report.refuse(path, INVALID)
            return
        if len(value) < self.low or (self.high is not None and len(value) > self.high):
            report.refuse(path, self._wrong_count(path, len(value)))
        for index, item in enumerate(value):
            self.of.check(item, (*path, index), report)

    def _wrong_count(self, path: Path, count: int) -> str:
        if is_flex(path):
            return MISSING if count < self.low else INVALID
        if len(path) > 2 and path[2] == "template":
            few = f"must not be less than {self.low} items"
            return few if count < self.low else f"must not be more than {self.high} items"
        return f"Size must be between {self.low} and {self.high}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An object with known fields; any other field is refused."""

    fields: Mapping[str, Spec]
    required: tuple[str, ...] = ()
    missing: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()

    def check(self, value: Any, path: Path, report: Report) -> None:
        """Check for missing and unknown fields, each field, then the rules over several."""
        if not isinstance(value, dict):
            report.refuse(path, INVALID)
            return
        for name in self.required:
            if value.get(name) is None:
                report.refuse((*path, name), self.missing.get(name, MISSING))
        for name, item in value.items():
            spec = self.fields.get(name)
            if spec is None:
                report.refuse((*path, name), "unknown field")
            elif item is not None:
                spec.check(item, (*path, name), report)
        for rule in self.rules:
            rule(value, path, report)


@dataclass(frozen=True, slots=True)
class Tagged:
    """An object whose ``type`` says which shape it has."""

    kinds: Mapping[str, Spec]

    def check(self, value: Any, path: Path, report: Report) -> None:
        """Pick the shape and check against it."""
        if not isinstance(value, dict):
            report.refuse(path, INVALID)
        elif value.get("type") is None:
            report.refuse((*path, "type"), MISSING)
        elif not isinstance(value["type"], str) or value["type"] not in self.kinds:
            listed = ", ".join(self.kinds)
            words = INVALID if is_flex(path) else f"Must be one of the following values: [{listed}]"
            report.refuse((*path, "type"), words)
        else:
            self.kinds[value["type"]].check(value, path, report)


@dataclass(frozen=True, slots=True)
class Later:
    """A spec named before it is built, for shapes that contain themselves."""

    build: Callable[[], Spec]

    def check(self, value: Any, path: Path, report: Report) -> None:
        """Check against the built spec."""
        self.build().check(value, path, report)


def only(names: Iterable[str], **known: Spec) -> dict[str, Spec]:
    """Return those of the known fields that are named."""
    return {name: known[name] for name in names}
