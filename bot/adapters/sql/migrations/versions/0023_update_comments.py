"""What admins said of updates without sending them back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ID = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
MOMENT = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Nobody has said anything yet."""
    op.create_table(
        "update_comments",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("update_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_update_comments"),
        sa.UniqueConstraint("id", name="uq_update_comments_id"),
        sa.ForeignKeyConstraint(
            ["update_id"], ["updates.id"], name="fk_update_comments_update_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_update_comments_person_id"),
    )
    op.create_index("ix_update_comments_update_id", "update_comments", ["update_id"])
    op.create_index("ix_update_comments_person_id", "update_comments", ["person_id"])
