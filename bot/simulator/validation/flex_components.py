"""Flex components: box, button, image, icon, text, span, separator, filler, video."""

from collections.abc import Mapping
from typing import Any

from bot.simulator.validation.actions import IN_FLEX, IN_FLEX_BUTTON
from bot.simulator.validation.flex_values import (
    ALIGN,
    BORDER,
    COLOUR,
    CORNER,
    DECORATION,
    FLAG,
    FLEX,
    GRAVITY,
    ICON_SIZE,
    IMAGE_SIZE,
    LENGTH,
    MARGIN,
    PADDING,
    PLACE,
    SHRINK,
    SPACING,
    STYLE,
    TEXT_SIZE,
    WEIGHT,
    Ratio,
)
from bot.simulator.validation.report import Path, Report
from bot.simulator.validation.specs import INVALID, Later, Many, Number, OneOf, Record, Spec, Tagged, Text
from bot.simulator.validation.urls import MEDIA_URL

_TYPE: dict[str, Spec] = {"type": Text()}
_STACKED = ("box", "button", "image", "separator", "filler", "text")
_IN_LAYOUT = {"horizontal": _STACKED, "vertical": _STACKED, "baseline": ("filler", "icon", "text")}


def _text_rule(component: Mapping[str, Any], path: Path, report: Report) -> None:
    """A text needs something to show: a non-empty ``text``, or spans."""
    if not component.get("text") and not component.get("contents"):
        report.refuse((*path, "text"), "must be specified")


def _layout_rule(box: Mapping[str, Any], path: Path, report: Report) -> None:
    """A baseline box holds only what has a baseline; icons live only there."""
    layout, contents = box.get("layout"), box.get("contents")
    allowed = _IN_LAYOUT.get(layout) if isinstance(layout, str) else None
    if allowed is None or not isinstance(contents, list):
        return
    for index, item in enumerate(contents):
        kind = item.get("type") if isinstance(item, dict) else None
        if isinstance(kind, str) and kind in _COMPONENTS.kinds and kind not in allowed:
            report.refuse((*path, "contents", index), INVALID)


_SPAN = Record(
    fields={
        **_TYPE,
        "text": Text(low=1),
        "color": COLOUR,
        "size": TEXT_SIZE,
        "weight": WEIGHT,
        "style": STYLE,
        "decoration": DECORATION,
    },
    required=("text",),
)
_GRADIENT = Record(
    fields={
        **_TYPE,
        "angle": Text(pattern=r"-?[0-9]+(?:\.[0-9]+)?deg"),
        "startColor": COLOUR,
        "endColor": COLOUR,
        "centerColor": COLOUR,
        "centerPosition": Text(pattern=r"(?:100(?:\.0+)?|[0-9]{1,2}(?:\.[0-9]+)?)%"),
    },
    required=("angle", "startColor", "endColor"),
)
_BUTTON = Record(
    fields={
        **_TYPE,
        **PLACE,
        "flex": FLEX,
        "action": IN_FLEX_BUTTON,
        "color": COLOUR,
        "style": OneOf(("primary", "secondary", "link")),
        "gravity": GRAVITY,
        "height": OneOf(("md", "sm")),
        "adjustMode": SHRINK,
        "scaling": FLAG,
    },
    required=("action",),
)
IMAGE = Record(
    fields={
        **_TYPE,
        **PLACE,
        "flex": FLEX,
        "url": MEDIA_URL,
        "align": ALIGN,
        "gravity": GRAVITY,
        "size": IMAGE_SIZE,
        "aspectRatio": Ratio(),
        "aspectMode": OneOf(("cover", "fit")),
        "backgroundColor": COLOUR,
        "action": IN_FLEX,
        "animated": FLAG,
    },
    required=("url",),
)
_ICON = Record(
    fields={**_TYPE, **PLACE, "url": MEDIA_URL, "size": ICON_SIZE, "aspectRatio": Ratio(), "scaling": FLAG},
    required=("url",),
)
_TEXT = Record(
    fields={
        **_TYPE,
        **PLACE,
        "flex": FLEX,
        "text": Text(),
        "contents": Many(of=Tagged({"span": _SPAN})),
        "size": TEXT_SIZE,
        "align": ALIGN,
        "gravity": GRAVITY,
        "color": COLOUR,
        "weight": WEIGHT,
        "style": STYLE,
        "decoration": DECORATION,
        "wrap": FLAG,
        "lineSpacing": Text(pattern=r"[0-9]+(?:\.[0-9]+)?px"),
        "maxLines": Number(low=0),
        "action": IN_FLEX,
        "adjustMode": SHRINK,
        "scaling": FLAG,
    },
    rules=(_text_rule,),
)
BOX = Record(
    fields={
        **_TYPE,
        **PLACE,
        "layout": OneOf(("horizontal", "vertical", "baseline")),
        "contents": Many(of=Later(lambda: _COMPONENTS)),
        "flex": FLEX,
        "spacing": SPACING,
        "backgroundColor": COLOUR,
        "borderColor": COLOUR,
        "borderWidth": BORDER,
        "cornerRadius": CORNER,
        **dict.fromkeys(("width", "maxWidth", "height", "maxHeight"), LENGTH),
        **dict.fromkeys(("paddingAll", "paddingTop", "paddingBottom", "paddingStart", "paddingEnd"), PADDING),
        "action": IN_FLEX,
        "justifyContent": OneOf(("center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly")),
        "alignItems": OneOf(("center", "flex-start", "flex-end")),
        "background": Tagged({"linearGradient": _GRADIENT}),
    },
    required=("layout", "contents"),
    rules=(_layout_rule,),
)
VIDEO = Record(
    fields={
        **_TYPE,
        "url": MEDIA_URL,
        "previewUrl": MEDIA_URL,
        "altContent": Tagged({"box": BOX, "image": IMAGE}),
        "aspectRatio": Ratio(),
        "action": IN_FLEX,
    },
    required=("url", "previewUrl", "altContent"),
)
_COMPONENTS: Tagged = Tagged(
    {
        "box": BOX,
        "button": _BUTTON,
        "image": IMAGE,
        "icon": _ICON,
        "text": _TEXT,
        "separator": Record(fields={**_TYPE, "margin": MARGIN, "color": COLOUR}),
        "filler": Record(fields={**_TYPE, "flex": FLEX}),
    }
)
