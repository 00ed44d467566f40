"""What the web edge needs of the program, and how a view gets at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from flask import Flask, current_app

from bot.config import Settings
from bot.ports.outside import Clock, Ids, JobQueue, Keyed, MediaStore, PdfReader
from bot.ports.records import Channel, ChannelId, Pulse
from bot.ports.store import Store
from bot.services.calendar_feed import CalendarFeeds
from bot.services.notices import Notices
from bot.services.sign_in import SignIn
from bot.services.signed_links import SignedLinks

if TYPE_CHECKING:
    from bot.services.word_templates import TemplateDesk  # the renderers' model comes with it

_NAME = "kaona"


class WebRuntime(Protocol):
    """The part of bot.bootstrap.Runtime that the web edge uses."""

    @property
    def settings(self) -> Settings:
        """Every setting."""
        ...

    @property
    def store(self) -> Store:
        """The system of record."""
        ...

    @property
    def feeds(self) -> CalendarFeeds:
        """Calendar feeds."""
        ...

    @property
    def queue(self) -> JobQueue:
        """Hints to the workers."""
        ...

    @property
    def clock(self) -> Clock:
        """Time as this process believes it."""
        ...

    @property
    def ids(self) -> Ids:
        """Fresh names and secrets."""
        ...

    @property
    def keyed(self) -> Keyed:
        """Keyed hashes with the program's secret."""
        ...

    @property
    def media(self) -> MediaStore:
        """Evidence files and compiled reports."""
        ...

    @property
    def notices(self) -> Notices:
        """Messages to chats outside of a turn."""
        ...

    @property
    def sign_in(self) -> SignIn:
        """Signing in with a link from the chat."""
        ...

    @property
    def links(self) -> SignedLinks:
        """Links to media."""
        ...

    @property
    def pdf(self) -> PdfReader:
        """The text layer of PDF files."""
        ...

    @property
    def template_desk(self) -> TemplateDesk:
        """Word templates that agencies upload."""
        ...

    def channels(self) -> list[Channel]:
        """Every LINE channel, the default one first when it is configured."""
        ...

    def bot_link(self, code: str, agency_id: str | None = None) -> str | None:
        """The link that opens the bot's chat with the code typed; None when LINE does not say which chat."""
        ...

    def chat_link(self, channel_id: ChannelId) -> str | None:
        """The link that opens the chat with a channel's bot; None when LINE does not say, or has no such channel."""
        ...

    def jobs_running(self) -> int:
        """How many jobs workers are at; raises OutsideWorld when Redis is away."""
        ...

    def pulse(self) -> Pulse | None:
        """Which processes live and what the queues hold; None when Redis is away."""
        ...

    def redis_ping(self) -> None:
        """Raise OutsideWorld when Redis is away."""
        ...


def keep_runtime(app: Flask, rt: WebRuntime) -> None:
    """Let the views of this app find the runtime."""
    app.extensions[_NAME] = rt


def runtime() -> WebRuntime:
    """The runtime of the app that answers the current request."""
    return cast(WebRuntime, current_app.extensions[_NAME])
