"""Reminders: what was said, what was chosen about it, quotas, calendar feeds; when an update was reviewed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# As in bot.adapters.sql.columns on the day this was written: a migration does not change with the program.
ID = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
MOMENT = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")


def upgrade() -> None:
    """Forward only: `backup` comes before an upgrade."""
    op.add_column("updates", sa.Column("reviewed_at", MOMENT, nullable=True))
    op.create_table(
        "reminders",
        sa.Column("key", ID, nullable=False),
        sa.Column("message_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("round_no", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("covered", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_reminders_agency_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_reminders_person_id"),
        sa.PrimaryKeyConstraint("key", name="pk_reminders"),
    )
    op.create_index("ix_reminders_message_id", "reminders", ["message_id"])
    op.create_index("ix_reminders_day", "reminders", ["day"])
    op.create_index("ix_reminders_person_id_at", "reminders", ["person_id", "at"])
    op.create_index(
        "ix_reminders_agency_id_fiscal_year_round_no", "reminders", ["agency_id", "fiscal_year", "round_no"]
    )
    op.create_table(
        "reminder_changes",
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name="fk_reminder_changes_agency_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("agency_id", "rule", name="pk_reminder_changes"),
    )
    op.create_table(
        "person_times",
        sa.Column("person_id", ID, nullable=False),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("quiet_from", sa.Text(), nullable=True),
        sa.Column("quiet_until", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_person_times_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id", name="pk_person_times"),
    )
    op.create_table(
        "own_days",
        sa.Column("agency_id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("agency_id", "day", name="pk_own_days"),
    )
    op.create_table(
        "quotas",
        sa.Column("channel_id", ID, nullable=False),
        sa.Column("limit", sa.Integer(), nullable=True),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("warned", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel_id", name="pk_quotas"),
    )
    op.create_table(
        "feeds",
        sa.Column("token_hash", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("agency_id", ID, nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name="fk_feeds_agency_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_feeds_person_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_feeds"),
    )
    op.create_index("ix_feeds_person_id", "feeds", ["person_id"])
    op.create_index("ix_feeds_agency_id", "feeds", ["agency_id"])
