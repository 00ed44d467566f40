"""What admins said of updates."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from bot.domain.comments import Comment
from bot.domain.updates import UpdateId


class Comments(Protocol):
    """Comments on updates; they go with their update."""

    def add(self, comment: Comment) -> None: ...
    def of_updates(self, update_ids: Collection[UpdateId]) -> dict[UpdateId, tuple[Comment, ...]]:
        """In the order in which they were said; an entry for each one asked for."""
        ...
