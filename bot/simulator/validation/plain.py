"""Text, sticker, location, image, video, audio and coupon messages."""

from collections.abc import Mapping
from typing import Any

from bot.simulator.validation.common import COMMON, QUOTE_TOKEN
from bot.simulator.validation.report import Path, Report
from bot.simulator.validation.specs import INVALID, Many, Number, Record, Spec, Text
from bot.simulator.validation.urls import MEDIA_URL

_NOT_EMPTY = "May not be empty"


def _emoji_rule(message: Mapping[str, Any], path: Path, report: Report) -> None:
    """Each emoji must point at a ``$`` of the text, counted in UTF-16 units."""
    text, emojis = message.get("text"), message.get("emojis")
    if not isinstance(text, str) or not isinstance(emojis, list):
        return
    units = text.encode("utf-16-le", "surrogatepass")
    for number, emoji in enumerate(emojis):
        index = emoji.get("index") if isinstance(emoji, dict) else None
        if isinstance(index, int) and units[index * 2 : index * 2 + 2] != "$".encode("utf-16-le"):
            report.refuse((*path, "emojis", number, "index"), INVALID)


EMOJI = Record(
    fields={"index": Number(low=0), "productId": Text(low=1), "emojiId": Text(low=1)},
    required=("index", "productId", "emojiId"),
)
TEXT = Record(
    fields={
        **COMMON,
        "text": Text(low=1, high=5000, empty=_NOT_EMPTY),
        "emojis": Many(of=EMOJI, high=20),
        "quoteToken": QUOTE_TOKEN,
    },
    required=("text",),
    missing={"text": _NOT_EMPTY},
    rules=(_emoji_rule,),
)
_URLS: dict[str, Spec] = {"originalContentUrl": MEDIA_URL, "previewImageUrl": MEDIA_URL}
PLAIN: dict[str, Spec] = {
    "text": TEXT,
    "sticker": Record(
        fields={
            **COMMON,
            "packageId": Text(low=1, pattern=r"[0-9]+"),
            "stickerId": Text(low=1, pattern=r"[0-9]+"),
            "quoteToken": QUOTE_TOKEN,
        },
        required=("packageId", "stickerId"),
    ),
    "location": Record(
        fields={
            **COMMON,
            "title": Text(low=1, high=100, empty=_NOT_EMPTY),
            "address": Text(low=1, high=100, empty=_NOT_EMPTY),
            "latitude": Number(whole=False, low=-90, high=90),
            "longitude": Number(whole=False, low=-180, high=180),
        },
        required=("title", "address", "latitude", "longitude"),
        missing={"title": _NOT_EMPTY, "address": _NOT_EMPTY},
    ),
    "image": Record(fields={**COMMON, **_URLS}, required=("originalContentUrl", "previewImageUrl")),
    "video": Record(
        fields={
            **COMMON,
            **_URLS,
            "trackingId": Text(low=1, high=100, pattern=r"[A-Za-z0-9\-.=,+*()%$&;:@{}!?<>\[\]]+"),
        },
        required=("originalContentUrl", "previewImageUrl"),
    ),
    "audio": Record(
        fields={**COMMON, "originalContentUrl": MEDIA_URL, "duration": Number(low=1)},
        required=("originalContentUrl", "duration"),
    ),
    "coupon": Record(fields={**COMMON, "couponId": Text(low=1), "deliveryTag": Text(high=30)}, required=("couponId",)),
}
