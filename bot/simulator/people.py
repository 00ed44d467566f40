"""Who and what a chat is made of: people, their bonds with accounts, and entries."""

from dataclasses import asdict, dataclass, field
from typing import Any

_WEEK_MS = 7 * 24 * 3600 * 1000


@dataclass(slots=True, kw_only=True)
class Person:
    """One LINE user."""

    user_id: str
    name: str
    language: str = "th"
    status_message: str | None = None
    picture_url: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as kept and shown."""
        return asdict(self)


@dataclass(slots=True, kw_only=True)
class Bond:
    """How one person stands to one official account."""

    bot: str
    user_id: str
    friend: bool = False
    blocked: bool = False
    known: bool = False  # has ever been a friend or written
    wrote_ms: int | None = None
    rich_menu: str | None = None

    def reachable(self, now_ms: int) -> bool:
        """Whether a push reaches this person: friends, and who wrote within a week."""
        recent = self.wrote_ms is not None and now_ms - self.wrote_ms <= _WEEK_MS
        return not self.blocked and (self.friend or recent)

    def as_json(self) -> dict[str, Any]:
        """Return it as kept and shown."""
        return asdict(self)


@dataclass(slots=True, kw_only=True)
class Group:
    """A group or room: who is in it, and the account that was brought in (LINE allows one)."""

    group_id: str
    name: str
    kind: str = "group"
    members: list[str] = field(default_factory=list)
    bot: str | None = None
    home: str = ""  # the account whose page shows the chat, also after it was taken out

    def as_json(self) -> dict[str, Any]:
        """Return it as kept and shown."""
        return asdict(self)


@dataclass(slots=True, kw_only=True)
class Entry:
    """One line of a chat: said by the person, by the bot, or a note between them."""

    id: str
    seq: int
    at_ms: int
    bot: str
    user_id: str  # whose chat it is; the group's id in a group
    by: str  # "user", "bot" or "note"
    message: dict[str, Any]
    via: str = ""  # reply, push, multicast, broadcast; the event's type for what the person did
    warnings: list[dict[str, str]] = field(default_factory=list)
    unsent: bool = False
    shown: bool = True
    read: bool = False
    tapped: bool = False  # its quick replies are used up
    silent: bool = False
    speaker: str = ""  # in a group, who said it
    edited: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return it as kept and shown."""
        return asdict(self)
