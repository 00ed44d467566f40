"""The adapters of a process, each built when it is first used."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.adapters.clock import SystemClock
from bot.adapters.ids import UlidIds
from bot.adapters.keyed import HmacKeyed
from bot.config import Settings
from bot.domain.errors import KaonaError
from bot.ports.records import DEFAULT_CHANNEL, Channel, ChannelId

if TYPE_CHECKING:
    from bot.adapters.line.messenger import LineMessenger
    from bot.adapters.link_tries import LinkTries
    from bot.adapters.media.store import FsspecMediaStore
    from bot.adapters.pdf.pages import PdfPages
    from bot.adapters.redis_.connection import GuardedRedis
    from bot.adapters.render.report_files import ReportFiles
    from bot.adapters.sql.store import SqlStore
    from bot.adapters.word_template.desk import WordTemplateFiles
    from bot.ports.outside import ChatLocks, JobQueue, RateLimits, RichMenus


class Outside:
    """Everything outside the core: database, Redis, LINE, files."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = SystemClock(settings.started_at)
        self.ids = UlidIds()
        self.keyed = HmacKeyed(settings.secret_key)
        self._basic_ids: dict[ChannelId, str | None] = {}

    @cached_property
    def store(self) -> SqlStore:
        """The system of record."""
        from bot.adapters.sql.store import SqlStore

        return SqlStore(self.settings.database_url, secret_key=self.settings.secret_key)

    @cached_property
    def redis(self) -> GuardedRedis:
        """Redis: the server of REDIS_URL, else the embedded one of this DATA_DIR, started when needed."""
        from bot.adapters.redis_.connection import GuardedRedis

        return GuardedRedis(self.settings.redis_url, self.settings.data_dir)

    @cached_property
    def queue(self) -> JobQueue:
        """Hints to the workers."""
        from bot.adapters.redis_.queue import RqJobQueue

        return RqJobQueue(self.redis)

    @cached_property
    def locks(self) -> ChatLocks:
        """One writer per chat."""
        from bot.adapters.redis_.locks import RedisChatLocks

        return RedisChatLocks(self.redis)

    @cached_property
    def rate_limits(self) -> RateLimits:
        """Calls a second to LINE, shared by all workers."""
        from bot.adapters.redis_.rate_limits import RedisRateLimits

        return RedisRateLimits(self.redis, self.settings.line_rate)

    @cached_property
    def messenger(self) -> LineMessenger:
        """LINE."""
        from bot.adapters.line.messenger import LineMessenger

        return LineMessenger(self.settings.line_api_base, self.settings.line_data_api_base)

    @cached_property
    def rich_menus(self) -> RichMenus:
        """LINE's rich menus."""
        from bot.adapters.line.clients import LineClients
        from bot.adapters.line.rich_menus import LineRichMenus

        return LineRichMenus(LineClients(self.settings.line_api_base), self.settings.line_data_api_base)

    @cached_property
    def media(self) -> FsspecMediaStore:
        """Evidence files and compiled reports."""
        from bot.adapters.media.store import FsspecMediaStore

        return FsspecMediaStore(self.settings.media_url or str(self.settings.data_dir / "media"))

    @cached_property
    def report_renderer(self) -> ReportFiles:
        """Reports in every format."""
        from bot.adapters.render.report_files import ReportFiles

        return ReportFiles(own_fonts=self.settings.data_dir / "fonts")

    @cached_property
    def pdf(self) -> PdfPages:
        """The text layer of PDF files."""
        from bot.adapters.pdf.pages import PdfPages

        return PdfPages()

    @cached_property
    def word_templates(self) -> WordTemplateFiles:
        """Agencies' own Word templates, checked and drawn."""
        from bot.adapters.word_template.desk import WordTemplateFiles

        return WordTemplateFiles()

    @cached_property
    def link_tries(self) -> LinkTries:
        """Opening web addresses."""
        from bot.adapters.link_tries import LinkTries

        return LinkTries()

    @cached_property
    def work_dir(self) -> Path:
        """Where files are made before they are stored."""
        path = self.settings.data_dir / "tmp"
        path.mkdir(exist_ok=True)
        return path

    # Channels

    def channels(self) -> list[Channel]:
        """Every LINE channel, the default one first where it is configured."""
        default = self._default_channel
        with self.store.read() as uow:
            return [*([default] if default else []), *uow.channels.all()]

    def channel(self, channel_id: ChannelId) -> Channel | None:
        """One channel."""
        if channel_id == DEFAULT_CHANNEL:
            return self._default_channel
        with self.store.read() as uow:
            return uow.channels.get(channel_id)

    @cached_property
    def _default_channel(self) -> Channel | None:
        secret, token = self.settings.line_channel_secret, self.settings.line_channel_access_token
        return Channel(id=DEFAULT_CHANNEL, secret=secret, token=token) if secret and token else None

    def bot_link(self, code: str, agency_id: str | None = None) -> str | None:
        """The link that opens the bot's chat with the code typed; None when LINE does not say which chat.

        The chat is that of the channel that serves the agency, else of the default channel.
        """
        if self.settings.simulator_url:
            return f"{self.settings.public_base_url}/simulator/?text={quote(code)}"
        basic_id = self._basic_id(agency_id)
        return f"https://line.me/R/oaMessage/{quote(basic_id)}/?{quote(code)}" if basic_id else None

    def chat_link(self, channel_id: ChannelId) -> str | None:
        """The link that opens the chat with a channel's bot, whether or not one is its friend."""
        channel = self.channel(channel_id)
        if channel is None:
            return None
        if self.settings.simulator_url:
            return f"{self.settings.public_base_url}/simulator/"
        basic_id = self._basic_id_of(channel)
        return f"https://line.me/R/ti/p/{quote(basic_id)}" if basic_id else None

    def _basic_id(self, agency_id: str | None) -> str | None:
        channels = self.channels()
        serving = next((c for c in channels if agency_id in c.agency_ids), channels[0] if channels else None)
        return self._basic_id_of(serving) if serving else None

    def _basic_id_of(self, channel: Channel) -> str | None:
        if channel.id not in self._basic_ids:
            try:
                self._basic_ids[channel.id] = self.messenger.bot_info(channel).basic_id
            except KaonaError:
                self._basic_ids[channel.id] = None  # helpful, never required
        return self._basic_ids[channel.id]
