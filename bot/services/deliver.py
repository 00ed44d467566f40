"""Deliver outgoing messages: reply while the token lives, else push with a retry key; bounded, once.

Store first, send after. A reply takes no retry key, so it is attempted once and the
attempt is recorded before it is made; when its fate is unknown it is neither repeated nor pushed. A push carries
its retry key from the first attempt and may be repeated for a day.
"""

from __future__ import annotations

import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.domain.people import ChatId
from bot.ports.outside import Clock, Messenger, RateLimits, Refused, Sent, Unclear
from bot.ports.records import Channel, Chat, Outgoing, OutgoingState
from bot.ports.store import UnitOfWork
from bot.services.leases import LEASE, lease
from bot.services.notices import TURN
from bot.services.parcels import Letter, Parcel, TakeParcels, Way, as_push

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Messages of one chat sent in one go; the sweep finds the rest."""

SLOWEST_RETRY = 300.0
SLOWEST_AFTER_TOO_MANY = 15.0
TOKEN_REFUSED = 401
TOO_MANY = 429
LONGEST_TURN = 5.0
"""Seconds; whoever waited so long goes on, and LINE's 429 has the last word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliver:
    """The use case with everything it needs; `send` is safe to run in many threads at once.

    Attributes:
        limits: how long to wait before a call, so that all workers together stay below LINE's limit.
    """

    take: TakeParcels
    clock: Clock
    messenger: Messenger
    limits: RateLimits | None = None
    pause: Callable[[float], None] = time.sleep

    def __call__(self, chat_id: ChatId) -> int:
        """Send what is due for one chat here and now, oldest first; returns how many messages LINE took."""
        sent = 0
        done: Sequence[Outgoing] = ()
        for _ in range(AT_ONCE):
            parcels, _left = self.turn(done, [chat_id], 1)
            if not parcels:
                return sent
            ids = [message.id for message in parcels[0].messages]
            with lease(self.take.store, self.clock, partial(_renew, ids)):
                done = self.send(parcels[0])
            sent += sum(message.state is OutgoingState.SENT for message in done)
        self.turn(done, [], 0)
        return sent

    def due(self, limit: int) -> list[ChatId]:
        """Chats for which something is due, longest waiting first."""
        with self.take.store.read() as uow:
            return uow.outbox.chats_due(self.clock.now(), limit)

    def turn(
        self, done: Sequence[Outgoing], chat_ids: Sequence[ChatId], room: int
    ) -> tuple[list[Parcel], list[ChatId]]:
        """Write down what became of messages, and take the next parcels with their turns below LINE's limit."""
        parcels, left = self.take(done, chat_ids, room)
        return self._with_turns(parcels), left

    def renew(self, parcels: Sequence[Parcel]) -> None:
        """Keep what is being sent hidden from others for a while longer."""
        with self.take.store.write() as uow:
            uow.outbox.extend([m.id for each in parcels for m in each.messages], self.clock.now() + LEASE)

    def send(self, parcel: Parcel) -> list[Outgoing]:
        """Wait for its turn and send it; returns the messages as they stand then, still to be written down."""
        if parcel.wait > 0:
            self.pause(min(parcel.wait, LONGEST_TURN))
        letter = parcel.letters[0]
        match parcel.way:
            case Way.MULTICAST:
                return self._multicast(parcel)
            case Way.REPLY:
                return [self._reply(parcel.channel, letter)]
            case Way.PUSH:
                return [self._push(parcel.channel, letter)]
            case Way.LEAVE:
                return [self._leave(parcel.channel, letter)]
            case Way.LOADING:
                self.messenger.show_loading(parcel.channel, letter.chat.line_user_id)
                return [self._sent(letter.message, Sent())]

    def _with_turns(self, parcels: list[Parcel]) -> list[Parcel]:
        if self.limits is None:
            return parcels
        asked = Counter((each.channel.id, each.way.value) for each in parcels)
        turns = {which: iter(self.limits.turns(*which, calls)) for which, calls in asked.items()}
        return [replace(each, wait=next(turns[each.channel.id, each.way.value])) for each in parcels]

    def _reply(self, channel: Channel, letter: Letter) -> Outgoing:
        tried = letter.message
        match self.messenger.reply(channel, tried.reply_token or "", tried.messages):
            case Sent() as sent:
                return self._sent(tried, sent)
            case Refused(invalid_reply_token=True):
                return self._push_instead(channel, letter.chat, tried)
            case Refused(status=status) as refused if status == TOKEN_REFUSED:
                return self._later(replace(tried, reply_tried=False), refused.words, SLOWEST_RETRY)
            case Refused() as refused:
                return self._refused(tried, refused)
            case Unclear(maybe_taken=True) as unclear:
                log.warning("reply_unknown message=%s words=%s", tried.id, unclear.words)
                return replace(tried, state=OutgoingState.UNKNOWN, error=unclear.words)
            case Unclear() as unclear:
                wait = self._wait_after(unclear, channel, Way.REPLY, tried)
                return self._later(replace(tried, reply_tried=False), unclear.words, wait)

    def _push_instead(self, channel: Channel, chat: Chat, message: Outgoing) -> Outgoing:
        """LINE called the reply token invalid: nothing was said, so it may be pushed."""
        pushed = as_push(chat, message)
        if pushed.state is not OutgoingState.QUEUED:
            return pushed
        if self.limits is not None:
            self.pause(min(self.limits.turns(channel.id, Way.PUSH.value, 1)[0], LONGEST_TURN))
        return self._push(channel, Letter(chat=chat, message=pushed))

    def _push(self, channel: Channel, letter: Letter) -> Outgoing:
        message = letter.message
        tried = replace(message, attempts=message.attempts + 1)
        match self.messenger.push(channel, letter.chat.line_user_id, message.messages, message.retry_key):
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
                return self._later(tried, unclear.words, self._wait_after(unclear, channel, Way.PUSH, tried))

    def _multicast(self, parcel: Parcel) -> list[Outgoing]:
        """One call for many; refused, nobody got it: then each is pushed, and LINE names whom it refuses."""
        tried = [replace(message, attempts=message.attempts + 1) for message in parcel.messages]
        to = [letter.chat.line_user_id for letter in parcel.letters]
        key = tried[0].multicast_key or ""
        match self.messenger.multicast(parcel.channel, to, tried[0].messages, key):
            case Sent() as sent:
                return [self._sent(message, sent) for message in tried]
            case Refused(status=status) as refused if status == TOKEN_REFUSED:
                return self._together_later(tried, refused.words, SLOWEST_RETRY)
            case Refused() as refused:
                log.warning("multicast_refused messages=%s words=%s", len(tried), refused.words)
                now = self.clock.now()
                return [replace(m, multicast_key=None, next_try_at=now, error=refused.words) for m in tried]
            case Unclear() as unclear:
                wait = self._wait_after(unclear, parcel.channel, parcel.way, tried[0])
                return self._together_later(tried, unclear.words, wait)

    def _together_later(self, messages: list[Outgoing], words: str, seconds: float) -> list[Outgoing]:
        """All at the same moment: they go in one call again."""
        first = self._later(messages[0], words, seconds)
        return [replace(message, next_try_at=first.next_try_at, error=words) for message in messages]

    def _leave(self, channel: Channel, letter: Letter) -> Outgoing:
        """Leave a group; LINE's no means that the bot is in it no more."""
        chat, message = letter.chat, letter.message
        tried = replace(message, attempts=message.attempts + 1)
        match self.messenger.leave(channel, chat.kind, chat.line_user_id):
            case Unclear() as unclear:
                return self._later(tried, unclear.words, self._wait_after(unclear, channel, Way.LEAVE, tried))
            case Refused(status=status) as refused if status == TOKEN_REFUSED:
                return self._later(tried, refused.words, SLOWEST_RETRY)
            case Refused() as refused:
                log.warning("not_in_group message=%s status=%s words=%s", message.id, refused.status, refused.words)
                taken = Sent(request_id=refused.request_id)
            case Sent() as taken:
                pass
        with self.take.store.write() as uow:
            uow.chats.set_blocked(chat.id, True)
        return self._sent(tried, taken)

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

    def _wait_after(self, unclear: Unclear, channel: Channel, way: Way, message: Outgoing) -> float:
        """Seconds until the next try. Too many calls are no fault of this message's: its patience stays short."""
        if unclear.status != TOO_MANY:
            return backoff(message.attempts)
        if self.limits is not None:
            self.limits.refused(channel.id, way.value)
        return min(backoff(message.attempts), SLOWEST_AFTER_TOO_MANY)

    def _later(self, message: Outgoing, words: str, seconds: float) -> Outgoing:
        log.warning("delivery_later message=%s seconds=%.0f words=%s", message.id, seconds, words)
        return replace(message, next_try_at=self.clock.now() + timedelta(seconds=seconds), error=words)


def _renew(message_ids: Sequence[str], uow: UnitOfWork, until: datetime) -> None:
    uow.outbox.extend(message_ids, until)


def backoff(attempts: int) -> float:
    """Seconds until the next try: 1, 2, 4 … up to five minutes, with jitter so that not all come back at once."""
    return float(min(2 ** max(attempts - 1, 0), SLOWEST_RETRY)) * random.uniform(0.8, 1.2)  # noqa: S311 — no secret
