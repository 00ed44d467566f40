"""What an admin says of an update without sending it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.domain.people import PersonId
from bot.domain.updates import UpdateId

CommentId = NewType("CommentId", str)

LONGEST_COMMENT = 1000
"""Letters of a comment."""
MOST_COMMENTS = 20
"""Comments on one update: each is a message to its officer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A remark on an update; written once, never changed."""

    id: CommentId
    update_id: UpdateId
    person_id: PersonId
    text: str
    said_at: datetime
