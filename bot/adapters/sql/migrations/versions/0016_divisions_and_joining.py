"""Divisions, requests to join, handovers, who issued a code, and what is known of a session."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

ID = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
MOMENT = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward only: `backup` comes before an upgrade."""
    op.add_column("invites", sa.Column("created_by", ID, nullable=True))
    op.add_column("sessions", sa.Column("device", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.add_column("sessions", sa.Column("seen_at", MOMENT, nullable=True))
    _divisions()
    _join_requests()
    _handovers()


def _divisions() -> None:
    op.create_table(
        "divisions",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_divisions"),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_divisions_agency_id"),
    )
    op.create_index("ix_divisions_agency_id", "divisions", ["agency_id"])
    op.create_table(
        "division_members",
        sa.Column("division_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("division_id", "person_id", name="pk_division_members"),
        sa.ForeignKeyConstraint(
            ["division_id"], ["divisions.id"], name="fk_division_members_division_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_division_members_person_id"),
    )
    op.create_index("ix_division_members_person_id", "division_members", ["person_id"])
    op.create_table(
        "measure_divisions",
        sa.Column("measure_id", ID, nullable=False),
        sa.Column("division_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("measure_id", name="pk_measure_divisions"),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name="fk_measure_divisions_measure_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["division_id"], ["divisions.id"], name="fk_measure_divisions_division_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_measure_divisions_division_id", "measure_divisions", ["division_id"])


def _join_requests() -> None:
    op.create_table(
        "join_requests",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("settled_by", ID, nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_join_requests"),
        sa.UniqueConstraint("id", name="uq_join_requests_id"),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_join_requests_chat_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_join_requests_agency_id"),
    )
    op.create_index("ix_join_requests_chat_id_asked_at", "join_requests", ["chat_id", "asked_at"])
    op.create_index("ix_join_requests_agency_id_state", "join_requests", ["agency_id", "state"])
    pending = sa.text("state = 'pending'")
    op.create_index(
        "uq_join_requests_one_pending",
        "join_requests",
        ["chat_id"],
        unique=True,
        sqlite_where=pending,
        postgresql_where=pending,
    )


def _handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("giver_id", ID, nullable=False),
        sa.Column("taker_id", ID, nullable=False),
        sa.Column("measure_ids", sa.Text(), nullable=False),
        sa.Column("offered_at", MOMENT, nullable=False),
        sa.Column("offered_by", ID, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("seq", name="pk_handovers"),
        sa.UniqueConstraint("id", name="uq_handovers_id"),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_handovers_agency_id"),
        sa.ForeignKeyConstraint(["giver_id"], ["people.id"], name="fk_handovers_giver_id"),
        sa.ForeignKeyConstraint(["taker_id"], ["people.id"], name="fk_handovers_taker_id"),
    )
    for column in ("agency_id", "giver_id", "taker_id"):
        op.create_index(f"ix_handovers_{column}", "handovers", [column])
