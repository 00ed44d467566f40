"""Run by Alembic: migrates on the connection that bot.adapters.sql.migrate opened, in its transaction."""

from __future__ import annotations

from alembic import context

from bot.adapters.sql.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
