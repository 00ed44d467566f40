"""Everything outside the database: LINE, the queue, files, templates, renderers, time and chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from bot.conversation.types import Message
from bot.domain.links import LinkState
from bot.domain.people import ChatId
from bot.importing.pdf_rows import Page
from bot.ports.records import Channel, ChatKind, LineMessage
from bot.reporting.model import Report
from bot.reporting.rendering import CompiledReport


class Clock(Protocol):
    """Time as this process believes it (BOT_NOW)."""

    def now(self) -> datetime:
        """An aware moment in Bangkok."""
        ...


class Ids(Protocol):
    """Fresh names and secrets."""

    def new(self) -> str:
        """A unique id that sorts by time of making (26 characters)."""
        ...

    def secret(self) -> str:
        """A random URL-safe token of 256 bits."""
        ...

    def code(self) -> str:
        """A random invite code of CODE_LENGTH letters of CODE_ALPHABET."""
        ...


class Keyed(Protocol):
    """Keyed hashes with the program's secret."""

    def hash(self, purpose: str, text: str) -> str:
        """Hex HMAC-SHA256; the same text under another purpose has another hash."""
        ...


class JobQueue(Protocol):
    """Hints to the workers. Losing one loses nothing: the sweep finds the work again in the database."""

    def enqueue(self, job: str, *args: str) -> None:
        """Ask for a job by its name in bot.jobs; never raises because the queue is away."""
        ...


class ChatLocks(Protocol):
    """One writer per chat, as far as a lock that may expire can promise."""

    def hold(self, chat_id: ChatId) -> AbstractContextManager[bool]:
        """True while this caller is the one; False when another is. The queue being away counts as True."""
        ...


class HookPoster(Protocol):
    """Posts to addresses of other programs."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        """Post once, with a timeout and without following redirects; the answer's HTTP status.

        Raises:
            OutsideWorld: no answer, or an address that is not to be called (a private one).
        """
        ...


class RateLimits(Protocol):
    """LINE's limits of calls a second, by channel and endpoint, shared by all processes."""

    def turns(self, channel_id: str, endpoint: str, calls: int) -> list[float]:
        """Take so many turns: seconds to wait before each call; 0 while the keeper of the limit is away."""
        ...

    def refused(self, channel_id: str, endpoint: str) -> None:
        """LINE said that calls came too fast: be slower for a while."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """LINE took it."""

    request_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """LINE said no, and would again: `words` are LINE's.

    Attributes:
        invalid_reply_token: the token was spent, stale or foreign.
        quota: the month's messages are used up.
    """

    words: str
    status: int
    request_id: str | None = None
    invalid_reply_token: bool = False
    quota: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """No answer, 429 (rate) or 5xx: perhaps taken, perhaps not.

    Attributes:
        maybe_taken: the request may have been carried out (timeout or lost connection after sending, 5xx).
    """

    words: str
    maybe_taken: bool
    status: int | None = None


Outcome = Sent | Refused | Unclear


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """The month's pushes: `limit` is None when there is none."""

    limit: int | None
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BotInfo:
    """The bot as LINE knows it: its user id (`destination` of webhooks) and its public @id."""

    user_id: str
    basic_id: str | None = None


class Messenger(Protocol):
    """LINE's Messaging API. Every call has a timeout; none raises for what LINE answers but as said."""

    def reply(self, channel: Channel, reply_token: str, messages: Sequence[LineMessage]) -> Outcome: ...
    def push(self, channel: Channel, to: str, messages: Sequence[LineMessage], retry_key: str) -> Outcome:
        """409 (retry key already accepted) is Sent."""
        ...

    def multicast(
        self, channel: Channel, to: Sequence[str], messages: Sequence[LineMessage], retry_key: str
    ) -> Outcome:
        """The same to at most 500 users, taken as a whole or not at all; 409 is Sent."""
        ...

    def leave(self, channel: Channel, kind: ChatKind, group_id: str) -> Outcome:
        """Leave a group or room; Refused means that the bot is not in it."""
        ...

    def profile_name(self, channel: Channel, line_user_id: str) -> str | None:
        """The display name; None when LINE does not say."""
        ...

    def show_loading(self, channel: Channel, line_user_id: str) -> None:
        """Show the loading animation; failing is nothing."""
        ...

    def group_size(self, channel: Channel, kind: ChatKind, group_id: str) -> int | None:
        """How many people a push to a group or room reaches and costs; None when LINE does not say."""
        ...

    def quota(self, channel: Channel) -> Quota | None: ...
    def fetch_content(
        self, channel: Channel, message_id: str, url: str | None, into: BinaryIO, limit: int
    ) -> str | None:
        """Stream a message's bytes into a file and return its MIME type.

        Raises:
            GoneForGood: LINE no longer has it (404, 410).
            BadInput: more than `limit` bytes.
            OutsideWorld: anything else; still being prepared (202) has `retry_after`.
        """
        ...

    def bot_info(self, channel: Channel) -> BotInfo:
        """Who the bot is.

        Raises:
            NotAllowed: LINE refuses the access token.
            OutsideWorld: LINE cannot be reached.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMenu:
    """A rich menu that LINE has."""

    id: str
    name: str


class RichMenus(Protocol):
    """LINE's rich menus. Every call raises NotAllowed for LINE's no, OutsideWorld where trying later may help."""

    def all(self, channel: Channel) -> list[KnownMenu]: ...
    def create(self, channel: Channel, menu: dict[str, Any]) -> str:
        """Make a menu without its picture; returns its id."""
        ...

    def has_picture(self, channel: Channel, menu_id: str) -> bool: ...
    def put_picture(self, channel: Channel, menu_id: str, png: bytes) -> None: ...
    def delete(self, channel: Channel, menu_id: str) -> None: ...
    def default(self, channel: Channel) -> str | None: ...
    def set_default(self, channel: Channel, menu_id: str) -> None: ...
    def link(self, channel: Channel, menu_id: str, user_ids: Sequence[str]) -> None:
        """Show a menu to people; for who is no friend, or blocked the bot, nothing happens."""
        ...


class FileInspector(Protocol):
    """Looks at received bytes."""

    def prepare(self, path: Path, name: str | None) -> str:
        """Take position data out of the file, in place and losslessly, and return its MIME type by its bytes."""
        ...

    def is_picture(self, path: Path) -> bool:
        """Whether the file can be opened and drawn as a picture, to its last line."""
        ...


class MediaStore(Protocol):
    """Evidence files and compiled reports, by key ("evidence/ab/abcdef….jpg", "reports/<id>/…")."""

    def put(self, key: str, source: Path) -> None:
        """Store the file whole or not at all; an existing key is overwritten."""
        ...

    def open(self, key: str) -> BinaryIO:
        """Raises NotFound when there is no such key."""
        ...

    def local_copy(self, key: str) -> AbstractContextManager[Path]:
        """A path to read from while the block lasts."""
        ...

    def delete(self, key: str) -> None:
        """Nothing there is nothing to do."""
        ...

    def keys(self, prefix: str) -> Iterator[str]:
        """Every key that begins so."""
        ...


class ChatRenderer(Protocol):
    """Words and LINE message objects from templates."""

    def render_all(self, messages: Sequence[Message], language: str = "th") -> list[LineMessage]:
        """At most five message objects, quick replies on the last."""
        ...


class PdfReader(Protocol):
    """The text layer of PDF files."""

    def pages(self, name: str, data: bytes) -> tuple[Page, ...]:
        """The pieces of text of each page; raises BadInput with a sentence for a file that is no use."""


class LinkOpener(Protocol):
    """Opens web addresses as anybody outside would."""

    def open_all(self, urls: Sequence[str]) -> dict[str, LinkState]:
        """What became of each; never a private address, none for long, and some left out when they are too many."""
        ...


class PagePainter(Protocol):
    """Draws the pages of a PDF as pictures."""

    def paint(self, pdf: Path, most: int) -> tuple[int, Iterator[bytes]]:
        """How many pages there are, and the first ones as JPEG, drawn while they are taken."""
        ...


class ReportRenderer(Protocol):
    """The report model in every format."""

    def render(
        self,
        report: Report,
        formats: Sequence[str],
        media: MediaStore,
        progress: Callable[[str, float], None],
    ) -> CompiledReport:
        """Every asked-for format; `progress` gets Thai words and 0…1.

        Raises:
            CompileFailed: naming the measure or photo to blame where that is known.
        """
        ...

    def mark(self) -> str:
        """Names everything that draws: while it is the same, the same report gives the same bytes."""
        ...
