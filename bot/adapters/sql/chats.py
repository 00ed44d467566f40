"""Chats and the events that came in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import chats, events, practice_notes
from bot.domain.errors import StaleWrite
from bot.domain.people import ChatId, PersonId
from bot.ports.records import ChannelId, Chat, Contact, EventId, FailedEvent, StoredEvent


class SqlChats(Repository):
    """Keeps bot.ports.store.Chats."""

    def get(self, chat_id: ChatId) -> Chat | None:
        """By id."""
        return self._one(chats.c.id == chat_id)

    def several(self, chat_ids: Collection[ChatId]) -> dict[ChatId, Chat]:
        """In one query."""
        if not chat_ids:
            return {}
        rows = self._rows.all(select(*columns(Chat, chats)).where(chats.c.id.in_(chat_ids)))
        return {chat.id: chat for chat in (load(Chat, row) for row in rows)}

    def of_line_user(self, channel_id: ChannelId, line_user_id: str) -> Chat | None:
        """By channel and LINE's user id."""
        return self._one(chats.c.channel_id == channel_id, chats.c.line_user_id == line_user_id)

    def of_person(self, person_id: PersonId) -> Chat | None:
        """An unblocked one first, the newest first."""
        return self._one(chats.c.person_id == person_id)

    def joined(self, person_ids: Collection[PersonId]) -> set[PersonId]:
        """Those with an unblocked chat."""
        query = select(chats.c.person_id).where(chats.c.person_id.in_(person_ids), ~chats.c.blocked)
        return set(self._rows.scalars(query)) if person_ids else set()

    def contacts(self, person_ids: Collection[PersonId]) -> dict[PersonId, Contact]:
        """Several chats of one person count as one."""
        if not person_ids:
            return {}
        seen = select(func.max(events.c.at)).where(events.c.chat_id == chats.c.id).scalar_subquery()
        query = select(chats.c.person_id, chats.c.blocked, seen.label("seen")).where(chats.c.person_id.in_(person_ids))
        found: dict[PersonId, Contact] = {}
        for row in self._rows.all(query):
            other = found.get(row["person_id"])
            moments = [at for at in (row["seen"], other.last_seen if other else None) if at]
            blocked = row["blocked"] and (other is None or other.blocked)
            found[row["person_id"]] = Contact(blocked=blocked, last_seen=max(moments, default=None))
        return found

    def add(self, chat: Chat) -> Chat:
        """Insert, or find the one that is there."""
        insert = self._rows.insert(chats).values(values(chat))
        self._rows.change(insert.on_conflict_do_nothing(index_elements=["channel_id", "line_user_id"]))
        stored = self.of_line_user(chat.channel_id, chat.line_user_id)
        if stored is None:
            raise StaleWrite(f"chat {chat.id} vanished while it was added")
        return stored

    def save_state(self, chat_id: ChatId, state: Mapping[str, object], version: int) -> None:
        """Compare the version, and set."""
        unchanged = update(chats).where(chats.c.id == chat_id, chats.c.version == version)
        if self._rows.change(unchanged.values(state=state, version=version + 1)) == 0:
            raise StaleWrite(f"chat {chat_id} is no longer at version {version}")

    def practice(self, chat_id: ChatId) -> Mapping[str, object] | None:
        """By chat."""
        query = select(practice_notes.c.content).where(practice_notes.c.chat_id == chat_id)
        found: Mapping[str, object] | None = self._rows.scalar(query)
        return found

    def save_practice(self, chat_id: ChatId, content: Mapping[str, object] | None) -> None:
        """Delete and insert."""
        self._rows.change(delete(practice_notes).where(practice_notes.c.chat_id == chat_id))
        if content is not None:
            self._rows.change(insert(practice_notes).values(chat_id=chat_id, content=content))

    def set_person(self, chat_id: ChatId, person_id: PersonId) -> None:
        """Overwrite."""
        self._rows.change(update(chats).where(chats.c.id == chat_id).values(person_id=person_id))

    def set_blocked(self, chat_id: ChatId, blocked: bool) -> None:
        """Overwrite."""
        self._rows.change(update(chats).where(chats.c.id == chat_id).values(blocked=blocked))

    def add_event(self, event: StoredEvent, *, read: bool = False) -> bool:
        """Insert unless LINE sent it before."""
        insert = self._rows.insert(events).values(read_at=event.received_at if read else None, **values(event))
        once = insert.on_conflict_do_nothing(index_elements=["channel_id", "webhook_event_id"])
        return self._rows.changed(once.returning(events.c.seq)) is not None

    def happened_after(self, chat_id: ChatId, at: datetime, kind: str | None = None) -> bool:
        """One that is there is enough."""
        query = select(events.c.seq).where(events.c.chat_id == chat_id, events.c.at > at)
        if kind is not None:
            query = query.where(events.c.kind == kind)
        return self._rows.first(query.limit(1)) is not None

    def unread(self, chat_id: ChatId, limit: int) -> list[StoredEvent]:
        """By LINE's timestamp, then arrival."""
        query = (
            select(*columns(StoredEvent, events))
            .where(events.c.chat_id == chat_id, events.c.read_at.is_(None))
            .order_by(events.c.at, events.c.seq)
            .limit(limit)
        )
        return [load(StoredEvent, row) for row in self._rows.all(query)]

    def mark_read(self, event_ids: Collection[EventId], at: datetime) -> None:
        """Those still unread."""
        if event_ids:
            unread = update(events).where(events.c.id.in_(event_ids), events.c.read_at.is_(None))
            self._rows.change(unread.values(read_at=at))

    def forget_payload(self, event_id: EventId) -> None:
        """Empty it."""
        self._rows.change(update(events).where(events.c.id == event_id).values(payload={}))

    def forget_message(self, chat_id: ChatId, message_id: str) -> None:
        """Its event, found by the id inside the payload."""
        messages = (events.c.chat_id == chat_id, events.c.kind.like("message.%"))
        for row in self._rows.all(select(events.c.id, events.c.payload).where(*messages)):
            message = row["payload"].get("message")
            if isinstance(message, dict) and message.get("id") == message_id:
                left = {**row["payload"], "message": {"id": message_id, "type": message.get("type")}}
                self._rows.change(update(events).where(events.c.id == row["id"]).values(payload=left))

    def fail_event(self, event_id: EventId, error: str, *, give_up: bool, at: datetime) -> None:
        """Count the try and keep its error."""
        failed: dict[str, object] = {"attempts": events.c.attempts + 1, "error": error}
        if give_up:
            failed["read_at"] = at
        self._rows.change(update(events).where(events.c.id == event_id).values(failed))

    def failed_events(self, tries: int, limit: int) -> list[FailedEvent]:
        """Of the kept error only its kind: the rest may hold what people wrote."""
        query = (
            select(*columns(FailedEvent, events), events.c.error)
            .where(
                events.c.error.is_not(None),
                events.c.attempts >= tries,
                events.c.read_at.is_not(None),
                events.c.chat_id.is_not(None),
            )
            .order_by(events.c.seq.desc())
            .limit(limit)
        )
        return [load(FailedEvent, row, problem=row["error"].split("(")[0]) for row in self._rows.all(query)]

    def retry_event(self, event_id: EventId) -> ChatId | None:
        """As if it had just come."""
        again = update(events).where(
            events.c.id == event_id, events.c.error.is_not(None), events.c.read_at.is_not(None)
        )
        row = self._rows.changed(again.values(read_at=None, attempts=0, error=None).returning(events.c.chat_id))
        return row["chat_id"] if row else None

    def chats_with_unread(self, before: datetime, limit: int) -> list[ChatId]:
        """Longest waiting first."""
        query = (
            select(events.c.chat_id)
            .where(events.c.read_at.is_(None), events.c.chat_id.is_not(None), events.c.received_at < before)
            .group_by(events.c.chat_id)
            .order_by(func.min(events.c.received_at), events.c.chat_id)
            .limit(limit)
        )
        return list(self._rows.scalars(query))

    def _one(self, *conditions: ColumnElement[bool]) -> Chat | None:
        query = select(*columns(Chat, chats)).where(*conditions)
        row = self._rows.first(query.order_by(chats.c.blocked, chats.c.seq.desc()).limit(1))
        return load(Chat, row) if row else None
