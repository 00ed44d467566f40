"""Groups and rooms beside one-to-one chats."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
MOMENT = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward only: `backup` comes before an upgrade."""
    op.add_column("chats", sa.Column("kind", sa.Text(), nullable=False, server_default=sa.text("'person'")))
    op.create_table(
        "groups",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=True),
        sa.Column("asked_by", ID, nullable=True),
        sa.Column("linked_at", MOMENT, nullable=True),
        sa.Column("moved_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_groups_agency_id"),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name="fk_groups_asked_by"),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_groups_chat_id"),
        sa.PrimaryKeyConstraint("seq", name="pk_groups"),
        sa.UniqueConstraint("chat_id", name="uq_groups_chat_id"),
    )
    op.create_index("ix_groups_agency_id", "groups", ["agency_id"])
    op.create_index("ix_groups_asked_by", "groups", ["asked_by"])
