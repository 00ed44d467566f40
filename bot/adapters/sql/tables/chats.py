"""Chats, their events and outgoing messages."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text, text

from bot.adapters.sql.columns import Id, Json, JsonTuple, Member, Moment, Words
from bot.adapters.sql.tables.base import metadata, of, seq
from bot.ports.records import ChatKind, OutgoingState

chats = Table(
    "chats",
    metadata,
    seq(),
    Column("id", Id, nullable=False, unique=True),
    Column("channel_id", Id, nullable=False),
    Column("line_user_id", Id, nullable=False),
    Column("kind", Member(ChatKind), nullable=False, server_default=text("'person'")),
    Column("person_id", Id, of("people.id"), index=True),
    Column("blocked", Boolean, nullable=False),
    Column("state", Json, nullable=False),
    Column("version", Integer, nullable=False),
    Index("uq_chats_channel_id_line_user_id", "channel_id", "line_user_id", unique=True),
)

groups = Table(
    "groups",
    metadata,
    seq(),
    Column("chat_id", Id, of("chats.id"), nullable=False, unique=True),
    Column("agency_id", Id, of("agencies.id"), index=True),
    Column("asked_by", Id, of("people.id"), index=True),
    Column("linked_at", Moment),
    Column("moved_at", Moment),
)

events = Table(
    "events",
    metadata,
    seq(),
    Column("id", Id, nullable=False, unique=True),
    Column("channel_id", Id, nullable=False),
    Column("webhook_event_id", Id, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("chat_id", Id, of("chats.id")),
    Column("payload", Json, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("read_at", Moment),
    Column("error", Words),
    Index("uq_events_channel_id_webhook_event_id", "channel_id", "webhook_event_id", unique=True),
    Index("ix_events_chat_id", "chat_id"),
    Index(
        "ix_events_failed",
        "seq",
        sqlite_where=text("error IS NOT NULL"),
        postgresql_where=text("error IS NOT NULL"),
    ),
    Index(
        "ix_events_unread",
        "chat_id",
        "at",
        "seq",
        sqlite_where=text("read_at IS NULL"),
        postgresql_where=text("read_at IS NULL"),
    ),
)

outgoing = Table(
    "outgoing",
    metadata,
    seq(),
    Column("id", Id, nullable=False, unique=True),
    Column("chat_id", Id, of("chats.id"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("messages", JsonTuple, nullable=False),
    Column("retry_key", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("next_try_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("key", Id, unique=True),
    Column("reply_token", Text),
    Column("reply_until", Moment),
    Column("reply_tried", Boolean, nullable=False),
    Column("matters", Boolean, nullable=False),
    Column("state", Member(OutgoingState), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", Moment),
    Column("error", Words),
    Column("request_id", Words),
    Column("claimed_until", Moment),
    Column("multicast_key", Text),
    Index(
        "ix_outgoing_multicast",
        "multicast_key",
        "seq",
        sqlite_where=text("multicast_key IS NOT NULL"),
        postgresql_where=text("multicast_key IS NOT NULL"),
    ),
    Index(
        "ix_outgoing_queued",
        "chat_id",
        "created_at",
        "seq",
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    ),
)

practice_notes = Table(
    "practice_notes",
    metadata,
    Column("chat_id", Id, of("chats.id", cascade=True), primary_key=True),
    Column("content", Json, nullable=False),
)
