"""Working twins of what lies outside the database, for tests and for the bot in a terminal."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from bot.adapters.media.keys import checked
from bot.domain.calendar import BANGKOK
from bot.domain.errors import BadInput, GoneForGood, NotFound
from bot.domain.people import CODE_ALPHABET, CODE_LENGTH, ChatId
from bot.ports.outside import BotInfo, KnownMenu, Outcome, Quota, Refused, Sent
from bot.ports.records import Channel, ChatKind, LineMessage

REPLY_TOKEN_SPENT = Refused(words="Invalid reply token", status=400, invalid_reply_token=True)


class SetClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(BANGKOK)

    def now(self) -> datetime:
        """The moment that was set."""
        return self.at

    def pass_time(self, **amount: float) -> datetime:
        """Let time pass, as in `pass_time(hours=1)`."""
        self.at += timedelta(**amount)
        return self.at


class CountedIds:
    """Ids, secrets and codes that are the same in every run."""

    def __init__(self) -> None:
        self._count = 0

    def new(self) -> str:
        """26 characters, growing."""
        return f"{self._next():026d}"

    def secret(self) -> str:
        """A token that no two calls share."""
        return f"secret-{self._next():036d}"

    def code(self) -> str:
        """An invite code."""
        number, letters = self._next(), ""
        for _ in range(CODE_LENGTH):
            number, digit = divmod(number, len(CODE_ALPHABET))
            letters = CODE_ALPHABET[digit] + letters
        return letters

    def _next(self) -> int:
        self._count += 1
        return self._count


class MemoryQueue:
    """Jobs in a list, for the caller to run; asking twice for one that waits is asking once."""

    def __init__(self) -> None:
        self.jobs: deque[tuple[str, tuple[str, ...]]] = deque()

    def enqueue(self, job: str, *args: str) -> None:
        """Ask for a job."""
        if (job, args) not in self.jobs:
            self.jobs.append((job, args))

    def take(self) -> tuple[str, tuple[str, ...]] | None:
        """The job that has waited longest."""
        return self.jobs.popleft() if self.jobs else None


class MemoryLocks:
    """One writer per chat within this process."""

    def __init__(self) -> None:
        self._held: set[ChatId] = set()

    @contextmanager
    def hold(self, chat_id: ChatId) -> Iterator[bool]:
        """True while this caller is the one."""
        if chat_id in self._held:
            yield False
            return
        self._held.add(chat_id)
        try:
            yield True
        finally:
            self._held.discard(chat_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What LINE would have shown: `to` is a reply token or a user id."""

    to: str
    messages: tuple[LineMessage, ...]
    retry_key: str | None = None


@dataclass(slots=True, kw_only=True)
class MemoryMessenger:
    """LINE as far as its promises go: tokens are spent once, retry keys are taken once.

    Attributes:
        outcomes: what the next replies and pushes come to, instead of being taken.
        contents: bytes by message id or URL; None for those that are gone.
        left: groups that the bot was told to leave.
        loading: chats in which the loading animation was shown.
    """

    sent: list[Delivered] = field(default_factory=list)
    outcomes: deque[Outcome] = field(default_factory=deque)
    names: Mapping[str, str] = field(default_factory=dict)
    contents: Mapping[str, bytes | None] = field(default_factory=dict)
    limit: int | None = None
    left: list[str] = field(default_factory=list)
    loading: list[str] = field(default_factory=list)
    group_sizes: dict[str, int] = field(default_factory=dict)
    info: BotInfo = field(default_factory=lambda: BotInfo(user_id="U" + "0" * 32, basic_id="@kaona"))
    _spent: set[str] = field(default_factory=set)

    def reply(self, channel: Channel, reply_token: str, messages: Sequence[LineMessage]) -> Outcome:
        """Answer an event, once."""
        if self.outcomes:
            return self.outcomes.popleft()
        if reply_token in self._spent:
            return REPLY_TOKEN_SPENT
        self._spent.add(reply_token)
        self.sent.append(Delivered(to=reply_token, messages=tuple(messages)))
        return Sent()

    def push(self, channel: Channel, to: str, messages: Sequence[LineMessage], retry_key: str) -> Outcome:
        """Write to a person; the same retry key is taken once only."""
        if self.outcomes:
            return self.outcomes.popleft()
        if all(each.retry_key != retry_key for each in self.sent):
            self.sent.append(Delivered(to=to, messages=tuple(messages), retry_key=retry_key))
        return Sent()

    def multicast(
        self, channel: Channel, to: Sequence[str], messages: Sequence[LineMessage], retry_key: str
    ) -> Outcome:
        """Write the same to many, as one call."""
        if self.outcomes:
            return self.outcomes.popleft()
        if all(each.retry_key != retry_key for each in self.sent):
            self.sent += [Delivered(to=each, messages=tuple(messages), retry_key=retry_key) for each in to]
        return Sent()

    def leave(self, channel: Channel, kind: ChatKind, group_id: str) -> Outcome:
        """Leave a group; being told twice is being told once."""
        if self.outcomes:
            return self.outcomes.popleft()
        self.left.append(group_id)
        return Sent()

    def profile_name(self, channel: Channel, line_user_id: str) -> str | None:
        """The name, where one was given."""
        return self.names.get(line_user_id)

    def show_loading(self, channel: Channel, line_user_id: str) -> None:
        """Show it."""
        self.loading.append(line_user_id)

    def group_size(self, channel: Channel, kind: ChatKind, group_id: str) -> int | None:
        """As many as were said to be in it."""
        return self.group_sizes.get(group_id)

    def quota(self, channel: Channel) -> Quota | None:
        """What was pushed counts."""
        return Quota(limit=self.limit, used=sum(each.retry_key is not None for each in self.sent))

    def fetch_content(
        self, channel: Channel, message_id: str, url: str | None, into: BinaryIO, limit: int
    ) -> str | None:
        """Write the bytes; it has no MIME type to tell."""
        content = self.contents.get(url or message_id)
        if content is None:
            raise GoneForGood("the content is gone")
        if len(content) > limit:
            raise BadInput("the file is too large", limit=limit)
        into.write(content)
        return None

    def bot_info(self, channel: Channel) -> BotInfo:
        """Who the bot is."""
        return self.info


class MemoryRichMenus:
    """Rich menus in dictionaries; `shown` is the menu that each person was shown last."""

    def __init__(self) -> None:
        self.menus: dict[str, str] = {}
        self.pictures: dict[str, bytes] = {}
        self.shown: dict[str, str] = {}
        self.everybody: str | None = None
        self.refusal: Exception | None = None

    def all(self, channel: Channel) -> list[KnownMenu]:
        """Every menu."""
        return [KnownMenu(id=menu_id, name=name) for menu_id, name in self.menus.items()]

    def create(self, channel: Channel, menu: dict[str, Any]) -> str:
        """Its id is its name, which none has twice."""
        self.menus[menu["name"]] = menu["name"]
        return str(menu["name"])

    def has_picture(self, channel: Channel, menu_id: str) -> bool:
        """Whether it was put there."""
        return menu_id in self.pictures

    def put_picture(self, channel: Channel, menu_id: str, png: bytes) -> None:
        """Keep it."""
        self.pictures[menu_id] = png

    def delete(self, channel: Channel, menu_id: str) -> None:
        """Forget it."""
        del self.menus[menu_id]

    def default(self, channel: Channel) -> str | None:
        """Everybody's."""
        return self.everybody

    def set_default(self, channel: Channel, menu_id: str) -> None:
        """Everybody's."""
        self.everybody = menu_id

    def link(self, channel: Channel, menu_id: str, user_ids: Sequence[str]) -> None:
        """Show it, unless LINE is to refuse."""
        if self.refusal is not None:
            raise self.refusal
        self.shown |= dict.fromkeys(user_ids, menu_id)


class MemoryMediaStore:
    """Files in a dictionary."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def put(self, key: str, source: Path) -> None:
        """Store the file."""
        self.files[checked(key)] = source.read_bytes()

    def open(self, key: str) -> BinaryIO:
        """The stored bytes."""
        if key not in self.files:
            raise NotFound("there is no such file", key=key)
        return io.BytesIO(self.files[key])

    @contextmanager
    def local_copy(self, key: str) -> Iterator[Path]:
        """A path to read from while the block lasts."""
        with self.open(key) as stored, TemporaryDirectory() as folder:
            path = Path(folder) / Path(key).name
            path.write_bytes(stored.read())
            yield path

    def delete(self, key: str) -> None:
        """Nothing there is nothing to do."""
        self.files.pop(checked(key), None)

    def keys(self, prefix: str) -> Iterator[str]:
        """Every key that begins so, in order."""
        return (key for key in sorted(self.files) if key.startswith(prefix))


class NoRateLimits:
    """For a process that sends one call after the other, far below what LINE allows."""

    def turns(self, channel_id: str, endpoint: str, calls: int) -> list[float]:
        """Never waits."""
        return [0.0] * calls

    def refused(self, channel_id: str, endpoint: str) -> None:
        """Nobody is ever too fast."""
