"""Compiles and results of the assessment."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Index, Integer, Table, Text, text

from bot.adapters.sql.columns import Id, Json, JsonTuple, Member, Moment, Words
from bot.adapters.sql.tables.base import metadata, of, seq
from bot.domain.rounds import RoundNo
from bot.ports.records import ReportState

reports = Table(
    "reports",
    metadata,
    seq(),
    Column("id", Id, nullable=False, unique=True),
    Column("agency_id", Id, of("agencies.id"), nullable=False),
    Column("fiscal_year", Integer, nullable=False),
    Column("round_no", Member(RoundNo), nullable=False),
    Column("formats", JsonTuple, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("draft", Boolean, nullable=False),
    Column("requested_by", Id, of("people.id"), index=True),
    Column("chat_id", Id, of("chats.id"), index=True),
    Column("state", Member(ReportState), nullable=False),
    Column("stage", Words, nullable=False),
    Column("progress", Float, nullable=False),
    Column("files", Json, nullable=False),
    Column("findings", JsonTuple, nullable=False),
    Column("error", Words),
    Column("attempts", Integer, nullable=False),
    Column("claimed_until", Moment),
    Column("finished_at", Moment),
    Column("kind", Text, nullable=False, server_default=text("'progress'")),
    Column("inputs_hash", Id),
    Column("skip", JsonTuple, nullable=False, server_default=text("'[]'")),
    Column("blame", Words),
    Column("blamed", JsonTuple, nullable=False, server_default=text("'[]'")),
    Column("parts", JsonTuple, nullable=False, server_default=text("'[]'")),
    Column("styles", Json, nullable=False, server_default=text("'{}'")),
    Index("ix_reports_agency_id_fiscal_year_created_at", "agency_id", "fiscal_year", "created_at"),
    Index(
        "ix_reports_failed",
        "created_at",
        sqlite_where=text("state = 'failed'"),
        postgresql_where=text("state = 'failed'"),
    ),
    Index(
        "ix_reports_open",
        "state",
        sqlite_where=text("state IN ('queued', 'running')"),
        postgresql_where=text("state IN ('queued', 'running')"),
    ),
)

assessment_results = Table(
    "assessment_results",
    metadata,
    Column("agency_id", Id, of("agencies.id", cascade=True), primary_key=True),
    Column("fiscal_year", Integer, primary_key=True, autoincrement=False),
    Column("scores", Json, nullable=False),
)
