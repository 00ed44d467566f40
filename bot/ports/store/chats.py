"""Chats and the events that came in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from bot.domain.people import ChatId, PersonId
from bot.ports.records import (
    ChannelId,
    Chat,
    Contact,
    EventId,
    FailedEvent,
    StoredEvent,
)


class Chats(Protocol):
    """Chats and the events that came in them."""

    def get(self, chat_id: ChatId) -> Chat | None: ...
    def several(self, chat_ids: Collection[ChatId]) -> dict[ChatId, Chat]:
        """Those of the chats that are stored, by id."""
        ...

    def of_line_user(self, channel_id: ChannelId, line_user_id: str) -> Chat | None: ...
    def of_person(self, person_id: PersonId) -> Chat | None:
        """The person's chat, an unblocked one first, the newest first."""
        ...

    def joined(self, person_ids: Collection[PersonId]) -> set[PersonId]:
        """Those of the people who have a chat that is not blocked."""
        ...

    def contacts(self, person_ids: Collection[PersonId]) -> dict[PersonId, Contact]:
        """Of those of the people who have a chat: whether it can be reached, and when they last did anything."""
        ...

    def add(self, chat: Chat) -> Chat:
        """Insert, or return the one that is there for the same channel and LINE user."""
        ...

    def save_state(self, chat_id: ChatId, state: Mapping[str, object], version: int) -> None:
        """Write the state if the row still has `version`, raising it by one; StaleWrite otherwise."""
        ...

    def practice(self, chat_id: ChatId) -> Mapping[str, object] | None:
        """What was said in the chat's practice round, if it is in one."""
        ...

    def save_practice(self, chat_id: ChatId, content: Mapping[str, object] | None) -> None:
        """Keep that, or forget it."""
        ...

    def set_person(self, chat_id: ChatId, person_id: PersonId) -> None: ...
    def set_blocked(self, chat_id: ChatId, blocked: bool) -> None: ...
    def add_event(self, event: StoredEvent, *, read: bool = False) -> bool:
        """Store an event once; False when its webhook_event_id is there already for the channel."""
        ...

    def happened_after(self, chat_id: ChatId, at: datetime, kind: str | None = None) -> bool:
        """Whether an event of the chat (of that kind) is stored that happened later, by LINE's clock."""
        ...

    def unread(self, chat_id: ChatId, limit: int) -> list[StoredEvent]:
        """Unread events in order of LINE's timestamp, then of arrival."""
        ...

    def forget_message(self, chat_id: ChatId, message_id: str) -> None:
        """Leave of a message that was taken back only its id and kind among the stored events."""
        ...

    def mark_read(self, event_ids: Collection[EventId], at: datetime) -> None: ...
    def forget_payload(self, event_id: EventId) -> None:
        """Keep of an event only id, kind and time."""
        ...

    def fail_event(self, event_id: EventId, error: str, *, give_up: bool, at: datetime) -> None:
        """Count a failed try; with `give_up` the event is marked read with its error kept for the operator."""
        ...

    def failed_events(self, tries: int, limit: int) -> list[FailedEvent]:
        """Events of chats that failed so often that they were given up, newest first."""
        ...

    def retry_event(self, event_id: EventId) -> ChatId | None:
        """Make an event that was given up unread again; its chat, None when there is no such event."""
        ...

    def chats_with_unread(self, before: datetime, limit: int) -> list[ChatId]:
        """Chats with events received before that moment and still unread, longest waiting first."""
        ...
