"""The icons on the rich menus: a few thick strokes each, drawn around a centre."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PIL import ImageDraw

from bot.conversation.rich_menus import Icon

Point = tuple[float, float]


class Brush:
    """Draws in units of the icon: the centre is (0, 0), its edges lie at ±1."""

    def __init__(self, pen: ImageDraw.ImageDraw, centre: Point, reach: float, ink: str) -> None:
        self._pen, self._centre, self._reach, self._ink = pen, centre, reach, ink
        self._stroke = round(reach * 0.17)

    def _at(self, x: float, y: float) -> Point:
        return self._centre[0] + x * self._reach, self._centre[1] + y * self._reach

    def line(self, *points: Point) -> None:
        """A stroke through the points, with round ends."""
        places = [self._at(*point) for point in points]
        self._pen.line(places, fill=self._ink, width=self._stroke, joint="curve")
        for x, y in places:
            half = self._stroke / 2
            self._pen.ellipse((x - half, y - half, x + half, y + half), fill=self._ink)

    def frame(self, left: float, top: float, right: float, bottom: float, round_: float = 0.16) -> None:
        """The outline of a sheet."""
        box = (*self._at(left, top), *self._at(right, bottom))
        self._pen.rounded_rectangle(box, radius=round_ * self._reach, outline=self._ink, width=self._stroke)

    def block(self, left: float, top: float, right: float, bottom: float, round_: float = 0.06) -> None:
        """A filled rectangle."""
        box = (*self._at(left, top), *self._at(right, bottom))
        self._pen.rounded_rectangle(box, radius=round_ * self._reach, fill=self._ink)

    def ring(self, x: float, y: float, radius: float) -> None:
        """A circle's outline."""
        box = (*self._at(x - radius, y - radius), *self._at(x + radius, y + radius))
        self._pen.ellipse(box, outline=self._ink, width=self._stroke)

    def dot(self, x: float, y: float, radius: float) -> None:
        """A filled circle."""
        self._pen.ellipse((*self._at(x - radius, y - radius), *self._at(x + radius, y + radius)), fill=self._ink)

    def arc(self, x: float, y: float, radius: float, start: int, end: int) -> None:
        """A part of a circle, in degrees clockwise from three o'clock."""
        box = (*self._at(x - radius, y - radius), *self._at(x + radius, y + radius))
        self._pen.arc(box, start, end, fill=self._ink, width=self._stroke)

    def shape(self, points: Sequence[Point]) -> None:
        """A filled shape."""
        self._pen.polygon([self._at(*point) for point in points], fill=self._ink)


def _report(brush: Brush) -> None:
    brush.frame(-0.72, -0.9, 0.72, 0.9)
    brush.line((-0.34, -0.42), (0.34, -0.42))
    brush.line((-0.34, -0.02), (0.34, -0.02))
    brush.line((-0.34, 0.38), (0.02, 0.38))


def _list(brush: Brush) -> None:
    for y in (-0.62, 0.0, 0.62):
        brush.dot(-0.74, y, 0.13)
        brush.line((-0.36, y), (0.8, y))


def _chart(brush: Brush) -> None:
    for left, top in ((-0.82, 0.1), (-0.2, -0.34), (0.42, -0.82)):
        brush.block(left, top, left + 0.38, 0.82)


def _help(brush: Brush) -> None:
    brush.arc(0, -0.36, 0.48, 170, 400)
    brush.line((0.29, -0.1), (0.0, 0.16), (0.0, 0.38))
    brush.dot(0.0, 0.78, 0.14)


def _edit(brush: Brush) -> None:
    brush.line((-0.56, 0.52), (0.46, -0.5))
    brush.line((-0.3, 0.78), (0.72, -0.24))
    brush.line((0.46, -0.5), (0.72, -0.24))
    brush.shape(((-0.66, 0.44), (-0.22, 0.86), (-0.86, 0.92)))


def _bell(brush: Brush) -> None:
    brush.arc(0, -0.2, 0.56, 180, 360)
    brush.line((-0.49, -0.2), (-0.49, 0.3), (-0.74, 0.56), (0.74, 0.56), (0.49, 0.3), (0.49, -0.2))
    brush.dot(0, 0.84, 0.14)
    brush.line((0, -0.9), (0, -0.76))


def _check(brush: Brush) -> None:
    brush.ring(0, 0, 0.92)
    brush.line((-0.42, 0.02), (-0.1, 0.36), (0.46, -0.32))


def _return(brush: Brush) -> None:
    brush.line((-0.76, -0.3), (0.34, -0.3))
    brush.arc(0.34, 0.12, 0.5, 270, 450)
    brush.line((0.34, 0.54), (-0.3, 0.54))
    brush.line((-0.36, -0.72), (-0.8, -0.3), (-0.36, 0.12))


def _print(brush: Brush) -> None:
    brush.frame(-0.86, -0.3, 0.86, 0.5)
    brush.line((-0.5, -0.34), (-0.5, -0.84), (0.5, -0.84), (0.5, -0.34))
    brush.block(-0.5, 0.16, 0.5, 0.92)


def _door(brush: Brush) -> None:
    brush.line((-0.1, -0.84), (0.76, -0.84), (0.76, 0.84), (-0.1, 0.84))
    brush.line((-0.86, 0.0), (0.26, 0.0))
    brush.line((-0.1, -0.38), (0.28, 0.0), (-0.1, 0.38))


def _key(brush: Brush) -> None:
    brush.ring(-0.46, 0, 0.42)
    brush.line((-0.06, 0), (0.9, 0))
    brush.line((0.56, 0.04), (0.56, 0.36))
    brush.line((0.86, 0.04), (0.86, 0.3))


def _person(brush: Brush) -> None:
    brush.ring(-0.16, -0.42, 0.42)
    brush.arc(-0.16, 0.92, 0.76, 180, 360)
    brush.line((0.62, -0.2), (0.62, 0.36))
    brush.line((0.34, 0.08), (0.9, 0.08))


_DRAWN: dict[Icon, Callable[[Brush], None]] = {
    Icon.REPORT: _report,
    Icon.LIST: _list,
    Icon.CHART: _chart,
    Icon.HELP: _help,
    Icon.EDIT: _edit,
    Icon.BELL: _bell,
    Icon.CHECK: _check,
    Icon.RETURN: _return,
    Icon.PRINT: _print,
    Icon.DOOR: _door,
    Icon.KEY: _key,
    Icon.PERSON: _person,
}


def draw_icon(pen: ImageDraw.ImageDraw, icon: Icon, centre: Point, reach: float, ink: str) -> None:
    """Draw an icon; `reach` is from its centre to its edge."""
    _DRAWN[icon](Brush(pen, centre, reach, ink))
