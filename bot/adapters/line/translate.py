"""LINE's webhook events, as raw JSON objects, in our words.

The SDK's parser is not used: it refuses a whole body for one event with a new mode, and turns an event with any
value that it does not know (a new message or sticker type) into one without payload. Everything here is total:
whatever LINE sends becomes an event, at worst `OtherHappened`.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.adapters.media.names import clean_file_name
from bot.conversation.events import (
    ButtonTapped,
    Event,
    Followed,
    LocationReceived,
    MediaKind,
    MediaReceived,
    MessageUnsent,
    OtherHappened,
    StickerReceived,
    TextReceived,
    Unfollowed,
)
from bot.domain.calendar import BANGKOK

Raw = Mapping[str, Any]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_ID = 100
_ULID_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def translate(raw: Raw, *, event_id: str, secret: str = "") -> Event:
    """What happened in a one-to-one chat; events of groups, of standby mode and of unknown kinds are "other"."""
    stamp = _Stamp(id=event_id, at=moment(raw), secret=secret)
    reader = _EVENTS.get(_text(raw, "type") or "")
    if reader is None or chat_key(raw) is None or is_standby(raw):
        return stamp.other(raw)
    return reader(stamp, raw) or stamp.other(raw)


def chat_key(raw: Raw) -> str | None:
    """The LINE user whose one-to-one chat this is; None for groups, rooms and events without a source."""
    source = _object(raw, "source")
    user_id = _text(source, "userId")
    one_to_one = _text(source, "type") == "user" and user_id is not None and len(user_id) <= LONGEST_ID
    return user_id if one_to_one else None


def kind(raw: Raw) -> str:
    """What LINE calls the event, with the type of its message: "message.text", "postback", "unknown"."""
    name = _text(raw, "type") or "unknown"
    detail = _text(_object(raw, "message"), "type")
    return (f"{name}.{detail}" if detail else name)[:LONGEST_ID]


def moment(raw: Raw) -> datetime:
    """When it happened by LINE's clock, in Bangkok; without a timestamp, the time inside the event's id."""
    stamp = raw.get("timestamp")
    if isinstance(stamp, bool) or not isinstance(stamp, int | float) or not 0 <= stamp < 1e14:
        stamp = _ulid_milliseconds(_text(raw, "webhookEventId") or "")
    return (EPOCH + timedelta(milliseconds=stamp)).astimezone(BANGKOK)


def webhook_event_id(raw: Raw) -> str:
    """The id by which a redelivery is known; without one, a hash of all that a redelivery leaves the same."""
    given = _text(raw, "webhookEventId")
    if given is not None and len(given) <= LONGEST_ID:
        return given
    same = {name: value for name, value in raw.items() if name != "deliveryContext"}
    return "sha256-" + hashlib.sha256(json.dumps(same, sort_keys=True).encode()).hexdigest()


def reply_token(raw: Raw) -> str | None:
    """The token to answer with; the dummy tokens of the console's test events and standby ones are none."""
    token = _text(raw, "replyToken")
    if token is None or set(token) in ({"0"}, {"f"}) or is_standby(raw):
        return None
    return token


def is_standby(raw: Raw) -> bool:
    """Whether another module holds the chat, so that the bot must stay silent."""
    return raw.get("mode") == "standby"


class _Stamp:
    """What every event of ours carries."""

    def __init__(self, *, id: str, at: datetime, secret: str) -> None:
        self.fields: dict[str, Any] = {"id": id, "at": at, "secret": secret}

    def other(self, raw: Raw) -> OtherHappened:
        return OtherHappened(kind=("standby." if is_standby(raw) else "") + kind(raw), **self.fields)


def _followed(stamp: _Stamp, raw: Raw) -> Event:
    return Followed(returning=_object(raw, "follow").get("isUnblocked") is True, **stamp.fields)


def _unfollowed(stamp: _Stamp, raw: Raw) -> Event:
    return Unfollowed(**stamp.fields)


def _unsent(stamp: _Stamp, raw: Raw) -> Event | None:
    message_id = _text(_object(raw, "unsend"), "messageId")
    return MessageUnsent(message_id=message_id, **stamp.fields) if message_id else None


def _tapped(stamp: _Stamp, raw: Raw) -> Event | None:
    postback = _object(raw, "postback")
    data = _text(postback, "data")
    if data is None:
        return None
    params = {name: value for name, value in _object(postback, "params").items() if isinstance(value, str)}
    return ButtonTapped(data=data, params=params, **stamp.fields)


def _messaged(stamp: _Stamp, raw: Raw) -> Event | None:
    message = _object(raw, "message")
    reader = _MESSAGES.get(_text(message, "type") or "")
    return reader(stamp, message) if reader else None


def _text_message(stamp: _Stamp, message: Raw) -> Event | None:
    text, message_id = _text(message, "text"), _text(message, "id")
    if text is None or message_id is None:
        return None
    return TextReceived(text=text, message_id=message_id, **stamp.fields)


def _media_message(stamp: _Stamp, message: Raw) -> Event | None:
    message_id = _text(message, "id")
    if message_id is None:
        return None
    provider, image_set = _object(message, "contentProvider"), _object(message, "imageSet")
    external = _text(provider, "type") == "external"
    return MediaReceived(
        kind=MediaKind(message["type"]),
        message_id=message_id,
        name=clean_file_name(_text(message, "fileName")),
        size=_count(message, "fileSize"),
        url=_text(provider, "originalContentUrl") if external else None,
        set_id=_text(image_set, "id"),
        set_index=_count(image_set, "index"),
        set_total=_count(image_set, "total"),
        **stamp.fields,
    )


def _place_message(stamp: _Stamp, message: Raw) -> Event | None:
    latitude, longitude = _degrees(message, "latitude", 90), _degrees(message, "longitude", 180)
    message_id = _text(message, "id")
    if message_id is None or latitude is None or longitude is None:
        return None
    return LocationReceived(
        message_id=message_id,
        latitude=latitude,
        longitude=longitude,
        title=_text(message, "title"),
        address=_text(message, "address"),
        **stamp.fields,
    )


def _sticker_message(stamp: _Stamp, message: Raw) -> Event | None:
    message_id = _text(message, "id")
    return StickerReceived(message_id=message_id, **stamp.fields) if message_id else None


_Reader = Callable[[_Stamp, Raw], Event | None]

_EVENTS: dict[str, _Reader] = {
    "message": _messaged,
    "postback": _tapped,
    "follow": _followed,
    "unfollow": _unfollowed,
    "unsend": _unsent,
}
_MESSAGES: dict[str, _Reader] = {
    "text": _text_message,
    "location": _place_message,
    "sticker": _sticker_message,
    **{media.value: _media_message for media in MediaKind},
}


def _object(raw: Raw, name: str) -> Raw:
    value = raw.get(name)
    return value if isinstance(value, Mapping) else {}


def _text(raw: Raw, name: str) -> str | None:
    value = raw.get(name)
    return value if isinstance(value, str) and value else None


def _count(raw: Raw, name: str) -> int | None:
    value = raw.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53 else None


def _degrees(raw: Raw, name: str, most: int) -> float | None:
    value = raw.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and abs(value) <= most else None


def _ulid_milliseconds(text: str) -> int:
    """The time in a ULID; 0 when the text is none."""
    head = text.upper()[:10]
    if len(text) != 26 or not all(digit in _ULID_DIGITS for digit in head) or head[0] > "7":
        return 0
    value = 0
    for digit in head:
        value = value * 32 + _ULID_DIGITS.index(digit)
    return value if value < 1e14 else 0
