"""The tables at the beginning."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# As in bot.adapters.sql.columns on the day this was written: a migration does not change with the program.
ID = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
MOMENT = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward only: `backup` comes before an upgrade."""
    op.create_table(
        "agencies",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("subdistrict", sa.Text(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("province", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("doc_code", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_agencies"),
    )
    op.create_table(
        "channels",
        sa.Column("id", ID, nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("bot_user_id", ID, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_channels"),
    )
    op.create_table(
        "people",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    op.create_table(
        "agency_settings",
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("asks_output", sa.Boolean(), nullable=False),
        sa.Column("review_by_admin", sa.Boolean(), nullable=False),
        sa.Column("thai_digits", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name="fk_agency_settings_agency_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("agency_id", name="pk_agency_settings"),
    )
    op.create_table(
        "channel_agencies",
        sa.Column("channel_id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name="fk_channel_agencies_agency_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channels.id"], name="fk_channel_agencies_channel_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("channel_id", "agency_id", name="pk_channel_agencies"),
    )
    op.create_table(
        "chats",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("channel_id", ID, nullable=False),
        sa.Column("line_user_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("blocked", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_chats_person_id"),
        sa.PrimaryKeyConstraint("seq", name="pk_chats"),
        sa.UniqueConstraint("id", name="uq_chats_id"),
    )
    op.create_index("ix_chats_person_id", "chats", ["person_id"])
    op.create_index("uq_chats_channel_id_line_user_id", "chats", ["channel_id", "line_user_id"], unique=True)
    op.create_table(
        "invites",
        sa.Column("id", ID, nullable=False),
        sa.Column("code_hash", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=True),
        sa.Column("measure_ids", sa.Text(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.Column("used_in_chat", ID, nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_invites_agency_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_invites_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_invites"),
        sa.UniqueConstraint("code_hash", name="uq_invites_code_hash"),
    )
    op.create_index("ix_invites_agency_id", "invites", ["agency_id"])
    op.create_index("ix_invites_person_id", "invites", ["person_id"])
    op.create_table(
        "measures",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("indicator", sa.Text(), nullable=True),
        sa.Column("approach", sa.Text(), nullable=True),
        sa.Column("steps", sa.Text(), nullable=True),
        sa.Column("responsible", sa.Text(), nullable=True),
        sa.Column("monitoring", sa.Text(), nullable=True),
        sa.Column("period_text", sa.Text(), nullable=True),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_measures_agency_id"),
        sa.PrimaryKeyConstraint("id", name="pk_measures"),
    )
    op.create_index("ix_measures_agency_id_fiscal_year_no", "measures", ["agency_id", "fiscal_year", "no"])
    op.create_table(
        "memberships",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("agency_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_memberships_agency_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_memberships_person_id"),
        sa.PrimaryKeyConstraint("seq", name="pk_memberships"),
    )
    op.create_index("ix_memberships_agency_id", "memberships", ["agency_id"])
    op.create_index(
        "uq_memberships_in_agency",
        "memberships",
        ["person_id", "role", "agency_id"],
        unique=True,
        sqlite_where=sa.text("agency_id IS NOT NULL"),
        postgresql_where=sa.text("agency_id IS NOT NULL"),
    )
    op.create_index(
        "uq_memberships_of_operator",
        "memberships",
        ["person_id", "role"],
        unique=True,
        sqlite_where=sa.text("agency_id IS NULL"),
        postgresql_where=sa.text("agency_id IS NULL"),
    )
    op.create_table(
        "rounds",
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("locks_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_rounds_agency_id"),
        sa.PrimaryKeyConstraint("agency_id", "fiscal_year", "no", name="pk_rounds"),
    )
    op.create_table(
        "sessions",
        sa.Column("session_hash", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_sessions_person_id"),
        sa.PrimaryKeyConstraint("session_hash", name="pk_sessions"),
    )
    op.create_index("ix_sessions_person_id", "sessions", ["person_id"])
    op.create_table(
        "sign_ins",
        sa.Column("token_hash", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_sign_ins_person_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sign_ins"),
    )
    op.create_index("ix_sign_ins_person_id", "sign_ins", ["person_id"])
    op.create_table(
        "assignments",
        sa.Column("measure_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name="fk_assignments_measure_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_assignments_person_id"),
        sa.PrimaryKeyConstraint("measure_id", "person_id", name="pk_assignments"),
    )
    op.create_index("ix_assignments_person_id", "assignments", ["person_id"])
    op.create_table(
        "events",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("channel_id", ID, nullable=False),
        sa.Column("webhook_event_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("chat_id", ID, nullable=True),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_events_chat_id"),
        sa.PrimaryKeyConstraint("seq", name="pk_events"),
        sa.UniqueConstraint("id", name="uq_events_id"),
    )
    op.create_index("ix_events_chat_id", "events", ["chat_id"])
    op.create_index(
        "ix_events_unread",
        "events",
        ["chat_id", "at", "seq"],
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_index("uq_events_channel_id_webhook_event_id", "events", ["channel_id", "webhook_event_id"], unique=True)
    op.create_table(
        "outgoing",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("messages", sa.Text(), nullable=False),
        sa.Column("retry_key", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("next_try_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("key", ID, nullable=True),
        sa.Column("reply_token", sa.Text(), nullable=True),
        sa.Column("reply_until", MOMENT, nullable=True),
        sa.Column("reply_tried", sa.Boolean(), nullable=False),
        sa.Column("matters", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.Column("claimed_until", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_outgoing_chat_id"),
        sa.PrimaryKeyConstraint("seq", name="pk_outgoing"),
        sa.UniqueConstraint("id", name="uq_outgoing_id"),
        sa.UniqueConstraint("key", name="uq_outgoing_key"),
    )
    op.create_index("ix_outgoing_chat_id", "outgoing", ["chat_id"])
    op.create_index(
        "ix_outgoing_queued",
        "outgoing",
        ["chat_id", "created_at", "seq"],
        sqlite_where=sa.text("state = 'queued'"),
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_table(
        "reports",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("formats", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("requested_by", ID, nullable=True),
        sa.Column("chat_id", ID, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("progress", sa.Float(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_until", MOMENT, nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_reports_agency_id"),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_reports_chat_id"),
        sa.ForeignKeyConstraint(["requested_by"], ["people.id"], name="fk_reports_requested_by"),
        sa.PrimaryKeyConstraint("seq", name="pk_reports"),
        sa.UniqueConstraint("id", name="uq_reports_id"),
    )
    op.create_index(
        "ix_reports_agency_id_fiscal_year_created_at", "reports", ["agency_id", "fiscal_year", "created_at"]
    )
    op.create_index("ix_reports_chat_id", "reports", ["chat_id"])
    op.create_index(
        "ix_reports_open",
        "reports",
        ["state"],
        sqlite_where=sa.text("state IN ('queued', 'running')"),
        postgresql_where=sa.text("state IN ('queued', 'running')"),
    )
    op.create_index("ix_reports_requested_by", "reports", ["requested_by"])
    op.create_table(
        "updates",
        sa.Column("id", ID, nullable=False),
        sa.Column("measure_id", ID, nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("output", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("obstacles", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("review_reason", sa.Text(), nullable=True),
        sa.Column("replaces", ID, nullable=True),
        sa.ForeignKeyConstraint(["measure_id"], ["measures.id"], name="fk_updates_measure_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_updates_person_id"),
        sa.ForeignKeyConstraint(["replaces"], ["updates.id"], name="fk_updates_replaces", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_updates"),
    )
    op.create_index("ix_updates_measure_id_stage", "updates", ["measure_id", "stage"])
    op.create_index("ix_updates_person_id_stage", "updates", ["person_id", "stage"])
    op.create_index("ix_updates_replaces", "updates", ["replaces"])
    op.create_index(
        "uq_updates_one_draft",
        "updates",
        ["person_id", "measure_id", "round_no"],
        unique=True,
        sqlite_where=sa.text("stage = 'draft'"),
        postgresql_where=sa.text("stage = 'draft'"),
    )
    op.create_index(
        "uq_updates_one_submitted",
        "updates",
        ["person_id", "measure_id", "round_no"],
        unique=True,
        sqlite_where=sa.text("stage = 'submitted'"),
        postgresql_where=sa.text("stage = 'submitted'"),
    )
    op.create_table(
        "wrong_codes",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_wrong_codes_chat_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", name="pk_wrong_codes"),
    )
    op.create_index("ix_wrong_codes_chat_id_at", "wrong_codes", ["chat_id", "at"])
    op.create_table(
        "evidence",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("update_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("caption", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("media", sa.Text(), nullable=False),
        sa.Column("sha256", ID, nullable=True),
        sa.Column("size", SEQUENCE, nullable=True),
        sa.Column("mime", sa.Text(), nullable=True),
        sa.Column("stored_as", ID, nullable=True),
        sa.Column("chat_id", ID, nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("fetch_after", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_evidence_chat_id"),
        sa.ForeignKeyConstraint(["update_id"], ["updates.id"], name="fk_evidence_update_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", name="pk_evidence"),
        sa.UniqueConstraint("id", name="uq_evidence_id"),
    )
    op.create_index("ix_evidence_stored_as", "evidence", ["stored_as"])
    op.create_index("ix_evidence_update_id_position", "evidence", ["update_id", "position"])
    op.create_index(
        "ix_evidence_wanted",
        "evidence",
        ["seq"],
        sqlite_where=sa.text("media = 'wanted'"),
        postgresql_where=sa.text("media = 'wanted'"),
    )
    op.create_table(
        "update_parts",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("update_id", ID, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["update_id"], ["updates.id"], name="fk_update_parts_update_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("seq", name="pk_update_parts"),
    )
    op.create_index("ix_update_parts_update_id", "update_parts", ["update_id"])
