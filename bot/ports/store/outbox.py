"""Outgoing messages."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.domain.people import ChatId
from bot.ports.records import (
    Outgoing,
    OutgoingState,
)


class Outbox(Protocol):
    """Outgoing messages: stored with the decision that caused them, delivered after."""

    def add(self, message: Outgoing) -> bool:
        """Store; False when its `key` is there already (nothing is stored then)."""
        ...

    def get(self, message_id: str) -> Outgoing | None: ...
    def save(self, message: Outgoing) -> None: ...
    def save_all(self, messages: Collection[Outgoing]) -> None:
        """Overwrite several; those that are gone are passed over."""
        ...

    def claim(self, chat_ids: Collection[ChatId], now: datetime, until: datetime) -> list[Outgoing]:
        """Of each chat the oldest queued message if its time has come, hidden from others until `until`.

        Earlier messages of a chat go first: nothing while one of them waits for its next try or is claimed. Of
        those that share a multicast key the first that is queued stands for all.
        """
        ...

    def claim_with(self, multicast_keys: Collection[str], until: datetime) -> list[Outgoing]:
        """All queued messages with these keys, in order: for whoever has claimed the first of each."""
        ...

    def extend(self, message_ids: Collection[str], until: datetime) -> None:
        """Keep claimed messages hidden from others until then; nothing for those not queued any more."""
        ...

    def chats_due(self, now: datetime, limit: int) -> list[ChatId]:
        """Chats whose oldest queued message is due and unclaimed, longest waiting first."""
        ...

    def held(self, chat_id: ChatId) -> list[Outgoing]:
        """The chat's messages in state held, oldest first."""
        ...

    def newest(self, chat_id: ChatId, kind: str) -> Outgoing | None:
        """The chat's newest message of that kind, sent or not."""
        ...

    def with_keys(self, keys: Collection[str]) -> set[str]:
        """Those of the keys that are stored."""
        ...

    def in_states(self, states: Collection[OutgoingState], limit: int) -> list[Outgoing]:
        """Messages in those states, newest first."""
        ...
