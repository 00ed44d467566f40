"""Acting posts."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Table

from bot.adapters.sql.columns import Id, Moment
from bot.adapters.sql.tables.base import metadata, of

acting_posts = Table(
    "acting_posts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("agency_id", Id, of("agencies.id"), nullable=False),
    Column("holder_id", Id, of("people.id"), nullable=False, index=True),
    Column("acting_id", Id, of("people.id"), nullable=False, index=True),
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", Id),
    Column("ended_at", Moment),
    Index("ix_acting_posts_agency_id_last_on", "agency_id", "last_on"),
)
