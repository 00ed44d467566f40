"""The webhook's body taken apart; the words of single events are translated in `bot.adapters.line.translate`."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from bot.adapters.line.groups import group_of, kept_of
from bot.adapters.line.translate import chat_key, kind, moment, reply_token, translate, webhook_event_id
from bot.domain.errors import BadInput
from bot.ports.records import ChatKind
from bot.services.receive_events import Incoming

__all__ = ["chat_key", "incoming", "kind", "moment", "reply_token", "split_body", "translate", "webhook_event_id"]

# Valid JSON may hold what no database takes as text: NUL, and half of a surrogate pair.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def split_body(body: bytes) -> tuple[str, list[dict[str, Any]]]:
    """The destination ("" when the body names none) and the raw events of a body whose signature was checked.

    Raises:
        BadInput: it is not what LINE sends: UTF-8 JSON, an object with a list of objects as `events`.
    """
    payload = _json(body)
    if not isinstance(payload, dict):
        raise BadInput("the body is not a JSON object")
    destination, events = payload.get("destination", ""), payload.get("events")
    if not isinstance(destination, str):
        raise BadInput("destination is not a text")
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise BadInput("events is not a list of objects")
    return destination, events


def incoming(raw: Mapping[str, Any]) -> Incoming:
    """One event as it is stored; of a group's only id, kind and time, and what is needed to answer it."""
    user_id = chat_key(raw)
    group = group_of(raw) if user_id is None else None
    kept = kept_of(raw) if group is not None else {}
    chat_kind, group_id = group if group is not None and kept else (ChatKind.PERSON, None)
    return Incoming(
        webhook_event_id=webhook_event_id(raw),
        kind=kind(raw),
        at=moment(raw),
        line_user_id=user_id or group_id,
        raw=kept if user_id is None else raw,
        chat_kind=chat_kind,
    )


def _json(body: bytes) -> Any:
    try:
        payload = json.loads(body.decode("utf-8"), parse_constant=_no_constant, parse_float=_finite)
        # Only an escape can bring an unstorable character in; most bodies have none and are not walked.
        return _storable(payload) if b"\\u" in body else payload
    except (ValueError, RecursionError):  # UnicodeDecodeError and JSONDecodeError are ValueErrors
        raise BadInput("the body is not UTF-8 JSON") from None


def _storable(value: Any) -> Any:
    match value:
        case str():
            return _UNSTORABLE.sub("\ufffd", value)
        case list():
            return [_storable(item) for item in value]
        case dict():
            return {_storable(name): _storable(item) for name, item in value.items()}
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(digits)
    return value
