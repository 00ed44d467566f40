"""Charts as pictures: bars with their values, the same in every format that holds pictures."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from bot.adapters.render.fonts import VENDORED
from bot.reporting.model import Chart
from bot.reporting.rendering import Picture

_WIDTH, _HEIGHT = 1400, 640
_LEFT, _RIGHT, _TOP, _BOTTOM = 90, 40, 50, 70
_BAR, _SOFT, _RULE, _LINE = "#2f5d8a", "#5b6675", "#d5dae1", "#a32020"
_STEP = 20


def chart_picture(chart: Chart) -> Picture:
    """The chart drawn; its axis runs from 0 to 100."""
    image = Image.new("RGB", (_WIDTH, _HEIGHT), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(VENDORED / "Sarabun-Regular.ttf"), 30, layout_engine=ImageFont.Layout.BASIC)
    for line in range(0, 101, _STEP):
        y = _y(line)
        draw.line((_LEFT, y, _WIDTH - _RIGHT, y), fill=_RULE, width=2)
        draw.text((_LEFT - 14, y), str(line), font=font, fill=_SOFT, anchor="rm")
    slot = (_WIDTH - _LEFT - _RIGHT) / max(1, len(chart.points))
    for place, (label, value) in enumerate(chart.points):
        middle, half = _LEFT + slot * (place + 0.5), min(slot * 0.3, 70)
        draw.rectangle((middle - half, _y(value), middle + half, _y(0)), fill=_BAR)
        draw.text((middle, _y(value) - 8), f"{value:.2f}", font=font, fill="black", anchor="mb")
        draw.text((middle, _y(0) + 12), label, font=font, fill="black", anchor="mt")
    for x in range(_LEFT, _WIDTH - _RIGHT, 24):
        draw.line((x, _y(chart.mark), x + 12, _y(chart.mark)), fill=_LINE, width=3)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=92)
    return Picture(data=out.getvalue(), width=_WIDTH, height=_HEIGHT)


def _y(value: float) -> float:
    return _TOP + (100 - min(100.0, max(0.0, value))) / 100 * (_HEIGHT - _TOP - _BOTTOM)
