"""What the bot sends: checked, counted, put into the chats."""

import re
import uuid
from dataclasses import dataclass
from typing import Any

from bot.simulator import ids, words
from bot.simulator.channel import Channel
from bot.simulator.tokens import Accepted
from bot.simulator.validation import check_messages, refusal
from bot.simulator.words import Refused
from bot.simulator.world import World

_USER = re.compile(r"U[0-9a-f]{32}")
_CHAT = re.compile(r"[UCR][0-9a-f]{32}")
_MOST_RECIPIENTS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One sending call, its body already JSON."""

    channel: Channel
    body: dict[str, Any]
    request_id: str
    retry_key: str | None = None


def check_body(body: dict[str, Any], known: tuple[str, ...]) -> list[dict[str, str]]:
    """Check the messages and fields of a body; return warnings, raise LINE's refusal."""
    report = check_messages(body.get("messages"))
    for name in body:
        if name not in known:
            report.refuse((name,), "unknown field")
    for name, kind in (("notificationDisabled", bool), ("customAggregationUnits", list)):
        if body.get(name) is not None and not isinstance(body[name], kind):
            report.refuse((name,), "invalid property")
    if report.problems:
        answer = refusal(report.problems)
        raise Refused(400, answer["message"], answer["details"])
    return [{**warning.as_json(), "index": str(warning.message_index)} for warning in report.warnings]


class Postman:
    """Carries the bot's messages to people, as LINE's servers do."""

    def __init__(self, world: World) -> None:
        self._world = world

    def reply(self, call: Call) -> dict[str, Any]:
        """Answer an event, free of charge, once."""
        body = call.body
        if not body.get("replyToken"):
            raise words.body_errors(("replyToken", "May not be empty"))
        warnings = check_body(body, ("replyToken", "messages", "notificationDisabled"))
        with self._world.lock:
            tokens = call.channel.reply_tokens
            user_id = tokens.alive(str(body["replyToken"]), self._world.now_ms())
            if user_id is None:
                raise Refused(400, words.INVALID_REPLY_TOKEN)
            tokens.spend(str(body["replyToken"]))
            return {"sentMessages": self._put(call, user_id, warnings, "reply")}

    def push(self, call: Call) -> dict[str, Any]:
        """Send to one person; counted when it reaches them."""
        to = call.body.get("to")
        if to is None or to == "":
            raise words.body_errors(("to", "May not be empty"))
        if not isinstance(to, str) or not _CHAT.fullmatch(to):
            raise words.invalid_property("'to'")
        known = ("to", "messages", "notificationDisabled", "customAggregationUnits")
        warnings = check_body(call.body, known)
        with self._world.lock:
            self._check_retry(call)
            if to not in self._world.people and not self._is_in(call.channel, to):
                raise Refused(400, words.FAILED_TO_SEND)
            self._charge(call, self._members(to))
            sent = self._put(call, to, warnings, "push")
            self._accept(call, sent)
            return {"sentMessages": sent}

    def multicast(self, call: Call) -> dict[str, Any]:
        """Send to up to 500 people; unknown ids are passed over."""
        to = call.body.get("to")
        if not isinstance(to, list) or not 1 <= len(to) <= _MOST_RECIPIENTS:
            raise words.body_errors(("to", f"Size must be between 1 and {_MOST_RECIPIENTS}"))
        for index, each in enumerate(to):
            if not isinstance(each, str) or not _USER.fullmatch(each):
                raise words.invalid_property(f"to[{index}]")
        known = ("to", "messages", "notificationDisabled", "customAggregationUnits")
        return self._to_many(call, list(dict.fromkeys(to)), check_body(call.body, known), "multicast")

    def broadcast(self, call: Call) -> dict[str, Any]:
        """Send to all friends."""
        warnings = check_body(call.body, ("messages", "notificationDisabled"))
        with self._world.lock:
            friends = [bond.user_id for bond in call.channel.bonds.values() if bond.friend]
        return self._to_many(call, friends, warnings, "broadcast")

    def _to_many(self, call: Call, people: list[str], warnings: list[dict[str, str]], via: str) -> dict[str, Any]:
        with self._world.lock:
            self._check_retry(call)
            self._charge(call, people)
            for user_id in people:
                self._put(call, user_id, warnings, via)
            self._accept(call, None)
        return {}

    def _is_in(self, channel: Channel, group_id: str) -> bool:
        """Whether the account is in the group."""
        group = self._world.groups.get(group_id)
        return group is not None and group.bot == channel.id

    def _members(self, to: str) -> list[str]:
        """Whom a push counts for: everybody in a group."""
        group = self._world.groups.get(to)
        return [to] if group is None else list(group.members)

    def _reaches(self, channel: Channel, user_id: str) -> bool:
        if user_id in self._world.groups:
            return self._is_in(channel, user_id)
        bond = channel.bonds.get(user_id)
        return bond is not None and bond.reachable(self._world.now_ms())

    def _charge(self, call: Call, people: list[str]) -> None:
        in_group = call.body.get("to") in self._world.groups if isinstance(call.body.get("to"), str) else False
        count = len(people) if in_group else sum(self._reaches(call.channel, each) for each in people)
        now = self._world.now()
        if not call.channel.quota.allows(now, count):
            raise Refused(429, words.MONTHLY_LIMIT)
        if count:
            call.channel.quota.count(now, count)
            self._world.keep_account(call.channel)

    def _check_retry(self, call: Call) -> None:
        if call.retry_key is None:
            return
        try:
            uuid.UUID(call.retry_key)
        except ValueError:
            raise Refused(400, "The retry key is invalid") from None
        before = call.channel.retry_keys.find(call.retry_key.lower(), self._world.now_ms())
        if before is not None:
            extra = {"sentMessages": before.sent} if before.sent is not None else {}
            headers = {"x-line-accepted-request-id": before.request_id}
            raise Refused(409, words.RETRY_ACCEPTED, headers=headers, extra=extra)

    def _accept(self, call: Call, sent: list[dict[str, str]] | None) -> None:
        if call.retry_key is not None:
            key, now_ms = call.retry_key.lower(), self._world.now_ms()
            accepted = Accepted(key=key, request_id=call.request_id, at_ms=now_ms, sent=sent)
            self._world.keep_accepted(call.channel, accepted)

    def _put(self, call: Call, user_id: str, warnings: list[dict[str, str]], via: str) -> list[dict[str, str]]:
        reaches = self._reaches(call.channel, user_id)
        sent = []
        for index, message in enumerate(call.body["messages"]):
            quote = {"quoteToken": ids.opaque_token()} if message["type"] in _QUOTABLE else {}
            if not reaches:
                sent.append({"id": self._world.message_ids.next(self._world.now_ms()), **quote})
                continue
            mine = [warning for warning in warnings if warning["index"] == str(index)]
            silent = bool(call.body.get("notificationDisabled"))
            entry = self._world.add_entry(call.channel, user_id, "bot", message, via=via, warnings=mine, silent=silent)
            sent.append({"id": entry.id, **quote})
        return sent


_QUOTABLE = ("text", "textV2", "sticker", "image", "video", "template", "flex")
