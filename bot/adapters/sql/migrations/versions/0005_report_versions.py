"""Versions of compiled documents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
MOMENT = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """A table of its own; documents made before have no version."""
    op.create_table(
        "report_versions",
        sa.Column("inputs_hash", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_report_versions_agency_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("inputs_hash", name="pk_report_versions"),
    )
    op.create_index(
        "ix_report_versions_agency_id_fiscal_year", "report_versions", ["agency_id", "fiscal_year"], unique=False
    )
