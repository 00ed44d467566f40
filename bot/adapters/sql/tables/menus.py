"""Rich menus, and who was shown which."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from bot.adapters.sql.columns import Id
from bot.adapters.sql.tables.base import metadata, of, seq

rich_menus = Table(
    "rich_menus",
    metadata,
    seq(),
    Column("channel_id", Id, nullable=False),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("menu_id", Text, nullable=False),
    Index("uq_rich_menus_channel_id_kind_language", "channel_id", "kind", "language", unique=True),
)

menus_shown = Table(
    "menus_shown",
    metadata,
    seq(),
    Column("chat_id", Id, of("chats.id"), nullable=False, unique=True),
    Column("menu_id", Text, nullable=False),
)
