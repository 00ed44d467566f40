"""One official account as LINE's servers see it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.simulator.config import SimulatedBot
from bot.simulator.people import Bond, Entry
from bot.simulator.tokens import IssuedTokens, ReplyTokens, RetryKeys

_BANGKOK_HOURS = timedelta(hours=7)


@dataclass(slots=True)
class Quota:
    """What was sent in each month, against what may be sent."""

    limit: int | None
    used: dict[str, int] = field(default_factory=dict)

    @staticmethod
    def month(now: datetime) -> str:
        """Name the month a moment belongs to."""
        local = now + _BANGKOK_HOURS - (now.utcoffset() or timedelta(0))
        return f"{local:%Y-%m}"

    def usage(self, now: datetime) -> int:
        """Return how many messages this month's calls have counted."""
        return self.used.get(self.month(now), 0)

    def allows(self, now: datetime, count: int) -> bool:
        """Tell whether so many more fit into this month."""
        return self.limit is None or count == 0 or self.usage(now) + count <= self.limit

    def count(self, now: datetime, count: int) -> None:
        """Add to this month."""
        self.used[self.month(now)] = self.usage(now) + count


@dataclass(slots=True)
class RichMenus:
    """The account's menus, their pictures, aliases and the default."""

    menus: dict[str, dict[str, Any]] = field(default_factory=dict)
    images: dict[str, str] = field(default_factory=dict)  # menu id -> content type
    aliases: dict[str, str] = field(default_factory=dict)
    default: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as kept."""
        return {"menus": self.menus, "images": self.images, "aliases": self.aliases, "default": self.default}


class Channel:
    """An account with its friends, chats, tokens, quota and menus."""

    def __init__(self, bot: SimulatedBot, reply_token_seconds: float) -> None:
        self.bot = bot
        self.webhook_url = bot.webhook_url
        self.webhook_active = True
        self.bonds: dict[str, Bond] = {}
        self.chats: dict[str, list[Entry]] = {}
        self.reply_tokens = ReplyTokens(reply_token_seconds)
        self.retry_keys = RetryKeys()
        self.issued_tokens = IssuedTokens()
        self.quota = Quota(bot.monthly_quota)
        self.menus = RichMenus()
        self.read_tokens: dict[str, str] = {}  # markAsReadToken -> message id
        self.loading_until: dict[str, int] = {}  # user id -> ms

    @property
    def id(self) -> str:
        """The account's own user id, webhooks' `destination`."""
        return self.bot.user_id

    def bond(self, user_id: str) -> Bond:
        """Return how a person stands to this account."""
        known = self.bonds.get(user_id)
        if known is None:
            known = self.bonds[user_id] = Bond(bot=self.id, user_id=user_id)
        return known

    def chat(self, user_id: str) -> list[Entry]:
        """Return the chat with a person, oldest first."""
        return self.chats.setdefault(user_id, [])

    def entry(self, message_id: str) -> Entry | None:
        """Find a message by its id in any chat."""
        for chat in self.chats.values():
            for entry in reversed(chat):
                if entry.id == message_id:
                    return entry
        return None

    def menu_of(self, user_id: str) -> str | None:
        """Return the rich menu a person sees."""
        own = self.bond(user_id).rich_menu
        return own if own in self.menus.menus else self.menus.default
