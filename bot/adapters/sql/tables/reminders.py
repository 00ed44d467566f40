"""Reminders and what was chosen about them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, Text

from bot.adapters.sql.columns import Id, JsonTuple, Member, Moment, Words
from bot.adapters.sql.tables.base import metadata, of
from bot.domain.rounds import RoundNo

reminders = Table(
    "reminders",
    metadata,
    Column("key", Id, primary_key=True),
    Column("message_id", Id, nullable=False, index=True),
    Column("person_id", Id, of("people.id"), nullable=False),
    Column("agency_id", Id, of("agencies.id"), nullable=False),
    Column("fiscal_year", Integer, nullable=False),
    Column("round_no", Member(RoundNo), nullable=False),
    Column("rule", Text, nullable=False),
    Column("why", Words, nullable=False),
    Column("measures", JsonTuple, nullable=False),
    Column("covered", Boolean, nullable=False),
    Column("day", Date, nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Index("ix_reminders_person_id_at", "person_id", "at"),
    Index("ix_reminders_agency_id_fiscal_year_round_no", "agency_id", "fiscal_year", "round_no"),
)

reminder_changes = Table(
    "reminder_changes",
    metadata,
    Column("agency_id", Id, of("agencies.id", cascade=True), primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("on", Boolean, nullable=False),
    Column("days", Integer),
)

person_times = Table(
    "person_times",
    metadata,
    Column("person_id", Id, of("people.id", cascade=True), primary_key=True),
    Column("snoozed_until", Date),
    Column("away_from", Date),
    Column("away_until", Date),
    Column("quiet_from", Text),
    Column("quiet_until", Text),
)

own_days = Table(
    "own_days",
    metadata,
    Column("agency_id", Id, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("name", Words, nullable=False),
    Column("works", Boolean, nullable=False),
)

quotas = Table(
    "quotas",
    metadata,
    Column("channel_id", Id, primary_key=True),
    Column("limit", Integer),
    Column("used", Integer, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("warned", Integer, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("token_hash", Id, primary_key=True),
    Column("person_id", Id, of("people.id", cascade=True), index=True),
    Column("agency_id", Id, of("agencies.id", cascade=True), index=True),
    Column("made_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)
