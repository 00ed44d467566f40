"""By which measure or photo a compile failed, and what the compile of the rest leaves out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: `backup` comes before an upgrade."""
    op.add_column("reports", sa.Column("skip", sa.Text(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("reports", sa.Column("blame", sa.Text(), nullable=True))
    op.add_column("reports", sa.Column("blamed", sa.Text(), nullable=False, server_default=sa.text("'[]'")))
