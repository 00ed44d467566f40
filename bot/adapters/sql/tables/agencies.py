"""Agencies, their settings and channels."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, Table, Text, false, text

from bot.adapters.sql.columns import Id, Json, Words
from bot.adapters.sql.tables.base import metadata, of

agencies = Table(
    "agencies",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Words, nullable=False),
    Column("kind", Words),
    Column("subdistrict", Words),
    Column("district", Words),
    Column("province", Words),
    Column("address", Words),
    Column("website", Words),
    Column("doc_code", Words),
)

agency_settings = Table(
    "agency_settings",
    metadata,
    Column("agency_id", Id, of("agencies.id", cascade=True), primary_key=True),
    Column("asks_output", Boolean, nullable=False),
    Column("review_by_admin", Boolean, nullable=False),
    Column("thai_digits", Boolean, nullable=False),
    Column("table_styles", Json, nullable=False, server_default=text("'{}'")),
    Column("tries_links", Boolean, nullable=False, server_default=false()),
)

channels = Table(
    "channels",
    metadata,
    Column("id", Id, primary_key=True),
    Column("secret", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("bot_user_id", Id),
)

channel_agencies = Table(
    "channel_agencies",
    metadata,
    Column("channel_id", Id, of("channels.id", cascade=True), primary_key=True),
    Column("agency_id", Id, of("agencies.id", cascade=True), primary_key=True),
    Column("position", Integer, nullable=False),
)
