"""Take messages out of the outbox for sending: those of many chats in one transaction, for each costs a sync.

A message is claimed with a lease and everything that forbids sending it is looked at in the same transaction. That
a reply is being tried is recorded there too: a reply takes no retry key and must never be tried twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from bot.domain.people import ChatId
from bot.ports.outside import Clock
from bot.ports.records import Channel, ChannelId, Chat, Outgoing, OutgoingState
from bot.ports.store import Store, UnitOfWork
from bot.services.leases import LEASE
from bot.services.notices import LEAVE, TURN

PASSED_OVER = 20
"""Messages of one chat that may be given up in one transaction before one is found that is to be sent."""

CLAIMED_TOGETHER = 16
"""Chats whose messages are claimed by one statement."""

LONGEST_TRANSACTION = 0.05
"""Seconds after which no more is claimed: chat turns wait for the same database."""


class Way(Enum):
    """How a message goes to LINE."""

    REPLY = "reply"
    PUSH = "push"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A claimed message and the chat that it is for."""

    chat: Chat
    message: Outgoing


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What goes to LINE in one call, claimed until its lease ends.

    Attributes:
        wait: seconds until its turn below LINE's rate limit.
    """

    channel: Channel
    way: Way
    letters: tuple[Letter, ...]
    wait: float = 0.0

    @property
    def chat_ids(self) -> tuple[ChatId, ...]:
        """The chats in which nothing else may be under way."""
        return tuple(letter.chat.id for letter in self.letters)

    @property
    def messages(self) -> tuple[Outgoing, ...]:
        """The claimed messages."""
        return tuple(letter.message for letter in self.letters)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeParcels:
    """The use case with everything it needs.

    Attributes:
        recheck: looks at a message once more before it is sent: it may be put off, changed, or given up.
    """

    store: Store
    clock: Clock
    channel: Callable[[ChannelId], Channel | None]
    recheck: Callable[[UnitOfWork, Outgoing], Outgoing] = lambda _, message: message

    def __call__(
        self, done: Sequence[Outgoing], chat_ids: Sequence[ChatId], room: int
    ) -> tuple[list[Parcel], list[ChatId]]:
        """Write down what became of messages and take the next ones, in one transaction.

        Returns at most `room` parcels, and the chats that were not looked at for lack of room or time.
        """
        with self.store.write() as uow:
            uow.outbox.save_all(done)
            taking = _Taking(uow=uow, now=self.clock.now(), recheck=self.recheck, channel=self.channel)
            left = list(dict.fromkeys(chat_ids))
            until = time.monotonic() + LONGEST_TRANSACTION
            while left and len(taking.parcels) < room and time.monotonic() < until:
                now, left = _split(left, min(CLAIMED_TOGETHER, room - len(taking.parcels)))
                taking.take(now)
        return taking.parcels, left


@dataclass(slots=True, kw_only=True)
class _Taking:
    """One transaction: what was claimed in it and what became of it."""

    uow: UnitOfWork
    now: datetime
    recheck: Callable[[UnitOfWork, Outgoing], Outgoing]
    channel: Callable[[ChannelId], Channel | None]
    parcels: list[Parcel] = field(default_factory=list)
    changed: list[Outgoing] = field(default_factory=list)
    _channels: dict[ChannelId, Channel | None] = field(default_factory=dict)

    def take(self, chat_ids: Collection[ChatId]) -> None:
        """Claim each chat's oldest message, and the one behind it where that is given up."""
        for _ in range(PASSED_OVER):
            claimed = self.uow.outbox.claim(chat_ids, self.now, self.now + LEASE)
            if not claimed:
                return
            chats = self.uow.chats.several({message.chat_id for message in claimed})
            chat_ids = [message.chat_id for message in claimed if not self._sort(chats[message.chat_id], message)]
            self.uow.outbox.save_all(self.changed)
            self.changed.clear()
            if not chat_ids:
                return

    def _sort(self, chat: Chat, message: Outgoing) -> bool:
        """Make a parcel of a claimed message; False when it was given up and the next one's turn has come."""
        fresh = self.recheck(self.uow, message)
        if fresh.state is OutgoingState.QUEUED and fresh.next_try_at > self.now + LEASE:
            self.changed.append(fresh)
            return True
        channel = self._channel(chat.channel_id)
        sorted_ = _as_it_stands(channel, chat, fresh, self.now) if fresh.state is OutgoingState.QUEUED else fresh
        if sorted_ is not message:
            self.changed.append(sorted_)
        if sorted_.state is not OutgoingState.QUEUED or channel is None:
            return False
        self.parcels.append(Parcel(channel=channel, way=_way(sorted_), letters=(Letter(chat=chat, message=sorted_),)))
        return True

    def _channel(self, channel_id: ChannelId) -> Channel | None:
        if channel_id not in self._channels:
            self._channels[channel_id] = self.channel(channel_id)
        return self._channels[channel_id]


def _as_it_stands(channel: Channel | None, chat: Chat, message: Outgoing, now: datetime) -> Outgoing:
    """The message as it is to be sent now: as a reply whose attempt is recorded, as a push, or not at all."""
    if channel is None:
        return replace(message, state=OutgoingState.REFUSED, error=f"no LINE channel {chat.channel_id!r} is set up")
    if now >= message.expires_at:
        return replace(message, state=OutgoingState.EXPIRED)
    if message.kind == LEAVE:
        return message
    if message.reply_token and message.reply_tried:
        return replace(message, state=OutgoingState.UNKNOWN, error="the reply's answer was lost")
    if message.reply_token and message.reply_until and now < message.reply_until:
        return replace(message, reply_tried=True, attempts=message.attempts + 1)
    return as_push(chat, message)


def as_push(chat: Chat, message: Outgoing) -> Outgoing:
    """The message to be pushed, or why it is not."""
    if message.kind == TURN and not message.matters:
        return replace(message, state=OutgoingState.EXPIRED, error="its reply token was spent")
    if chat.blocked:
        return replace(message, state=OutgoingState.REFUSED, error="the person has blocked the bot")
    return message if message.reply_token is None else replace(message, reply_token=None)


def _way(message: Outgoing) -> Way:
    if message.kind == LEAVE:
        return Way.LEAVE
    return Way.REPLY if message.reply_token else Way.PUSH


def _split(chat_ids: list[ChatId], count: int) -> tuple[list[ChatId], list[ChatId]]:
    return chat_ids[:count], chat_ids[count:]
