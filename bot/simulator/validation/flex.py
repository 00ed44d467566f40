"""Flex messages: bubbles and carousels, their blocks and how large they may be."""

import json
from collections.abc import Mapping
from typing import Any

from bot.simulator.validation.actions import IN_FLEX
from bot.simulator.validation.common import ALT_TEXT, COMMON
from bot.simulator.validation.flex_components import BOX, IMAGE, VIDEO
from bot.simulator.validation.flex_values import COLOUR, FLAG
from bot.simulator.validation.report import Path, Report
from bot.simulator.validation.specs import INVALID, Many, OneOf, Record, Rule, Spec, Tagged, Text

_BLOCK_STYLE = Record(fields={"backgroundColor": COLOUR, "separator": FLAG, "separatorColor": COLOUR})
_BOX_ONLY = Tagged({"box": BOX})
_BLOCKS = ("header", "hero", "body", "footer")
_BUBBLE_FIELDS: dict[str, Spec] = {
    "type": Text(),
    "size": OneOf(("nano", "micro", "deca", "hecto", "kilo", "mega", "giga")),
    "direction": OneOf(("ltr", "rtl")),
    "header": _BOX_ONLY,
    "hero": Tagged({"box": BOX, "image": IMAGE, "video": VIDEO}),
    "body": _BOX_ONLY,
    "footer": _BOX_ONLY,
    "styles": Record(fields=dict.fromkeys(_BLOCKS, _BLOCK_STYLE)),
    "action": IN_FLEX,
}


def json_bytes(value: Any) -> int:
    """Measure a container as LINE does: the bytes of its JSON in UTF-8."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))


def _at_most(kilobytes: int, what: str) -> Rule:
    def rule(container: Mapping[str, Any], path: Path, report: Report) -> None:
        if json_bytes(container) > kilobytes * 1024:
            words = f"Too large flex message. The maximum size of JSON data for a {what} is {kilobytes} KB"
            report.refuse(path, words)

    return rule


def _has_a_block(bubble: Mapping[str, Any], path: Path, report: Report) -> None:
    if all(bubble.get(name) is None for name in _BLOCKS):
        report.refuse(path, "At least one block must be specified")


def _video_rule(bubble: Mapping[str, Any], path: Path, report: Report) -> None:
    """A video needs a wide bubble, and cannot stand in a carousel."""
    hero = bubble.get("hero")
    is_video = isinstance(hero, dict) and hero.get("type") == "video"
    wide = bubble.get("size") in (None, "kilo", "mega", "giga")
    if is_video and (len(path) > 3 or not wide):
        report.refuse((*path, "hero"), INVALID)


def _equal_sizes(carousel: Mapping[str, Any], path: Path, report: Report) -> None:
    bubbles = [bubble for bubble in carousel.get("contents") or [] if isinstance(bubble, dict)]
    for index, bubble in enumerate(bubbles):
        if bubble.get("size", "mega") != bubbles[0].get("size", "mega"):
            report.refuse((*path, "contents", index, "size"), INVALID)


_BUBBLE = Record(fields=_BUBBLE_FIELDS, rules=(_has_a_block, _video_rule, _at_most(30, "bubble")))
_CAROUSEL = Record(
    fields={"type": Text(), "contents": Many(of=Tagged({"bubble": _BUBBLE}), low=1, high=12)},
    required=("contents",),
    rules=(_equal_sizes, _at_most(50, "carousel")),
)
FLEX = Record(
    fields={**COMMON, "altText": ALT_TEXT, "contents": Tagged({"bubble": _BUBBLE, "carousel": _CAROUSEL})},
    required=("altText", "contents"),
)
