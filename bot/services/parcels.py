"""Take messages out of the outbox for sending: those of many chats in one transaction, for each costs a sync.

A message is claimed with a lease and everything that forbids sending it is looked at in the same transaction. That
a reply is being tried is recorded there too: a reply takes no retry key and must never be tried twice.
"""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum

from bot.domain.people import ChatId
from bot.ports.outside import Clock
from bot.ports.records import Channel, ChannelId, Chat, ChatKind, Outgoing, OutgoingState
from bot.ports.store import Store, UnitOfWork
from bot.services.leases import LEASE
from bot.services.live_buttons import carry_buttons
from bot.services.notices import LEAVE, LOADING, TURN

PASSED_OVER = 20
"""Messages of one chat that may be given up in one transaction before one is found that is to be sent."""

CLAIMED_TOGETHER = 16
"""Chats whose messages are claimed by one statement."""

LONGEST_TRANSACTION = 0.05
"""Seconds after which no more is claimed: chat turns wait for the same database."""

MANY = 3
"""From so many on, the same message goes in one call. A push tells more: LINE names a recipient that it refuses."""

MOST_RECIPIENTS = 500


class Way(Enum):
    """How a message goes to LINE."""

    REPLY = "reply"
    PUSH = "push"
    MULTICAST = "multicast"
    LEAVE = "leave"
    LOADING = "loading"


WORDLESS = {LEAVE: Way.LEAVE, LOADING: Way.LOADING}
"""Messages that say nothing but do something, in their turn behind what is said before."""


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
            while left and taking.calls < room and time.monotonic() < until:
                now, left = _split(left, min(CLAIMED_TOGETHER, room - taking.calls))
                taking.take(now)
            return taking.parcels(), left


@dataclass(slots=True, kw_only=True)
class _Taking:
    """One transaction: what was claimed in it and what is to become of it."""

    uow: UnitOfWork
    now: datetime
    recheck: Callable[[UnitOfWork, Outgoing], Outgoing]
    channel: Callable[[ChannelId], Channel | None]
    _changed: list[Outgoing] = field(default_factory=list)
    _channels: dict[ChannelId, Channel | None] = field(default_factory=dict)
    _calls: dict[tuple[str, ...], list[Letter]] = field(default_factory=dict)

    @property
    def calls(self) -> int:
        """How many calls to LINE what was claimed so far comes to, if all that reads the same goes as one."""
        return len(self._calls)

    def take(self, chat_ids: Collection[ChatId]) -> None:
        """Claim each chat's oldest message, and the one behind it where that is given up."""
        for _ in range(PASSED_OVER):
            claimed = self._claim(chat_ids)
            chats = self.uow.chats.several({message.chat_id for message in claimed})
            chat_ids = [message.chat_id for message in claimed if not self._sort(chats[message.chat_id], message)]
            self._write_changed()
            if not chat_ids:
                return

    def parcels(self) -> list[Parcel]:
        """What was claimed, call by call; who goes together is written down before the call is made."""
        made = []
        for letters in self._calls.values():
            alone = letters[0].message.multicast_key is None and len(letters) < MANY
            step = 1 if alone else MOST_RECIPIENTS
            made += [self._parcel(letters[start : start + step]) for start in range(0, len(letters), step)]
        self._write_changed()
        return made

    def _claim(self, chat_ids: Collection[ChatId]) -> list[Outgoing]:
        claimed = self.uow.outbox.claim(chat_ids, self.now, self.now + LEASE)
        shared = {message.multicast_key for message in claimed if message.multicast_key}
        if not shared:
            return claimed
        together = self.uow.outbox.claim_with(shared, self.now + LEASE)
        # The call may have been made before its process died: then the words stay.
        tried = [replace(message, attempts=max(message.attempts, 1)) for message in together]
        return [*(message for message in claimed if not message.multicast_key), *tried]

    def _sort(self, chat: Chat, message: Outgoing) -> bool:
        """Put a claimed message with those of its call; False when it was given up and the next one's turn has come."""
        fresh = carry_buttons(self.uow, chat, self.recheck(self.uow, message))
        if fresh.state is OutgoingState.QUEUED and fresh.next_try_at > self.now + LEASE:
            self._changed.append(fresh)
            return True
        channel = self._channel(chat.channel_id)
        if fresh.state is OutgoingState.QUEUED:
            fresh = _as_it_stands(channel, chat, fresh, self.now)
        if fresh is not message:
            self._changed.append(fresh)
        if fresh.state is not OutgoingState.QUEUED:
            return False
        self._calls.setdefault(_call(chat, fresh), []).append(Letter(chat=chat, message=fresh))
        return True

    def _parcel(self, letters: list[Letter]) -> Parcel:
        channel = self._channel(letters[0].chat.channel_id)
        if channel is None:
            raise LookupError(f"channel {letters[0].chat.channel_id!r} has gone")
        way = _way(letters[0].message)
        if len(letters) > 1 and way is Way.PUSH:
            way, key = Way.MULTICAST, str(uuid.uuid4())
            letters = [replace(each, message=replace(each.message, multicast_key=key)) for each in letters]
            self._changed += [each.message for each in letters]
        return Parcel(channel=channel, way=way, letters=tuple(letters))

    def _channel(self, channel_id: ChannelId) -> Channel | None:
        if channel_id not in self._channels:
            self._channels[channel_id] = self.channel(channel_id)
        return self._channels[channel_id]

    def _write_changed(self) -> None:
        self.uow.outbox.save_all(self._changed)
        self._changed.clear()


def _call(chat: Chat, message: Outgoing) -> tuple[str, ...]:
    """Messages with the same go to LINE in one call: never tried yet, to a person, and the same in every word."""
    if message.multicast_key:
        return ("multicast", message.multicast_key)
    first_try = message.attempts == 0 and message.kind != TURN and _way(message) is Way.PUSH
    if not first_try or chat.kind is not ChatKind.PERSON:
        return ("alone", message.id)
    return ("same", chat.channel_id, json.dumps(message.messages, sort_keys=True))


def _as_it_stands(channel: Channel | None, chat: Chat, message: Outgoing, now: datetime) -> Outgoing:
    """The message as it is to be sent now: as a reply whose attempt is recorded, as a push, or not at all."""
    if channel is None:
        return replace(message, state=OutgoingState.REFUSED, error=f"no LINE channel {chat.channel_id!r} is set up")
    if now >= message.expires_at:
        return replace(message, state=OutgoingState.EXPIRED)
    if message.kind in WORDLESS:
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
    if message.kind in WORDLESS:
        return WORDLESS[message.kind]
    if message.multicast_key:
        return Way.MULTICAST
    return Way.REPLY if message.reply_token else Way.PUSH


def _split(chat_ids: list[ChatId], count: int) -> tuple[list[ChatId], list[ChatId]]:
    return chat_ids[:count], chat_ids[count:]
