"""The sign-off chain, sign-offs of versions, and what signers said."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, Text, text

from bot.adapters.sql.columns import Id, JsonTuple, Member, Moment, Words
from bot.adapters.sql.tables.base import metadata, of
from bot.domain.people import Role
from bot.domain.rounds import RoundNo
from bot.domain.sign_off import ActingAs, SignOffState


def _step() -> tuple[Column[Any], ...]:
    """The columns of a step, of a chain or of a sign-off."""
    return (
        Column("place", Integer, primary_key=True, autoincrement=False),
        Column("label", Words, nullable=False),
        Column("position", Words, nullable=False),
        Column("person_id", Id, of("people.id"), index=True),
        Column("role", Member(Role)),
        Column("name", Words, nullable=False),
        Column("acting", Member(ActingAs)),
        Column("acting_for", Words, nullable=False),
        Column("asks_opinion", Boolean, nullable=False),
    )


chain_steps = Table(
    "chain_steps",
    metadata,
    Column("agency_id", Id, of("agencies.id", cascade=True), primary_key=True),
    *_step(),
)

sign_offs = Table(
    "sign_offs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("agency_id", Id, of("agencies.id"), nullable=False),
    Column("fiscal_year", Integer, nullable=False),
    Column("round_no", Member(RoundNo), nullable=False),
    Column("report_id", Id, of("reports.id"), nullable=False, index=True),
    Column("inputs_hash", Id, nullable=False),
    Column("title", Words, nullable=False),
    Column("reported", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("findings", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("started_by", Id, of("people.id"), index=True),
    Column("state", Member(SignOffState), nullable=False),
    Column("place", Integer, nullable=False),
    Column("waiting_since", Moment),
    Column("ended_at", Moment),
    Column("ended_by", Id, of("people.id"), index=True),
    Column("reason", Words),
    Index("ix_sign_offs_agency_id_fiscal_year_started_at", "agency_id", "fiscal_year", "started_at"),
    Index(
        "ix_sign_offs_running",
        "agency_id",
        sqlite_where=text("state = 'running'"),
        postgresql_where=text("state = 'running'"),
    ),
)

sign_off_steps = Table(
    "sign_off_steps",
    metadata,
    Column("sign_off_id", Id, of("sign_offs.id", cascade=True), primary_key=True),
    *_step(),
)

signatures = Table(
    "signatures",
    metadata,
    Column("sign_off_id", Id, of("sign_offs.id"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Id, of("people.id"), nullable=False, index=True),
    Column("name", Words, nullable=False),
    Column("positions", JsonTuple, nullable=False),
    Column("opinion", Words),
    Column("signed_at", Moment, nullable=False),
    Column("inputs_hash", Id, nullable=False),
)

memos = Table(
    "memos",
    metadata,
    Column("agency_id", Id, of("agencies.id", cascade=True), primary_key=True),
    Column("fiscal_year", Integer, primary_key=True, autoincrement=False),
    Column("round_no", Member(RoundNo), primary_key=True, autoincrement=False),
    Column("department", Words),
    Column("number", Words),
    Column("dated", Date),
    Column("subject", Words),
    Column("addressee", Words),
    Column("body", Words),
    Column("closing", Words),
)

document_choices = Table(
    "document_choices",
    metadata,
    Column("agency_id", Id, of("agencies.id", cascade=True), primary_key=True),
    Column("preface", Words),
    Column("parts", JsonTuple),
    Column("emblem", Text),
)
