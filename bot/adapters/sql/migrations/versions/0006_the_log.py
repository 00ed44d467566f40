"""The log of who did what, who entered an update on behalf of its officer, and ways to what failed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
MOMENT = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward only: `backup` comes before an upgrade."""
    op.create_table(
        "log_entries",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("agency_id", ID, nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_log_entries"),
        sa.UniqueConstraint("id", name="uq_log_entries_id"),
    )
    op.create_index("ix_log_entries_agency_id_at", "log_entries", ["agency_id", "at", "seq"])
    op.add_column("updates", sa.Column("entered_by", ID, nullable=True))
    for name, table, column, condition in (
        ("ix_events_failed", "events", "seq", "error IS NOT NULL"),
        ("ix_reports_failed", "reports", "created_at", "state = 'failed'"),
    ):
        where = sa.text(condition)
        op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)
