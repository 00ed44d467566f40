"""Imagemap messages: one picture with tappable areas."""

from bot.simulator.validation.common import ALT_TEXT, COMMON
from bot.simulator.validation.specs import Many, Number, Record, Spec, Tagged, Text
from bot.simulator.validation.urls import LINK_URL, MEDIA_URL, Url

_AREA = Record(
    fields={name: Number(low=0) for name in ("x", "y", "width", "height")},
    required=("x", "y", "width", "height"),
)


def _area_action(**fields: Spec) -> Record:
    return Record(fields={"type": Text(), "label": Text(high=100), "area": _AREA, **fields}, required=("area", *fields))


IMAGEMAP = Record(
    fields={
        **COMMON,
        "baseUrl": Url(),
        "altText": ALT_TEXT,
        "baseSize": Record(
            fields={"width": Number(low=1040, high=1040), "height": Number(low=1)},
            required=("width", "height"),
        ),
        "actions": Many(
            of=Tagged(
                {
                    "message": _area_action(text=Text(low=1, high=400)),
                    "uri": _area_action(linkUri=LINK_URL),
                    "clipboard": _area_action(clipboardText=Text(low=1, high=1000)),
                }
            ),
            high=50,
        ),
        "video": Record(
            fields={
                "originalContentUrl": MEDIA_URL,
                "previewImageUrl": MEDIA_URL,
                "area": _AREA,
                "externalLink": Record(
                    fields={"linkUri": LINK_URL, "label": Text(low=1, high=30)}, required=("linkUri", "label")
                ),
            },
            required=("originalContentUrl", "previewImageUrl", "area"),
        ),
    },
    required=("baseUrl", "altText", "baseSize", "actions"),
)
