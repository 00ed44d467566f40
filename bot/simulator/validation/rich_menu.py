"""Rich menus: size, name, bar text and tappable areas."""

from collections.abc import Mapping
from typing import Any

from bot.simulator.validation.actions import IN_RICH_MENU
from bot.simulator.validation.counting import graphemes
from bot.simulator.validation.report import Path, Problem, Report
from bot.simulator.validation.specs import Flag, Many, Number, Record, Text


def _shape_rule(size: Mapping[str, Any], path: Path, report: Report) -> None:
    width, height = size.get("width"), size.get("height")
    if isinstance(width, int) and isinstance(height, int) and height and width / height < 1.45:
        report.refuse(path, "The aspect ratio (width / height) must be 1.45 or more")


RICH_MENU = Record(
    fields={
        "size": Record(
            fields={"width": Number(low=800, high=2500), "height": Number(low=250)},
            required=("width", "height"),
            rules=(_shape_rule,),
        ),
        "selected": Flag(),
        "name": Text(low=1, high=300, count=graphemes),
        "chatBarText": Text(low=1, high=14, count=graphemes),
        "areas": Many(
            of=Record(
                fields={
                    "bounds": Record(
                        fields={name: Number(low=0) for name in ("x", "y", "width", "height")},
                        required=("x", "y", "width", "height"),
                    ),
                    "action": IN_RICH_MENU,
                },
                required=("bounds", "action"),
            ),
            high=20,
        ),
    },
    required=("size", "selected", "name", "chatBarText", "areas"),
)


def validate_rich_menu(menu: Any) -> list[Problem]:
    """List every reason why LINE would refuse a rich menu."""
    report = Report()
    RICH_MENU.check(menu, (), report)
    return report.problems
