"""Deliver a chat's outgoing messages: reply while the token lives, else push with a retry key; bounded, once.

Store first, send after. A reply takes no retry key, so it is attempted once and the
attempt is recorded before it is made; when its fate is unknown it is neither repeated nor pushed. A push carries
its retry key from the first attempt and may be repeated for a day.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.domain.people import ChatId
from bot.ports.outside import Clock, Messenger, Outcome, RateLimits, Refused, Sent, Unclear
from bot.ports.records import Channel, ChannelId, Chat, Outgoing, OutgoingState
from bot.ports.store import Store, UnitOfWork
from bot.services.leases import LEASE, lease
from bot.services.notices import LEAVE, TURN

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Messages of one chat sent in one go; the sweep finds the rest."""

SLOWEST_RETRY = 300.0
TOKEN_REFUSED = 401
LONGEST_TURN = 5.0
"""Seconds; whoever waited so long goes on, and LINE's 429 has the last word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliver:
    """The use case with everything it needs; safe to run in many threads at once.

    Attributes:
        recheck: looks at a message once more before it is sent: it may be put off, changed, or given up.
        limits: how long to wait before a call, so that all workers together stay below LINE's limit.
    """

    store: Store
    clock: Clock
    messenger: Messenger
    channel: Callable[[ChannelId], Channel | None]
    recheck: Callable[[UnitOfWork, Outgoing], Outgoing] = lambda _, message: message
    limits: RateLimits | None = None
    pause: Callable[[float], None] = time.sleep

    def __call__(self, chat_id: ChatId) -> int:
        """Send what is due for the chat, oldest first; returns how many messages LINE took."""
        sent = 0
        done: Outgoing | None = None
        for _ in range(AT_ONCE):
            chat, message = self._save_and_claim(chat_id, done)
            if chat is None or message is None:
                return sent
            with lease(self.store, self.clock, partial(_renew, message.id)):
                done = self._attempt(chat, message)
            sent += done.state is OutgoingState.SENT
        if done is not None:
            self._save(done)
        return sent

    def _save_and_claim(self, chat_id: ChatId, done: Outgoing | None) -> tuple[Chat | None, Outgoing | None]:
        """Write down what became of the last message and take the next one, in one transaction: each costs a sync."""
        with self.store.write() as uow:
            if done is not None:
                uow.outbox.save(done)
            chat = uow.chats.get(chat_id)
            return chat, self._next(uow, chat_id, self.clock.now()) if chat else None

    def _next(self, uow: UnitOfWork, chat_id: ChatId, now: datetime) -> Outgoing | None:
        """Claim the chat's next message that is still to be sent; those given up by the recheck are passed over."""
        for _ in range(AT_ONCE):
            message = uow.outbox.claim(chat_id, now, now + LEASE)
            if message is None:
                return None
            fresh = self.recheck(uow, message)
            if fresh is not message:
                uow.outbox.save(fresh)
            if fresh.state is OutgoingState.QUEUED:
                return fresh if fresh.next_try_at <= now + LEASE else None
        return None

    def _attempt(self, chat: Chat, message: Outgoing) -> Outgoing:
        now = self.clock.now()
        channel = self.channel(chat.channel_id)
        if channel is None:
            return replace(message, state=OutgoingState.REFUSED, error=f"no LINE channel {chat.channel_id!r} is set up")
        if now >= message.expires_at:
            return replace(message, state=OutgoingState.EXPIRED)
        if message.kind == LEAVE:
            return self._leave(channel, chat, message)
        if message.reply_token and message.reply_tried:
            return replace(message, state=OutgoingState.UNKNOWN, error="the reply's answer was lost")
        if message.reply_token and message.reply_until and now < message.reply_until:
            return self._reply(channel, chat, message)
        return self._push(channel, chat, message)

    def _reply(self, channel: Channel, chat: Chat, message: Outgoing) -> Outgoing:
        token = message.reply_token or ""
        tried = replace(message, reply_tried=True, attempts=message.attempts + 1)
        self._save(tried)
        self._wait_turn(channel, "reply")
        match self.messenger.reply(channel, token, message.messages):
            case Sent() as sent:
                return self._sent(tried, sent)
            case Refused(invalid_reply_token=True):
                return self._push(channel, chat, replace(tried, reply_token=None))
            case Refused(status=status) as refused if status == TOKEN_REFUSED:
                return self._later(replace(tried, reply_tried=False), refused.words, SLOWEST_RETRY)
            case Refused() as refused:
                return self._refused(tried, refused)
            case Unclear(maybe_taken=True) as unclear:
                log.warning("reply_unknown message=%s words=%s", message.id, unclear.words)
                return replace(tried, state=OutgoingState.UNKNOWN, error=unclear.words)
            case Unclear() as unclear:
                return self._later(replace(tried, reply_tried=False), unclear.words)

    def _push(self, channel: Channel, chat: Chat, message: Outgoing) -> Outgoing:
        if message.kind == TURN and not message.matters:
            return replace(message, state=OutgoingState.EXPIRED, error="its reply token was spent")
        if chat.blocked:
            return replace(message, state=OutgoingState.REFUSED, error="the person has blocked the bot")
        tried = replace(message, reply_token=None, attempts=message.attempts + 1)
        self._wait_turn(channel, "push")
        outcome: Outcome = self.messenger.push(channel, chat.line_user_id, message.messages, message.retry_key)
        match outcome:
            case Sent() as sent:
                return self._sent(tried, sent)
            case Refused(status=status) as refused if status == TOKEN_REFUSED:
                return self._later(tried, refused.words, SLOWEST_RETRY)
            case Refused(quota=True) as refused if message.kind != TURN:
                log.warning("held message=%s kind=%s words=%s", message.id, message.kind, refused.words)
                return replace(tried, state=OutgoingState.HELD, error=refused.words)
            case Refused() as refused:
                return self._refused(tried, refused)
            case Unclear() as unclear:
                return self._later(tried, unclear.words)

    def _leave(self, channel: Channel, chat: Chat, message: Outgoing) -> Outgoing:
        """Leave a group; LINE's no means that the bot is in it no more."""
        tried = replace(message, attempts=message.attempts + 1)
        match self.messenger.leave(channel, chat.kind, chat.line_user_id):
            case Unclear() as unclear:
                return self._later(tried, unclear.words)
            case Refused(status=status) as refused if status == TOKEN_REFUSED:
                return self._later(tried, refused.words, SLOWEST_RETRY)
            case Refused() as refused:
                log.warning("not_in_group message=%s status=%s words=%s", message.id, refused.status, refused.words)
                taken = Sent(request_id=refused.request_id)
            case Sent() as taken:
                pass
        with self.store.write() as uow:
            uow.chats.set_blocked(chat.id, True)
        return self._sent(tried, taken)

    def _wait_turn(self, channel: Channel, endpoint: str) -> None:
        """Wait for this call's place below LINE's limit; the lease is renewed meanwhile."""
        seconds = self.limits.wait(channel.id, endpoint) if self.limits else 0.0
        if seconds > 0:
            self.pause(min(seconds, LONGEST_TURN))

    def _sent(self, message: Outgoing, sent: Sent) -> Outgoing:
        log.info("delivered message=%s kind=%s attempts=%s", message.id, message.kind, message.attempts)
        return replace(
            message,
            state=OutgoingState.SENT,
            sent_at=self.clock.now(),
            request_id=sent.request_id,
            error=None,
            reply_token=None,
        )

    def _refused(self, message: Outgoing, refused: Refused) -> Outgoing:
        log.error("refused message=%s status=%s words=%s", message.id, refused.status, refused.words)
        return replace(
            message,
            state=OutgoingState.REFUSED,
            error=f"{refused.status} {refused.words}",
            request_id=refused.request_id,
        )

    def _later(self, message: Outgoing, words: str, seconds: float | None = None) -> Outgoing:
        wait = seconds or backoff(message.attempts)
        log.warning("delivery_later message=%s seconds=%.0f words=%s", message.id, wait, words)
        return replace(message, next_try_at=self._now() + timedelta(seconds=wait), error=words)

    def _now(self) -> datetime:
        return self.clock.now()

    def _save(self, message: Outgoing) -> None:
        with self.store.write() as uow:
            uow.outbox.save(message)


def _renew(message_id: str, uow: UnitOfWork, until: datetime) -> None:
    uow.outbox.extend(message_id, until)


def backoff(attempts: int) -> float:
    """Seconds until the next try: 1, 2, 4 … up to five minutes, with jitter so that not all come back at once."""
    return float(min(2 ** max(attempts - 1, 0), SLOWEST_RETRY)) * random.uniform(0.8, 1.2)  # noqa: S311 — no secret
