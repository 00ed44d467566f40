"""What every message may carry: quick replies and a sender."""

from bot.simulator.validation.actions import IN_QUICK_REPLY
from bot.simulator.validation.specs import Many, OneOf, Record, Spec, Text
from bot.simulator.validation.urls import MEDIA_URL

QUICK_REPLY = Record(
    fields={
        "items": Many(
            of=Record(
                fields={"type": OneOf(("action",)), "imageUrl": MEDIA_URL, "action": IN_QUICK_REPLY},
                required=("type", "action"),
            ),
            low=1,
            high=13,
        )
    },
    required=("items",),
)
SENDER = Record(fields={"name": Text(low=1, high=20, pattern=r"(?is)(?!line$).*"), "iconUrl": MEDIA_URL})
COMMON: dict[str, Spec] = {"type": Text(), "quickReply": QUICK_REPLY, "sender": SENDER}
QUOTE_TOKEN = Text(low=1)
ALT_TEXT = Text(low=1, high=1500)
