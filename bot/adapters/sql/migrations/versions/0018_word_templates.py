"""Word templates that agencies upload."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
MOMENT = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward only: `backup` comes before an upgrade."""
    op.create_table(
        "word_templates",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("uploaded_at", MOMENT, nullable=False),
        sa.Column("uploaded_by", ID, nullable=True),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_word_templates"),
        sa.UniqueConstraint("id", name="uq_word_templates_id"),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name="fk_word_templates_agency_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["uploaded_by"], ["people.id"], name="fk_word_templates_uploaded_by"),
    )
    op.create_index("ix_word_templates_uploaded_by", "word_templates", ["uploaded_by"])
    op.create_index("ix_word_templates_agency_id_kind", "word_templates", ["agency_id", "kind"])
    where = sa.text("in_use")
    op.create_index(
        "uq_word_templates_in_use",
        "word_templates",
        ["agency_id", "kind"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )
