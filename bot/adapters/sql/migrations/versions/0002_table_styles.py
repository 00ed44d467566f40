"""The table styles that an agency chose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Agencies that are there already have chosen none."""
    op.add_column(
        "agency_settings", sa.Column("table_styles", sa.Text(), nullable=False, server_default=sa.text("'{}'"))
    )
