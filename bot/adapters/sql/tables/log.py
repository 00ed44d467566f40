"""Who did what."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from bot.adapters.sql.columns import Id, Json, Moment, Words
from bot.adapters.sql.tables.base import metadata, seq

log_entries = Table(
    "log_entries",
    metadata,
    seq(),
    Column("id", Id, nullable=False, unique=True),
    Column("at", Moment, nullable=False),
    Column("agency_id", Id),
    Column("person_id", Id),
    Column("name", Words, nullable=False),
    Column("action", Text, nullable=False),
    Column("details", Json, nullable=False),
    Index("ix_log_entries_agency_id_at", "agency_id", "at", "seq"),
)
