"""Measures, assignments and rounds."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, Table

from bot.adapters.sql.columns import Id, Member, Words
from bot.adapters.sql.tables.base import metadata, of
from bot.domain.rounds import RoundNo

measures = Table(
    "measures",
    metadata,
    Column("id", Id, primary_key=True),
    Column("agency_id", Id, of("agencies.id"), nullable=False),
    Column("fiscal_year", Integer, nullable=False),
    Column("no", Integer, nullable=False),
    Column("title", Words, nullable=False),
    Column("section", Words),
    Column("indicator", Words),
    Column("approach", Words),
    Column("steps", Words),
    Column("responsible", Words),
    Column("monitoring", Words),
    Column("period_text", Words),
    Column("period_start", Date),
    Column("period_end", Date),
    # Not unique: importing again renumbers row by row.
    Index("ix_measures_agency_id_fiscal_year_no", "agency_id", "fiscal_year", "no"),
)

assignments = Table(
    "assignments",
    metadata,
    Column("measure_id", Id, of("measures.id", cascade=True), primary_key=True),
    Column("person_id", Id, of("people.id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
)

rounds = Table(
    "rounds",
    metadata,
    Column("agency_id", Id, of("agencies.id"), primary_key=True),
    Column("fiscal_year", Integer, primary_key=True, autoincrement=False),
    Column("no", Member(RoundNo), primary_key=True, autoincrement=False),
    Column("opens_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("locks_on", Date, nullable=False),
)
