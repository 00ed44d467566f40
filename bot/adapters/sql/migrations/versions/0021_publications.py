"""What agencies posted for the assessment, which addresses were looked at, and whether they may be."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ID = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
MOMENT = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Forward only: `backup` comes before an upgrade."""
    op.create_table(
        "publications",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ita_year", sa.Integer(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("urls", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("code", ID, nullable=False, server_default=sa.text("''")),
        sa.Column("saved_by", ID, nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_publications_agency_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_publications"),
    )
    op.create_index("ix_publications_agency_id_ita_year", "publications", ["agency_id", "ita_year"])
    op.create_table(
        "links",
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("url_hash", ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_links_agency_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("agency_id", "url_hash", name="pk_links"),
    )
    op.add_column(
        "agency_settings", sa.Column("tries_links", sa.Boolean(), nullable=False, server_default=sa.false())
    )
