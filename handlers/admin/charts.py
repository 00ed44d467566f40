"""Where the parts of a chart lie; pure. The template charts.html draws them as SVG with the same said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 360, 210
LEFT, RIGHT, TOP, BOTTOM = 28, 4, 24, 24
FULL = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A column with its value above and its name below."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: str
    low: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A horizontal line of the scale."""

    y: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A chart of columns on a scale of 0 to 100; `mark` is the height of the line that they are held against."""

    bars: tuple[Bar, ...]
    scale: tuple[Line, ...]
    mark: float
    width: int = WIDTH
    height: int = HEIGHT


def columns(points: Sequence[tuple[str, float]], mark: float) -> Columns:
    """The columns of (name, score) pairs."""
    slot = (WIDTH - LEFT - RIGHT) / max(1, len(points))
    thick = min(slot * 0.6, 44.0)
    bars = tuple(
        Bar(
            x=round(LEFT + slot * place + (slot - thick) / 2, 1),
            y=_height_of(score),
            width=round(thick, 1),
            height=round(HEIGHT - BOTTOM - _height_of(score), 1),
            label=label,
            value=f"{score:.2f}",
            low=score < mark,
        )
        for place, (label, score) in enumerate(points)
    )
    scale = tuple(Line(y=_height_of(float(step)), label=str(step)) for step in range(0, 101, 25))
    return Columns(bars=bars, scale=scale, mark=_height_of(mark))


def _height_of(score: float) -> float:
    share = min(FULL, max(0.0, score)) / FULL
    return round(TOP + (1 - share) * (HEIGHT - TOP - BOTTOM), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day on the time line."""

    x: float
    day: date
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """How many were there by each day: a stepped line from the first day to the last.

    Attributes:
        path: the line, as SVG has it; it ends today.
        goal: the straight line from nothing on the first day to all on the due day.
        days: the first day, the due day, the last day, and today where it lies between.
        by_day: each day on which the number grew, with the number then.
    """

    path: str
    goal: tuple[float, float, float, float]
    days: tuple[Day, ...]
    scale: tuple[Line, ...]
    by_day: tuple[tuple[date, int], ...]
    width: int = WIDTH
    height: int = HEIGHT


def climb(reported: Sequence[date], total: int, first: date, due: date, last: date, today: date) -> Climb:
    """The climb of a round: the days on which measures were reported, of `total`, from opening to lock."""
    by_day = tuple((day, sum(each <= day for each in reported)) for day in sorted(set(reported)))
    across = WIDTH - LEFT - RIGHT
    length = max(1, (last - first).days)

    def x(day: date) -> float:
        share = min(1.0, max(0.0, (day - first).days / length))
        return round(LEFT + share * across, 1)

    def y(count: int) -> float:
        return _height_of(FULL * count / max(1, total))

    path = [f"M{x(first)} {y(0)}"]
    for day, count in by_day:
        path.append(f"H{x(day)} V{y(count)}")
    path.append(f"H{x(min(today, last))}")
    days = [Day(x=x(first), day=first, kind="first"), Day(x=x(due), day=due, kind="due")]
    days += [Day(x=x(last), day=last, kind="last")] if last != due else []
    days += [Day(x=x(today), day=today, kind="today")] if first < today < last else []
    steps = sorted({0, total // 2, total})
    return Climb(
        path=" ".join(path),
        goal=(x(first), y(0), x(due), y(total)),
        days=tuple(days),
        scale=tuple(Line(y=y(step), label=str(step)) for step in steps),
        by_day=by_day,
    )
