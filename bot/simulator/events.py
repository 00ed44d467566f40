"""Webhook events in LINE's shape."""

from typing import Any

from bot.simulator import ids


def event(
    kind: str,
    user_id: str,
    at_ms: int,
    reply_token: str | None = None,
    *,
    source: dict[str, Any] | None = None,
    **payload: Any,
) -> dict[str, Any]:
    """Make one event, of a one-on-one chat where no other source is given."""
    made: dict[str, Any] = {
        "type": kind,
        **payload,
        "webhookEventId": ids.ulid(at_ms),
        "deliveryContext": {"isRedelivery": False},
        "timestamp": at_ms,
        "source": source or {"type": "user", "userId": user_id},
    }
    if reply_token is not None:
        made["replyToken"] = reply_token
    return {**made, "mode": "active"}


def text(words: str) -> dict[str, Any]:
    """Make the content of a text message."""
    return {"type": "text", "text": words, "quoteToken": ids.opaque_token()}


def image(image_set: dict[str, Any] | None = None) -> dict[str, Any]:
    """Make the content of a photo, perhaps one of several sent together."""
    made = {"type": "image", "quoteToken": ids.opaque_token(), "contentProvider": {"type": "line"}}
    return {**made, "imageSet": image_set} if image_set else made


def video(duration_ms: int) -> dict[str, Any]:
    """Make the content of a video."""
    provider = {"type": "line"}
    token = ids.opaque_token()
    return {"type": "video", "quoteToken": token, "duration": duration_ms, "contentProvider": provider}


def audio(duration_ms: int) -> dict[str, Any]:
    """Make the content of a voice message."""
    return {"type": "audio", "duration": duration_ms, "contentProvider": {"type": "line"}}


def file(name: str, size: int) -> dict[str, Any]:
    """Make the content of a file; LINE tells no MIME type."""
    return {"type": "file", "fileName": name, "fileSize": size}


def location(latitude: float, longitude: float, title: str | None = None, address: str | None = None) -> dict[str, Any]:
    """Make the content of a place."""
    made: dict[str, Any] = {"type": "location", "latitude": latitude, "longitude": longitude}
    named = {"title": title, "address": address}
    return {**made, **{key: value for key, value in named.items() if value}}


def sticker(package_id: str, sticker_id: str, keywords: list[str] | None = None) -> dict[str, Any]:
    """Make the content of a sticker."""
    return {
        "type": "sticker",
        "quoteToken": ids.opaque_token(),
        "packageId": package_id,
        "stickerId": sticker_id,
        "stickerResourceType": "STATIC",
        **({"keywords": keywords} if keywords else {}),
    }
