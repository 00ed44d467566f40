"""A measured figure, its aim, and what it is measured beside."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How thoroughly to measure.

    Attributes:
        quick: as little as shows that the measurement works; its values mean nothing.
        clean: also what takes a minute: the set-up from nothing.
    """

    quick: bool = False
    clean: bool = False

    def runs(self, thorough: int) -> int:
        """How often something is measured."""
        return 1 if self.quick else thorough


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """A limit that the median should keep."""

    limit: float
    at_least: bool = False

    def is_met(self, value: float) -> bool:
        """Whether a value keeps it."""
        return value >= self.limit if self.at_least else value < self.limit

    def words(self, unit: str) -> str:
        """As the table shows it."""
        return f"{'≥' if self.at_least else '<'} {self.limit:,g} {unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The alternative, measured in turn with ours in the same run."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table; `values` are the single runs."""

    name: str
    unit: str
    values: tuple[float, ...]
    aim: Aim | None = None
    beside: Beside | None = None

    @property
    def median(self) -> float:
        """What the figure stands for."""
        return statistics.median(self.values)

    @property
    def ratio(self) -> float | None:
        """How many times the alternative's value ours is."""
        return self.median / statistics.median(self.beside.values) if self.beside else None

    @property
    def is_met(self) -> bool | None:
        """Whether the aim is kept; None without one."""
        return self.aim.is_met(self.median) if self.aim else None


def seconds(work: Callable[[], object]) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turn(
    times: int, ours: Callable[[], float], theirs: Callable[[], float]
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Measure two things alternately, so that a machine that becomes busy slows both."""
    pairs = [(ours(), theirs()) for _ in range(times)]
    return tuple(our for our, _ in pairs), tuple(their for _, their in pairs)


def say(words: str) -> None:
    """Progress, to standard error."""
    print(f"  {words}", file=sys.stderr, flush=True)
