"""What admins said of updates."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import insert, select

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import update_comments
from bot.domain.comments import Comment
from bot.domain.updates import UpdateId


class SqlComments(Repository):
    """Keeps bot.ports.store.Comments."""

    def add(self, comment: Comment) -> None:
        """Insert."""
        self._rows.change(insert(update_comments).values(values(comment)))

    def of_updates(self, update_ids: Collection[UpdateId]) -> dict[UpdateId, tuple[Comment, ...]]:
        """In one query."""
        found: dict[UpdateId, list[Comment]] = {update_id: [] for update_id in update_ids}
        if found:
            query = select(*columns(Comment, update_comments)).where(update_comments.c.update_id.in_(list(found)))
            for row in self._rows.all(query.order_by(update_comments.c.seq)):
                found[row["update_id"]].append(load(Comment, row))
        return {update_id: tuple(comments) for update_id, comments in found.items()}
