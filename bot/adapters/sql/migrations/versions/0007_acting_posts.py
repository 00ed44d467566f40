"""Who acts for whom, and which updates were submitted by somebody who acted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
MOMENT = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Forward only: `backup` comes before an upgrade."""
    op.create_table(
        "acting_posts",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("holder_id", ID, nullable=False),
        sa.Column("acting_id", ID, nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", ID, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_acting_posts"),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_acting_posts_agency_id"),
        sa.ForeignKeyConstraint(["holder_id"], ["people.id"], name="fk_acting_posts_holder_id"),
        sa.ForeignKeyConstraint(["acting_id"], ["people.id"], name="fk_acting_posts_acting_id"),
    )
    op.create_index("ix_acting_posts_holder_id", "acting_posts", ["holder_id"])
    op.create_index("ix_acting_posts_acting_id", "acting_posts", ["acting_id"])
    op.create_index("ix_acting_posts_agency_id_last_on", "acting_posts", ["agency_id", "last_on"])
    op.add_column("updates", sa.Column("acted_by", ID, nullable=True))
