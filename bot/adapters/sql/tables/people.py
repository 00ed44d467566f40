"""People, roles, invitations and sessions."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text, text

from bot.adapters.sql.columns import Id, JsonTuple, Member, Moment, Words
from bot.adapters.sql.tables.base import metadata, of, seq
from bot.domain.people import Role

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Words, nullable=False),
    Column("language", Text, nullable=False),
)

memberships = Table(
    "memberships",
    metadata,
    seq(),
    Column("person_id", Id, of("people.id"), nullable=False),
    Column("role", Member(Role), nullable=False),
    Column("agency_id", Id, of("agencies.id")),
    Index("ix_memberships_agency_id", "agency_id"),
    # Two indexes, because no agency (NULL) is never equal to no agency.
    Index(
        "uq_memberships_in_agency",
        "person_id",
        "role",
        "agency_id",
        unique=True,
        sqlite_where=text("agency_id IS NOT NULL"),
        postgresql_where=text("agency_id IS NOT NULL"),
    ),
    Index(
        "uq_memberships_of_operator",
        "person_id",
        "role",
        unique=True,
        sqlite_where=text("agency_id IS NULL"),
        postgresql_where=text("agency_id IS NULL"),
    ),
)

invites = Table(
    "invites",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code_hash", Id, nullable=False, unique=True),
    Column("agency_id", Id, of("agencies.id"), index=True),
    Column("role", Member(Role), nullable=False),
    Column("person_id", Id, of("people.id"), nullable=False, index=True),
    Column("name", Words, nullable=False),
    Column("fiscal_year", Integer),
    Column("measure_ids", JsonTuple, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("used_in_chat", Id),
    Column("created_by", Id),
)

wrong_codes = Table(
    "wrong_codes",
    metadata,
    seq(),
    Column("chat_id", Id, of("chats.id", cascade=True), nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_wrong_codes_chat_id_at", "chat_id", "at"),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("token_hash", Id, primary_key=True),
    Column("person_id", Id, of("people.id"), nullable=False, index=True),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

sessions = Table(
    "sessions",
    metadata,
    Column("session_hash", Id, primary_key=True),
    Column("person_id", Id, of("people.id"), nullable=False, index=True),
    Column("started_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("device", Text, nullable=False, server_default=text("''")),
    Column("seen_at", Moment),
)
