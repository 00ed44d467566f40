"""Versions of compiled documents."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Table, Text, text

from bot.adapters.sql.columns import Id, Json, JsonTuple, Member, Moment
from bot.adapters.sql.tables.base import metadata, of
from bot.domain.rounds import RoundNo

report_versions = Table(
    "report_versions",
    metadata,
    Column("inputs_hash", Id, primary_key=True),
    Column("agency_id", Id, of("agencies.id", cascade=True), nullable=False),
    Column("fiscal_year", Integer, nullable=False),
    Column("round_no", Member(RoundNo), nullable=False),
    Column("kind", Text, nullable=False),
    Column("draft", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("content", Json, nullable=False),
    Column("findings", JsonTuple, nullable=False),
    Column("code", Id, nullable=False, server_default=text("''")),
    Column("made_by", Id),
    Column("made_with", Json, nullable=False, server_default=text("'{}'")),
    Index("ix_report_versions_agency_id_fiscal_year", "agency_id", "fiscal_year"),
    Index("ix_report_versions_code", "code"),
)

version_files = Table(
    "version_files",
    metadata,
    Column("inputs_hash", Id, of("report_versions.inputs_hash", cascade=True), primary_key=True),
    Column("format", Id, primary_key=True),
    Column("sha256", Id, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("made_at", Moment, nullable=False),
)
