"""Values that Flex properties take: colours, sizes, margins, offsets, ratios."""

import re
from dataclasses import dataclass
from typing import Any

from bot.simulator.validation.report import Path, Report
from bot.simulator.validation.specs import INVALID, Flag, Number, OneOf, Spec, Text

COLOUR = Text(pattern="#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")
_PIXELS = r"-?[0-9]+(?:\.[0-9]+)?px"
_PERCENT = r"[0-9]+(?:\.[0-9]+)?%"


def words_or(*words: str, pixels: bool = True, percent: bool = False) -> Text:
    """Build a spec for a keyword, a pixel size or a percentage."""
    choices = [re.escape(word) for word in words]
    choices += [r"[0-9]+(?:\.[0-9]+)?px"] if pixels else []
    choices += [_PERCENT] if percent else []
    return Text(pattern="|".join(choices))


MARGIN = words_or("none", "xs", "sm", "md", "lg", "xl", "xxl")
SPACING = MARGIN
PADDING = words_or("none", "xs", "sm", "md", "lg", "xl", "xxl", percent=True)
OFFSET = Text(pattern=f"none|xs|sm|md|lg|xl|xxl|{_PIXELS}|-?{_PERCENT}")
BORDER = words_or("none", "light", "normal", "medium", "semi-bold", "bold")
CORNER = words_or("none", "xs", "sm", "md", "lg", "xl", "xxl")
LENGTH = words_or(percent=True)
TEXT_SIZE = words_or("xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl")
IMAGE_SIZE = words_or("xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl", "full", percent=True)
ICON_SIZE = TEXT_SIZE
ALIGN = OneOf(("start", "end", "center"))
GRAVITY = OneOf(("top", "bottom", "center"))
WEIGHT = OneOf(("regular", "bold"))
STYLE = OneOf(("normal", "italic"))
DECORATION = OneOf(("none", "underline", "line-through"))
SHRINK = OneOf(("shrink-to-fit",))
FLEX = Number(low=0)
PLACE: dict[str, Spec] = {
    "margin": MARGIN,
    "position": OneOf(("relative", "absolute")),
    "offsetTop": OFFSET,
    "offsetBottom": OFFSET,
    "offsetStart": OFFSET,
    "offsetEnd": OFFSET,
}
FLAG = Flag()


@dataclass(frozen=True, slots=True)
class Ratio:
    """``width:height``, each 1 to 100000, the height at most three widths."""

    def check(self, value: Any, path: Path, report: Report) -> None:
        """Check form and bounds."""
        parts = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?):([0-9]+(?:\.[0-9]+)?)", value) if isinstance(value, str) else None
        if not parts:
            report.refuse(path, INVALID)
            return
        width, height = float(parts[1]), float(parts[2])
        if not (1 <= width <= 100000 and 1 <= height <= 100000) or height > width * 3:
            report.refuse(path, INVALID)
