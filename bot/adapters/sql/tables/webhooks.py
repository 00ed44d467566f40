"""Webhooks that go out, and what is on its way to them."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text, text

from bot.adapters.sql.columns import Id, Json, JsonTuple, Member, Moment, Words
from bot.adapters.sql.tables.base import metadata, of, seq
from bot.domain.webhooks import HookEvent

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("agency_id", Id, of("agencies.id", cascade=True), nullable=False, index=True),
    Column("url", Words, nullable=False),
    Column("secret", Text, nullable=False),
    Column("events", JsonTuple, nullable=False),
    Column("made_by", Id, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("ended_at", Moment),
)

hook_deliveries = Table(
    "hook_deliveries",
    metadata,
    seq(),
    Column("id", Id, nullable=False, unique=True),
    Column("webhook_id", Id, of("webhooks.id", cascade=True), nullable=False, index=True),
    Column("event", Member(HookEvent), nullable=False),
    Column("body", Json, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("next_try_at", Moment),
    Column("attempts", Integer, nullable=False),
    Column("sent_at", Moment),
    Column("error", Words),
    Index(
        "ix_hook_deliveries_due",
        "next_try_at",
        "seq",
        sqlite_where=text("next_try_at IS NOT NULL"),
        postgresql_where=text("next_try_at IS NOT NULL"),
    ),
)
