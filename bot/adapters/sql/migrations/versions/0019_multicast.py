"""Messages that go to many in one call share its retry key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only: `backup` comes before an upgrade."""
    op.add_column("outgoing", sa.Column("multicast_key", sa.Text(), nullable=True))
    shared = sa.text("multicast_key IS NOT NULL")
    op.create_index(
        "ix_outgoing_multicast",
        "outgoing",
        ["multicast_key", "seq"],
        sqlite_where=shared,
        postgresql_where=shared,
    )
