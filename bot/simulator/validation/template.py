"""Template messages: buttons, confirm, carousel and image carousel."""

from collections.abc import Mapping
from typing import Any

from bot.simulator.validation.actions import IN_IMAGE_CAROUSEL, IN_TEMPLATE, TEMPLATE_DEFAULT
from bot.simulator.validation.common import ALT_TEXT, COMMON
from bot.simulator.validation.counting import graphemes
from bot.simulator.validation.report import Path, Report
from bot.simulator.validation.specs import Many, OneOf, Record, Rule, Spec, Tagged, Text
from bot.simulator.validation.urls import MEDIA_URL

_COLOUR = Text(pattern="#[0-9A-Fa-f]{6}")
_CARD: dict[str, Spec] = {
    "thumbnailImageUrl": MEDIA_URL,
    "imageBackgroundColor": _COLOUR,
    "title": Text(low=1, high=40, count=graphemes),
    "defaultAction": TEMPLATE_DEFAULT,
}
_IMAGE: dict[str, Spec] = {
    "imageAspectRatio": OneOf(("rectangle", "square")),
    "imageSize": OneOf(("cover", "contain")),
}


def _shorter_with_picture(high: int) -> Rule:
    """The text may be longer only when neither title nor picture takes the room."""

    def rule(card: Mapping[str, Any], path: Path, report: Report) -> None:
        text = card.get("text")
        crowded = card.get("title") is not None or card.get("thumbnailImageUrl") is not None
        limit = 60 if crowded else high
        if isinstance(text, str) and graphemes(text) > limit:
            report.refuse((*path, "text"), f"must not be longer than {limit} characters")

    return rule


def _columns_alike(carousel: Mapping[str, Any], path: Path, report: Report) -> None:
    """All columns must have as many actions, and a title or picture all or none."""
    columns = [column for column in carousel.get("columns") or [] if isinstance(column, dict)]
    if not columns:
        return
    first = columns[0]
    for index, column in enumerate(columns[1:], start=1):
        place = (*path, "columns", index)
        mine, other = column.get("actions"), first.get("actions")
        if isinstance(mine, list) and isinstance(other, list) and len(mine) != len(other):
            report.refuse((*place, "actions"), "must have the same number of actions in all columns")
        for name in ("title", "thumbnailImageUrl"):
            if (column.get(name) is None) != (first.get(name) is None):
                report.refuse((*place, name), "must be used in all columns or in none")


_TEXT = Text(low=1)
_TEMPLATES: dict[str, Spec] = {
    "buttons": Record(
        fields={
            "type": Text(),
            **_CARD,
            **_IMAGE,
            "text": _TEXT,
            "actions": Many(of=IN_TEMPLATE, low=1, high=4),
        },
        required=("text", "actions"),
        rules=(_shorter_with_picture(160),),
    ),
    "confirm": Record(
        fields={
            "type": Text(),
            "text": Text(low=1, high=240, count=graphemes),
            "actions": Many(of=IN_TEMPLATE, low=2, high=2),
        },
        required=("text", "actions"),
    ),
    "carousel": Record(
        fields={
            "type": Text(),
            **_IMAGE,
            "columns": Many(
                of=Record(
                    fields={**_CARD, "text": _TEXT, "actions": Many(of=IN_TEMPLATE, low=1, high=3)},
                    required=("text", "actions"),
                    rules=(_shorter_with_picture(120),),
                ),
                low=1,
                high=10,
            ),
        },
        required=("columns",),
        rules=(_columns_alike,),
    ),
    "image_carousel": Record(
        fields={
            "type": Text(),
            "columns": Many(
                of=Record(
                    fields={"imageUrl": MEDIA_URL, "action": IN_IMAGE_CAROUSEL},
                    required=("imageUrl", "action"),
                ),
                low=1,
                high=10,
            ),
        },
        required=("columns",),
    ),
}
TEMPLATE = Record(
    fields={**COMMON, "altText": ALT_TEXT, "template": Tagged(_TEMPLATES)}, required=("altText", "template")
)
