"""Store the events of one webhook body, each once, and wake their chats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.people import ChatId
from bot.jobs import CHAT_TURN
from bot.ports.outside import Clock, Ids, JobQueue
from bot.ports.records import ChannelId, Chat, ChatKind, EventId, StoredEvent
from bot.ports.store import Store, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One event as the web edge read it off the body.

    Attributes:
        line_user_id: of a one-to-one chat's event; of a group's that is to be answered, the group's id.
        raw: the event as sent; of groups nothing, or what is needed to answer.
        chat_kind: what `line_user_id` names.
    """

    webhook_event_id: str
    kind: str
    at: datetime
    line_user_id: str | None
    raw: Mapping[str, Any]
    chat_kind: ChatKind = ChatKind.PERSON


def receive_events(
    store: Store, queue: JobQueue, clock: Clock, ids: Ids, channel_id: ChannelId, events: Sequence[Incoming]
) -> int:
    """Make every event durable in one transaction, then wake the chats; returns how many were new."""
    if not events:
        return 0
    woken: dict[ChatId, None] = {}
    stored = 0
    with store.write() as uow:
        for event in events:
            chat = _chat_of(uow, ids, channel_id, event)
            row = StoredEvent(
                id=EventId(ids.new()),
                channel_id=channel_id,
                webhook_event_id=event.webhook_event_id,
                kind=event.kind,
                at=event.at,
                received_at=clock.now(),
                chat_id=chat.id if chat else None,
                payload=event.raw if chat else {},
            )
            if uow.chats.add_event(row, read=chat is None):
                stored += 1
                if chat:
                    woken[chat.id] = None
    for chat_id in woken:
        queue.enqueue(CHAT_TURN, chat_id)
    return stored


def _chat_of(uow: UnitOfWork, ids: Ids, channel_id: ChannelId, event: Incoming) -> Chat | None:
    if event.line_user_id is None:
        return None
    known = uow.chats.of_line_user(channel_id, event.line_user_id)
    fresh = Chat(id=ChatId(ids.new()), channel_id=channel_id, line_user_id=event.line_user_id, kind=event.chat_kind)
    return known or uow.chats.add(fresh)
