"""Divisions, requests to join, and work handed over."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, text

from bot.adapters.sql.columns import Id, JsonTuple, Member, Moment, Words
from bot.adapters.sql.tables.base import metadata, of, seq
from bot.domain.joining import Asked, Offer

divisions = Table(
    "divisions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("agency_id", Id, of("agencies.id"), nullable=False, index=True),
    Column("name", Words, nullable=False),
    Column("position", Integer, nullable=False),
)

division_members = Table(
    "division_members",
    metadata,
    Column("division_id", Id, of("divisions.id", cascade=True), primary_key=True),
    Column("person_id", Id, of("people.id"), primary_key=True, index=True),
)

measure_divisions = Table(
    "measure_divisions",
    metadata,
    Column("measure_id", Id, of("measures.id", cascade=True), primary_key=True),
    Column("division_id", Id, of("divisions.id", cascade=True), nullable=False, index=True),
)

join_requests = Table(
    "join_requests",
    metadata,
    seq(),
    Column("id", Id, nullable=False, unique=True),
    Column("chat_id", Id, of("chats.id", cascade=True), nullable=False),
    Column("agency_id", Id, of("agencies.id"), nullable=False),
    Column("name", Words, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("state", Member(Asked), nullable=False),
    Column("settled_at", Moment),
    Column("settled_by", Id),
    Column("person_id", Id),
    Index("ix_join_requests_chat_id_asked_at", "chat_id", "asked_at"),
    Index("ix_join_requests_agency_id_state", "agency_id", "state"),
    Index(
        "uq_join_requests_one_pending",
        "chat_id",
        unique=True,
        sqlite_where=text("state = 'pending'"),
        postgresql_where=text("state = 'pending'"),
    ),
)

handovers = Table(
    "handovers",
    metadata,
    seq(),
    Column("id", Id, nullable=False, unique=True),
    Column("agency_id", Id, of("agencies.id"), nullable=False, index=True),
    Column("giver_id", Id, of("people.id"), nullable=False, index=True),
    Column("taker_id", Id, of("people.id"), nullable=False, index=True),
    Column("measure_ids", JsonTuple, nullable=False),
    Column("offered_at", Moment, nullable=False),
    Column("offered_by", Id),
    Column("state", Member(Offer), nullable=False),
    Column("settled_at", Moment),
)
