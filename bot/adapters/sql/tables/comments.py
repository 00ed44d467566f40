"""Comments on updates."""

from __future__ import annotations

from sqlalchemy import Column, Table

from bot.adapters.sql.columns import Id, Moment, Words
from bot.adapters.sql.tables.base import metadata, of, seq

update_comments = Table(
    "update_comments",
    metadata,
    seq(),
    Column("id", Id, nullable=False, unique=True),
    Column("update_id", Id, of("updates.id", cascade=True), nullable=False, index=True),
    Column("person_id", Id, of("people.id"), nullable=False, index=True),
    Column("text", Words, nullable=False),
    Column("said_at", Moment, nullable=False),
)
