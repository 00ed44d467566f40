"""Where the parts of a chart lie; pure. The template charts.html draws them as SVG with the same said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 40, 10, 24, 32
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
    thick = min(slot * 0.6, 64.0)
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
