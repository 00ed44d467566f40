"""Requests to change what a locked round holds."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Table, text

from bot.adapters.sql.columns import Id, Member, Moment, Words
from bot.adapters.sql.tables.base import metadata, of
from bot.domain.reopenings import Reply
from bot.domain.rounds import RoundNo

_WAITING = text("reply = 'waiting'")

reopenings = Table(
    "reopenings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("agency_id", Id, of("agencies.id"), nullable=False),
    Column("measure_id", Id, of("measures.id", cascade=True), nullable=False, index=True),
    Column("round_no", Member(RoundNo), nullable=False),
    Column("person_id", Id, of("people.id"), nullable=False, index=True),
    Column("reason", Words, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("reply", Member(Reply), nullable=False),
    Column("until", Date),
    Column("replied_at", Moment),
    Column("replied_by", Id),
    Index("ix_reopenings_waiting", "agency_id", "asked_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
    Index(
        "uq_reopenings_one_waiting",
        "person_id",
        "measure_id",
        "round_no",
        unique=True,
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    ),
)
