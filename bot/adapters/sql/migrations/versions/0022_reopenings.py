"""Officers may ask to change what a locked round holds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ID = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
MOMENT = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
ONE = ["person_id", "measure_id", "round_no"]


def upgrade() -> None:
    """Nobody has asked yet."""
    op.create_table(
        "reopenings",
        sa.Column("id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("measure_id", ID, nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("replied_at", MOMENT, nullable=True),
        sa.Column("replied_by", ID, nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_reopenings_agency_id"),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measures.id"], name="fk_reopenings_measure_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_reopenings_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reopenings"),
    )
    op.create_index("ix_reopenings_measure_id", "reopenings", ["measure_id"])
    op.create_index("ix_reopenings_person_id", "reopenings", ["person_id"])
    where = {"sqlite_where": sa.text("reply = 'waiting'"), "postgresql_where": sa.text("reply = 'waiting'")}
    op.create_index("ix_reopenings_waiting", "reopenings", ["agency_id", "asked_at"], **where)
    op.create_index("uq_reopenings_one_waiting", "reopenings", ONE, unique=True, **where)
