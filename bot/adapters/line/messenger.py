"""The Messenger of the real platform, on line-bot-sdk v3 (imported at the first call: it takes 0.6 s)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, BinaryIO
from urllib.parse import quote

from bot.adapters.line.clients import Answer, LineClients, NoAnswer, Unsendable
from bot.adapters.line.content import ContentFetcher
from bot.adapters.line.messages import bodies
from bot.adapters.line.outcomes import outcome, words_of
from bot.domain.errors import NotAllowed, OutsideWorld
from bot.ports.outside import BotInfo, Outcome, Quota, Refused, Unclear
from bot.ports.records import Channel, ChatKind, LineMessage

LOADING_SECONDS = 20


class LineMessenger:
    """LINE's Messaging API; `reply` and `push` never raise for what LINE or the network does."""

    def __init__(self, api_base: str, data_api_base: str) -> None:
        self._api_base = api_base
        self._clients = LineClients(api_base)
        self._content = ContentFetcher(api_base, data_api_base)

    def load(self) -> None:
        """Import the SDK now, so that the first message of a worker does not wait for it."""
        import linebot.v3.messaging  # noqa: F401  # for its side effect of being loaded

    def after_fork(self) -> None:
        """Share no connection with the parent process (a fork that nobody tells of is noticed too)."""
        self._clients.forget()
        self._content.forget()

    def close(self) -> None:
        """Close idle connections; a later call opens new ones."""
        self._clients.close()
        self._content.close()

    def reply(self, channel: Channel, reply_token: str, messages: Sequence[LineMessage]) -> Outcome:
        """Answer an event, once."""
        return self._send(channel, "/v2/bot/message/reply", {"replyToken": reply_token}, messages)

    def push(self, channel: Channel, to: str, messages: Sequence[LineMessage], retry_key: str) -> Outcome:
        """Write to a person; the same retry key is taken once only."""
        return self._send(channel, "/v2/bot/message/push", {"to": to}, messages, retry_key)

    def multicast(
        self, channel: Channel, to: Sequence[str], messages: Sequence[LineMessage], retry_key: str
    ) -> Outcome:
        """Write the same to many; the same retry key is taken once only."""
        return self._send(channel, "/v2/bot/message/multicast", {"to": list(to)}, messages, retry_key)

    def leave(self, channel: Channel, kind: ChatKind, group_id: str) -> Outcome:
        """Leave a group or room."""
        try:
            answer = self._clients.call(channel, "POST", f"/v2/bot/{kind.value}/{quote(group_id, safe='')}/leave")
        except Unsendable as problem:
            return Refused(words=str(problem), status=0)
        except NoAnswer as lost:
            return Unclear(words=lost.words, maybe_taken=lost.maybe_sent)
        return outcome(answer, has_retry_key=False)

    def profile_name(self, channel: Channel, line_user_id: str) -> str | None:
        """The display name; None when LINE does not say."""
        said = self._ask(channel, f"/v2/bot/profile/{quote(line_user_id, safe='')}")
        return _text(said, "displayName")

    def show_loading(self, channel: Channel, line_user_id: str) -> None:
        """Show the loading animation; failing is nothing."""
        body = {"chatId": line_user_id, "loadingSeconds": LOADING_SECONDS}
        try:
            self._clients.call(channel, "POST", "/v2/bot/chat/loading/start", body=body)
        except (NoAnswer, Unsendable):
            return

    def group_size(self, channel: Channel, kind: ChatKind, group_id: str) -> int | None:
        """How many people are in it, the bot not counted; None when LINE does not say."""
        said = self._ask(channel, f"/v2/bot/{kind.value}/{quote(group_id, safe='')}/members/count").get("count")
        return said if isinstance(said, int) else None

    def quota(self, channel: Channel) -> Quota | None:
        """The month's pushes; None when LINE does not say."""
        allowed = self._ask(channel, "/v2/bot/message/quota")
        used = self._ask(channel, "/v2/bot/message/quota/consumption").get("totalUsage") if allowed else None
        if not isinstance(used, int):
            return None
        limit = allowed.get("value") if allowed.get("type") == "limited" else None
        return Quota(limit=limit if isinstance(limit, int) else None, used=used)

    def fetch_content(
        self, channel: Channel, message_id: str, url: str | None, into: BinaryIO, limit: int
    ) -> str | None:
        """Stream a message's bytes into a file and return the MIME type that came with them."""
        return self._content.fetch(channel, message_id, url, into, limit)

    def bot_info(self, channel: Channel) -> BotInfo:
        """Who the bot is.

        Raises:
            NotAllowed: LINE refuses the access token.
            OutsideWorld: LINE cannot be reached, or does not say.
        """
        try:
            answer = self._clients.call(channel, "GET", "/v2/bot/info")
        except Unsendable as problem:
            raise NotAllowed(str(problem)) from None
        except NoAnswer as lost:
            raise OutsideWorld(f"LINE does not answer at {self._api_base}: {lost.words}") from None
        if answer.status == 401:
            raise NotAllowed(words_of(answer))
        said = _object(answer)
        user_id = _text(said, "userId")
        if user_id is None:
            raise OutsideWorld(words_of(answer), status=answer.status)
        return BotInfo(user_id=user_id, basic_id=_text(said, "basicId"))

    def _send(
        self,
        channel: Channel,
        path: str,
        address: dict[str, Any],
        messages: Sequence[LineMessage],
        retry_key: str | None = None,
    ) -> Outcome:
        headers = {} if retry_key is None else {"X-Line-Retry-Key": retry_key}
        try:
            body = address | {"messages": bodies(messages)}
            answer = self._clients.call(channel, "POST", path, body=body, headers=headers)
        except Unsendable as problem:
            return Refused(words=str(problem), status=0)
        except NoAnswer as lost:
            return Unclear(words=lost.words, maybe_taken=lost.maybe_sent)
        return outcome(answer, has_retry_key=retry_key is not None)

    def _ask(self, channel: Channel, path: str) -> dict[str, Any]:
        """A helpful but never required answer; empty when there is none."""
        try:
            return _object(self._clients.call(channel, "GET", path))
        except (NoAnswer, Unsendable):
            return {}


def _object(answer: Answer) -> dict[str, Any]:
    if not 200 <= answer.status < 300:
        return {}
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _text(said: dict[str, Any], name: str) -> str | None:
    value = said.get(name)
    return value if isinstance(value, str) and value else None
