"""Sign-off chains, sign-offs of versions with their signatures, memos, and what a document is made of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
MOMENT = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Forward only: `backup` comes before an upgrade."""
    op.add_column("reports", sa.Column("kind", sa.Text(), nullable=False, server_default=sa.text("'progress'")))
    op.add_column("reports", sa.Column("inputs_hash", ID, nullable=True))
    _chains()
    _sign_offs()
    _documents()


def _steps_of(table: str, owner: str, target: str) -> None:
    op.create_table(
        table,
        sa.Column(owner, ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("acting", sa.Text(), nullable=True),
        sa.Column("acting_for", sa.Text(), nullable=False),
        sa.Column("asks_opinion", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(owner, "place", name=f"pk_{table}"),
        sa.ForeignKeyConstraint([owner], [target], name=f"fk_{table}_{owner}", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=f"fk_{table}_person_id"),
    )
    op.create_index(f"ix_{table}_person_id", table, ["person_id"])


def _chains() -> None:
    _steps_of("chain_steps", "agency_id", "agencies.id")


def _sign_offs() -> None:
    op.create_table(
        "sign_offs",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("report_id", ID, nullable=False),
        sa.Column("inputs_hash", ID, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reported", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("findings", sa.Integer(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("started_by", ID, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("waiting_since", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_sign_offs"),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_sign_offs_agency_id"),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_sign_offs_report_id"),
        sa.ForeignKeyConstraint(["started_by"], ["people.id"], name="fk_sign_offs_started_by"),
        sa.ForeignKeyConstraint(["ended_by"], ["people.id"], name="fk_sign_offs_ended_by"),
    )
    for name in ("report_id", "started_by", "ended_by"):
        op.create_index(f"ix_sign_offs_{name}", "sign_offs", [name])
    op.create_index(
        "ix_sign_offs_agency_id_fiscal_year_started_at", "sign_offs", ["agency_id", "fiscal_year", "started_at"]
    )
    running = sa.text("state = 'running'")
    op.create_index(
        "ix_sign_offs_running", "sign_offs", ["agency_id"], sqlite_where=running, postgresql_where=running
    )
    _steps_of("sign_off_steps", "sign_off_id", "sign_offs.id")
    op.create_table(
        "signatures",
        sa.Column("sign_off_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("positions", sa.Text(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("signed_at", MOMENT, nullable=False),
        sa.Column("inputs_hash", ID, nullable=False),
        sa.PrimaryKeyConstraint("sign_off_id", "place", name="pk_signatures"),
        sa.ForeignKeyConstraint(["sign_off_id"], ["sign_offs.id"], name="fk_signatures_sign_off_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_signatures_person_id"),
    )
    op.create_index("ix_signatures_person_id", "signatures", ["person_id"])


def _documents() -> None:
    op.create_table(
        "memos",
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("addressee", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("closing", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("agency_id", "fiscal_year", "round_no", name="pk_memos"),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_memos_agency_id", ondelete="CASCADE"),
    )
    op.create_table(
        "document_choices",
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("preface", sa.Text(), nullable=True),
        sa.Column("parts", sa.Text(), nullable=True),
        sa.Column("emblem", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("agency_id", name="pk_document_choices"),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name="fk_document_choices_agency_id", ondelete="CASCADE"
        ),
    )
