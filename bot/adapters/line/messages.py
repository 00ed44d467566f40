"""Message objects through the SDK's models, but never at the price of losing a part of them."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from typing import Any

from bot.adapters.line.clients import Unsendable
from bot.ports.records import LineMessage

log = logging.getLogger(__name__)


def bodies(messages: Sequence[LineMessage]) -> list[Any]:
    """What to send: the SDK's model of each message, or the message itself where a model would change it.

    The models drop fields that they do not know without a word and refuse values that LINE may have learnt
    since. Such a message goes out as it is: LINE is the judge, and says what it dislikes.

    Raises:
        Unsendable: a message is no JSON at all.
    """
    return [_body(message) for message in messages]


def _body(message: LineMessage) -> Any:
    wanted = _written(message)
    model = _model(message)
    if model is not None and _written(model.to_dict()) == wanted:
        return model
    log.warning("line_message_unknown_to_sdk type=%s", message.get("type"))
    return message


def _model(message: LineMessage) -> Any | None:
    from linebot.v3.messaging.models.message import Message

    try:
        return Message.from_dict(message)
    except (ValueError, TypeError, LookupError, AttributeError):  # the models' many ways to say no
        return None


def _written(value: object) -> str:
    try:
        return json.dumps(value, sort_keys=True, allow_nan=False)
    except (TypeError, ValueError) as problem:
        raise Unsendable(f"the message cannot be written as JSON: {problem}") from None
