"""Photos sent at once are one piece of evidence; the messages of an accepted answer are known until it is submitted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

ID = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")


def upgrade() -> None:
    """Pieces and answers that are there already stay what they were."""
    op.add_column("evidence", sa.Column("group_id", ID, nullable=True))
    op.add_column("evidence", sa.Column("group_index", sa.Integer(), nullable=True))
    op.add_column("update_parts", sa.Column("accepted", sa.Boolean(), nullable=False, server_default=sa.false()))
