"""What agencies posted, and which addresses were looked at."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, Table, Text, text

from bot.adapters.sql.columns import Id, JsonTuple, Member, Moment, Words
from bot.adapters.sql.tables.base import metadata, of
from bot.domain.links import LinkState

publications = Table(
    "publications",
    metadata,
    Column("id", Id, primary_key=True),
    Column("agency_id", Id, of("agencies.id", cascade=True), nullable=False),
    Column("fiscal_year", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("ita_year", Integer, nullable=False),
    Column("item", Words, nullable=False),
    Column("urls", JsonTuple, nullable=False),
    Column("description", Words, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("posted_on", Date),
    Column("code", Id, nullable=False, server_default=text("''")),
    Column("saved_by", Id),
    Index("ix_publications_agency_id_ita_year", "agency_id", "ita_year"),
)

links = Table(
    "links",
    metadata,
    Column("agency_id", Id, of("agencies.id", cascade=True), primary_key=True),
    Column("url_hash", Id, primary_key=True),
    Column("url", Words, nullable=False),
    Column("state", Member(LinkState), nullable=False),
    Column("at", Moment, nullable=False),
)
