"""Evidence may wait in its officer's inbox until an update takes it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")


def upgrade() -> None:
    """SQLite makes the table anew, which loses the condition of an index: it is made again."""
    wanted, kept = sa.text("media = 'wanted'"), sa.text("update_id IS NULL")
    op.drop_index("ix_evidence_wanted", "evidence")
    with op.batch_alter_table("evidence") as table:
        table.alter_column("update_id", existing_type=ID, nullable=True)
        table.add_column(sa.Column("person_id", ID, nullable=True))
        table.add_column(sa.Column("measure_id", ID, nullable=True))
        table.create_foreign_key("fk_evidence_person_id", "people", ["person_id"], ["id"])
        table.create_foreign_key("fk_evidence_measure_id", "measures", ["measure_id"], ["id"], ondelete="SET NULL")
    op.create_index("ix_evidence_wanted", "evidence", ["seq"], sqlite_where=wanted, postgresql_where=wanted)
    op.create_index("ix_evidence_kept", "evidence", ["person_id", "seq"], sqlite_where=kept, postgresql_where=kept)
