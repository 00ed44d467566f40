"""Tokens of other programs."""

from __future__ import annotations

from sqlalchemy import Column, Table

from bot.adapters.sql.columns import Id, JsonTuple, Moment, Words
from bot.adapters.sql.tables.base import metadata, of

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_hash", Id, nullable=False, unique=True),
    Column("person_id", Id, of("people.id", cascade=True), nullable=False, index=True),
    Column("agency_id", Id, of("agencies.id", cascade=True), index=True),
    Column("name", Words, nullable=False),
    Column("scopes", JsonTuple, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
)
