"""Which migration a database is at."""

from __future__ import annotations

from sqlalchemy import Connection, column, select, table

_ALEMBIC_VERSION = table("alembic_version", column("version_num"))


def revision_of(connection: Connection) -> str | None:
    """The revision that Alembic noted; raises the database's own error when it noted none."""
    revision: str | None = connection.execute(select(_ALEMBIC_VERSION.c.version_num)).scalar()
    return revision
