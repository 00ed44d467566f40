"""Updates and their evidence."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, false, text

from bot.adapters.sql.columns import Id, Member, Moment, Sequence, Words
from bot.adapters.sql.tables.base import metadata, of, seq
from bot.domain.rounds import RoundNo
from bot.domain.updates import Answer, EvidenceKind, MediaState, Review, Stage, Status

updates = Table(
    "updates",
    metadata,
    Column("id", Id, primary_key=True),
    Column("measure_id", Id, of("measures.id", cascade=True), nullable=False),
    Column("round_no", Member(RoundNo), nullable=False),
    Column("person_id", Id, of("people.id"), nullable=False),
    Column("stage", Member(Stage), nullable=False),
    Column("status", Member(Status)),
    Column("summary", Words),
    Column("output", Words),
    Column("outcome", Words),
    Column("obstacles", Words),
    Column("remark", Words),
    Column("expected_on", Date),
    Column("started_at", Moment),
    Column("submitted_at", Moment),
    Column("review", Member(Review), nullable=False),
    Column("review_reason", Words),
    Column("reviewed_at", Moment),
    Column("replaces", Id, ForeignKey("updates.id", ondelete="SET NULL"), index=True),
    Column("entered_by", Id),
    Column("acted_by", Id),
    Index("ix_updates_measure_id_stage", "measure_id", "stage"),
    Index("ix_updates_person_id_stage", "person_id", "stage"),
    *(
        Index(
            f"uq_updates_one_{stage}",
            "person_id",
            "measure_id",
            "round_no",
            unique=True,
            sqlite_where=text(f"stage = '{stage}'"),
            postgresql_where=text(f"stage = '{stage}'"),
        )
        for stage in (Stage.DRAFT.value, Stage.SUBMITTED.value)
    ),
)

update_parts = Table(
    "update_parts",
    metadata,
    seq(),
    Column("update_id", Id, of("updates.id", cascade=True), nullable=False, index=True),
    Column("answer", Member(Answer), nullable=False),
    Column("text", Words, nullable=False),
    Column("message_id", Words, nullable=False),
    Column("accepted", Boolean, nullable=False, server_default=false()),
)

evidence = Table(
    "evidence",
    metadata,
    seq(),
    Column("id", Id, nullable=False, unique=True),
    Column("update_id", Id, of("updates.id", cascade=True)),
    Column("position", Integer, nullable=False),
    Column("kind", Member(EvidenceKind), nullable=False),
    Column("name", Words),
    Column("caption", Words),
    Column("url", Words),
    Column("message_id", Words),
    Column("media", Member(MediaState), nullable=False),
    Column("sha256", Id),
    Column("size", Sequence),
    Column("mime", Words),
    Column("stored_as", Id, index=True),
    Column("group_id", Id),
    Column("group_index", Integer),
    Column("chat_id", Id, of("chats.id")),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("fetch_after", Moment),
    Column("person_id", Id, of("people.id")),
    Column("measure_id", Id, ForeignKey("measures.id", ondelete="SET NULL")),
    Index(
        "ix_evidence_kept",
        "person_id",
        "seq",
        sqlite_where=text("update_id IS NULL"),
        postgresql_where=text("update_id IS NULL"),
    ),
    Index("ix_evidence_update_id_position", "update_id", "position"),
    Index(
        "ix_evidence_wanted",
        "seq",
        sqlite_where=text("media = 'wanted'"),
        postgresql_where=text("media = 'wanted'"),
    ),
)
