"""Versions are found by the code on the cover, with who made them and the hashes of their files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ID = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
MOMENT = sa.String(27).with_variant(postgresql.TIMESTAMP(timezone=True), "postgresql")
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def upgrade() -> None:
    """Forward only: `backup` comes before an upgrade."""
    op.add_column("report_versions", sa.Column("code", ID, nullable=False, server_default=sa.text("''")))
    op.add_column("report_versions", sa.Column("made_by", ID, nullable=True))
    op.add_column("report_versions", sa.Column("made_with", sa.Text(), nullable=False, server_default=sa.text("'{}'")))
    _fill_codes()
    op.create_index("ix_report_versions_code", "report_versions", ["code"])
    op.create_table(
        "version_files",
        sa.Column("inputs_hash", ID, nullable=False),
        sa.Column("format", ID, nullable=False),
        sa.Column("sha256", ID, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["inputs_hash"],
            ["report_versions.inputs_hash"],
            name="fk_version_files_inputs_hash",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("inputs_hash", "format", "sha256", name="pk_version_files"),
    )
    op.add_column("reports", sa.Column("parts", sa.Text(), nullable=False, server_default=sa.text("'[]'")))
    op.add_column("reports", sa.Column("styles", sa.Text(), nullable=False, server_default=sa.text("'{}'")))


def _fill_codes() -> None:
    """The codes of the versions that are there already, as their covers have them."""
    versions = sa.table("report_versions", sa.column("inputs_hash", ID), sa.column("code", ID))
    bind = op.get_bind()
    for (digest,) in bind.execute(sa.select(versions.c.inputs_hash)).fetchall():
        bind.execute(versions.update().where(versions.c.inputs_hash == digest).values(code=_code(digest)))


def _code(digest: str) -> str:
    try:
        number, letters = int(digest, 16), ""
    except ValueError:
        return ""
    for _ in range(8):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return letters
