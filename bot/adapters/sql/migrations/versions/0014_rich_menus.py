"""Rich menus that are installed, and who was shown which."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward only: `backup` comes before an upgrade."""
    op.create_table(
        "rich_menus",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("channel_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("menu_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_rich_menus"),
    )
    op.create_index(
        "uq_rich_menus_channel_id_kind_language", "rich_menus", ["channel_id", "kind", "language"], unique=True
    )
    op.create_table(
        "menus_shown",
        sa.Column("seq", SEQUENCE, autoincrement=True, nullable=False),
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("menu_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["chat_id"], ["chats.id"], name="fk_menus_shown_chat_id"),
        sa.PrimaryKeyConstraint("seq", name="pk_menus_shown"),
        sa.UniqueConstraint("chat_id", name="uq_menus_shown_chat_id"),
    )
