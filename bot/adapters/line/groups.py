"""LINE's events of groups and rooms: here what people say to each other is left behind, before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.adapters.line.translate import LONGEST_ID, is_standby, reply_token
from bot.conversation.groups import Ask, asked_by_text
from bot.ports.records import ChatKind

Raw = Mapping[str, Any]

_ID_OF = {"group": (ChatKind.GROUP, "groupId"), "room": (ChatKind.ROOM, "roomId")}


def group_of(raw: Raw) -> tuple[ChatKind, str] | None:
    """Which group or room the event is of; None for one-to-one chats and events without a source."""
    source = raw.get("source")
    kind, name = _ID_OF.get(str(source.get("type")), (None, "")) if isinstance(source, Mapping) else (None, "")
    found = source.get(name) if isinstance(source, Mapping) and name else None
    return (kind, found) if kind and isinstance(found, str) and 0 < len(found) <= LONGEST_ID else None


def kept_of(raw: Raw) -> dict[str, str]:
    """What is kept of a group's event until it is answered: what it asks, who asks, and the token to answer with.

    Empty for all that is not said to the bot, which is nearly everything.
    """
    ask = None if is_standby(raw) else _ask(raw)
    if ask is None:
        return {}
    sender, token = raw["source"].get("userId"), reply_token(raw)
    kept = {"asks": ask.value}
    if isinstance(sender, str) and 0 < len(sender) <= LONGEST_ID:
        kept["from"] = sender
    return kept | ({"replyToken": token} if token else {})


def _ask(raw: Raw) -> Ask | None:
    match raw.get("type"):
        case "join":
            return Ask.JOINED
        case "leave":
            return Ask.LEFT
        case "message":
            message = raw.get("message")
            return asked_by_text(_without_mention(message)) if isinstance(message, Mapping) else None
        case _:  # memberJoined, memberLeft, unsend, messageEdited, postback …: nothing is answered
            return None


def _without_mention(message: Raw) -> str:
    """The text without the mention of the bot itself: "@ก้าวหน้า สถานะ" says สถานะ."""
    text = message.get("text")
    if not isinstance(text, str) or message.get("type") != "text":
        return ""
    mention = message.get("mention")
    mentionees = mention.get("mentionees") if isinstance(mention, Mapping) else None
    for each in mentionees if isinstance(mentionees, list) else ():
        if isinstance(each, Mapping) and each.get("isSelf") is True:
            return _cut_out(text, each.get("index"), each.get("length"))
    return text


def _cut_out(text: str, index: object, length: object) -> str:
    """The text without a piece; LINE counts in UTF-16."""
    if not isinstance(index, int) or not isinstance(length, int) or index < 0 or length < 0:
        return text
    units = text.encode("utf-16-le", errors="surrogatepass")
    rest = units[: 2 * index] + units[2 * (index + length) :]
    return rest.decode("utf-16-le", errors="replace")
