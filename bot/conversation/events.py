"""What happens in a one-to-one chat, in our words; `handlers.line_events` translates LINE's into these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened in one chat.

    Attributes:
        id: our id of the stored event; also the id of an update or evidence that this turn makes (at most one each).
        at: when it happened, by LINE's clock.
        secret: a fresh random token (URL-safe, 256 bit) for a sign-in link, should this turn issue one.
    """

    id: str
    at: datetime
    secret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed(Event):
    """The person added the bot, or unblocked it (`returning`)."""

    returning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfollowed(Event):
    """The person blocked the bot; nothing can be said to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReceived(Event):
    """A text message, exactly as received."""

    text: str
    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonTapped(Event):
    """A postback: `data` as packed by `choices.Choice`; `params` of a date picker ({"date": "2025-12-31"})."""

    data: str
    params: Mapping[str, str] = field(default_factory=dict)


class MediaKind(StrEnum):
    """What LINE calls a message that carries bytes."""

    IMAGE = "image"
    FILE = "file"
    VIDEO = "video"
    AUDIO = "audio"


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaReceived(Event):
    """A photo, file, video or voice message; its bytes are fetched apart from the turn.

    Attributes:
        url: set when the content lies outside LINE (contentProvider external).
        set_id: LINE's imageSet of photos sent at once, with `set_index` from 1 and `set_total` where known.
    """

    kind: MediaKind
    message_id: str
    name: str | None = None
    size: int | None = None
    url: str | None = None
    set_id: str | None = None
    set_index: int | None = None
    set_total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationReceived(Event):
    """A place."""

    message_id: str
    latitude: float
    longitude: float
    title: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StickerReceived(Event):
    """A sticker; answered kindly, changes nothing."""

    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageUnsent(Event):
    """The person took a message back; it leaves the draft."""

    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherHappened(Event):
    """Any event that says nothing to this bot, known or new; noted, not answered."""

    kind: str
