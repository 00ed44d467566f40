"""Actions: what a tap does, and which rules hold where the action stands."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.simulator.validation.counting import graphemes
from bot.simulator.validation.report import Path, Report
from bot.simulator.validation.specs import INVALID, OneOf, Record, Rule, Spec, Tagged, Text
from bot.simulator.validation.urls import LINK_URL

_FORMATS = {
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "%Y-%m-%d"),
    "time": (r"[0-9]{2}:[0-9]{2}", "%H:%M"),
    "datetime": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}", "%Y-%m-%dT%H:%M"),
}
_DATA = Text(low=1, high=300)
_SHORT = Text(low=1, high=300, count=graphemes)


def parse_moment(mode: str, text: Any) -> datetime | None:
    """Read a picker's value in its mode's format; None when it is not in that format or range."""
    pattern, form = _FORMATS.get(mode, ("", ""))
    if not isinstance(text, str) or not pattern or not re.fullmatch(pattern, text):
        return None
    try:
        moment = datetime.strptime(text.upper(), form).replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment if mode == "time" or 1900 <= moment.year <= 2100 else None


def _picker_rule(action: Mapping[str, Any], path: Path, report: Report) -> None:
    mode = action.get("mode")
    if mode not in _FORMATS:
        return
    moments: dict[str, datetime] = {}
    for name in ("initial", "min", "max"):
        if action.get(name) is not None:
            moment = parse_moment(mode, action[name])
            if moment is None:
                report.refuse((*path, name), INVALID)
            else:
                moments[name] = moment
    low, high, initial = moments.get("min"), moments.get("max"), moments.get("initial")
    if low and high and low >= high:
        report.refuse((*path, "min"), "must be less than max")
    if initial and ((low and initial < low) or (high and initial > high)):
        report.refuse((*path, "initial"), INVALID)


def _postback_rule(action: Mapping[str, Any], path: Path, report: Report) -> None:
    if action.get("text") is not None and action.get("displayText") is not None:
        report.refuse((*path, "displayText"), "displayText and text can not be specified together")
    if action.get("fillInText") is not None and action.get("inputOption") != "openKeyboard":
        report.refuse((*path, "fillInText"), "fillInText needs inputOption openKeyboard")


def _alternative(spec: Spec) -> Record:
    return Record(fields={"desktop": spec})


_TYPE: dict[str, Spec] = {"type": Text()}
_KINDS: dict[str, tuple[dict[str, Spec], tuple[str, ...], tuple[Rule, ...]]] = {
    "postback": (
        {
            "data": _DATA,
            "displayText": _SHORT,
            "text": _SHORT,
            "inputOption": OneOf(("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice")),
            "fillInText": _SHORT,
        },
        ("data",),
        (_postback_rule,),
    ),
    "message": ({"text": _SHORT}, ("text",), ()),
    "uri": ({"uri": LINK_URL, "altUri": _alternative(LINK_URL)}, ("uri",), ()),
    "datetimepicker": (
        {
            "data": _DATA,
            "mode": OneOf(("date", "time", "datetime")),
            "initial": Text(),
            "min": Text(),
            "max": Text(),
        },
        ("data", "mode"),
        (_picker_rule,),
    ),
    "camera": ({}, (), ()),
    "cameraRoll": ({}, (), ()),
    "location": ({}, (), ()),
    "clipboard": ({"clipboardText": Text(low=1, high=1000)}, ("clipboardText",), ()),
    "richmenuswitch": (
        {"richMenuAliasId": Text(low=1, high=32, pattern="[a-z0-9_-]+"), "data": _DATA},
        ("richMenuAliasId", "data"),
        (),
    ),
}
_EVERYWHERE = ("postback", "message", "uri", "datetimepicker", "clipboard")


def action_spec(*, label: int, label_required: bool, extra: tuple[str, ...] = ()) -> Tagged:
    """Build the rules for actions at one place.

    Args:
        label: How many grapheme clusters a label may have there.
        label_required: Whether an action there must have one.
        extra: Action types that only that place allows.
    """
    label_spec = Text(low=1 if label_required else 0, high=label, count=graphemes)
    kinds: dict[str, Spec] = {}
    for name in (*_EVERYWHERE, *extra):
        fields, required, rules = _KINDS[name]
        must = ("label", *required) if label_required else required
        kinds[name] = Record(fields={**_TYPE, "label": label_spec, **fields}, required=must, rules=rules)
    return Tagged(kinds)


IN_QUICK_REPLY = action_spec(label=20, label_required=True, extra=("camera", "cameraRoll", "location"))
IN_TEMPLATE = action_spec(label=20, label_required=True)
TEMPLATE_DEFAULT = action_spec(label=20, label_required=False)
IN_IMAGE_CAROUSEL = action_spec(label=12, label_required=False)
IN_FLEX_BUTTON = action_spec(label=40, label_required=True)
IN_FLEX = action_spec(label=40, label_required=False)
IN_RICH_MENU = action_spec(label=20, label_required=False, extra=("richmenuswitch",))
