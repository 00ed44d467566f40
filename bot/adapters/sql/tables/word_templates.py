"""Uploaded Word templates."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Table, Text, text

from bot.adapters.sql.columns import Id, Moment, Words
from bot.adapters.sql.tables.base import metadata, of, seq

word_templates = Table(
    "word_templates",
    metadata,
    seq(),
    Column("id", Id, nullable=False, unique=True),
    Column("agency_id", Id, of("agencies.id", cascade=True), nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Words, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("uploaded_at", Moment, nullable=False),
    Column("uploaded_by", Id, of("people.id"), index=True),
    Column("in_use", Boolean, nullable=False),
    Index("ix_word_templates_agency_id_kind", "agency_id", "kind"),
    Index(
        "uq_word_templates_in_use",
        "agency_id",
        "kind",
        unique=True,
        sqlite_where=text("in_use"),
        postgresql_where=text("in_use"),
    ),
)
