"""Builds the program from its settings; the only file that chooses adapters.

A Runtime is made once per process and passed on; its parts are built when first used, so that a command which
only reads the database does not load LINE's SDK, Redis or the renderers.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bot.adapters.clock import SystemClock
from bot.adapters.ids import UlidIds
from bot.adapters.keyed import HmacKeyed
from bot.config import Settings
from bot.domain.errors import KaonaError, OutsideWorld
from bot.domain.people import ChatId
from bot.domain.updates import EvidenceId
from bot.ports.records import DEFAULT_CHANNEL, Channel, ChannelId, Outgoing, Process, Pulse, ReportId, ScheduleRun
from bot.ports.store import UnitOfWork
from bot.services.sign_in import SignIn
from bot.services.signed_links import SignedLinks

if TYPE_CHECKING:
    from bot.adapters.line.messenger import LineMessenger
    from bot.adapters.media.store import FsspecMediaStore
    from bot.adapters.redis_.connection import GuardedRedis
    from bot.adapters.render.report_files import ReportFiles
    from bot.adapters.sql.store import SqlStore
    from bot.conversation.events import Event
    from bot.ports.outside import ChatLocks, JobQueue, RateLimits
    from bot.services.calendar_feed import CalendarFeeds
    from bot.services.compile_report import CompileReport
    from bot.services.deliver import Deliver
    from bot.services.fetch_media import FetchMedia
    from bot.services.notices import Notices
    from bot.services.take_turn import TakeTurn

log = logging.getLogger(__name__)

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"


PLANNING_SHARE = 10
"""A plan rests ten times as long as it took."""


class Runtime:
    """Everything a process needs, wired."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = SystemClock(settings.started_at)
        self.ids = UlidIds()
        self.keyed = HmacKeyed(settings.secret_key)
        self._planning_rests_until = 0.0
        self._basic_ids: dict[str | None, str | None] = {}

    # The outside world

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

    def _basic_id(self, agency_id: str | None) -> str | None:
        if agency_id not in self._basic_ids:
            self._basic_ids[agency_id] = self._ask_basic_id(agency_id)
        return self._basic_ids[agency_id]

    def _ask_basic_id(self, agency_id: str | None) -> str | None:
        channels = self.channels()
        serving = next((c for c in channels if agency_id in c.agency_ids), channels[0] if channels else None)
        try:
            return self.messenger.bot_info(serving).basic_id if serving else None
        except KaonaError:
            return None  # helpful, never required

    # Use cases

    @cached_property
    def notices(self) -> Notices:
        """Puts messages into the outbox."""
        from bot.adapters.jinja.chat import ChatRenderer
        from bot.services.notices import Notices

        return Notices(clock=self.clock, ids=self.ids, renderer=ChatRenderer(TEMPLATES / "chat"))

    @cached_property
    def sign_in(self) -> SignIn:
        """Signing in to the web pages."""
        return SignIn(store=self.store, clock=self.clock, ids=self.ids, keyed=self.keyed)

    @cached_property
    def links(self) -> SignedLinks:
        """Links to media."""
        return SignedLinks(keyed=self.keyed, base_url=self.settings.public_base_url)

    @cached_property
    def feeds(self) -> CalendarFeeds:
        """Calendar feeds of people and agencies."""
        from bot.services.calendar_feed import CalendarFeeds

        return CalendarFeeds(
            store=self.store,
            clock=self.clock,
            ids=self.ids,
            keyed=self.keyed,
            base_url=self.settings.public_base_url,
        )

    @cached_property
    def _take_turn(self) -> TakeTurn:
        from bot.adapters.line.translate import reply_token, translate
        from bot.services.take_turn import TakeTurn

        def our_event(raw: Mapping[str, Any], event_id: str, secret: str) -> Event:
            return translate(raw, event_id=event_id, secret=secret)

        return TakeTurn(
            store=self.store,
            queue=self.queue,
            locks=self.locks,
            clock=self.clock,
            ids=self.ids,
            keyed=self.keyed,
            notices=self.notices,
            media=self.media,
            translate=our_event,
            reply_token=reply_token,
            recheck=self._recheck,
            base_url=self.settings.public_base_url,
        )

    @cached_property
    def _deliver(self) -> Deliver:
        from bot.services.deliver import Deliver

        return Deliver(
            store=self.store,
            clock=self.clock,
            messenger=self.messenger,
            channel=self.channel,
            recheck=self._recheck,
            limits=self.rate_limits,
        )

    def _recheck(self, uow: UnitOfWork, message: Outgoing) -> Outgoing:
        from bot.services.recheck_reminder import recheck_reminder

        return recheck_reminder(uow, self.notices, message)

    @cached_property
    def _fetch_media(self) -> FetchMedia:
        from bot.adapters.media.inspect import Inspector
        from bot.services.fetch_media import FetchMedia

        return FetchMedia(
            store=self.store,
            queue=self.queue,
            clock=self.clock,
            messenger=self.messenger,
            media=self.media,
            inspector=Inspector(),
            notices=self.notices,
            channel=self.channel,
            work_dir=self.work_dir,
        )

    @cached_property
    def compiler(self) -> CompileReport:
        """Compiles reports."""
        from bot.services.compile_report import CompileReport

        return CompileReport(
            store=self.store,
            queue=self.queue,
            clock=self.clock,
            media=self.media,
            renderer=self.report_renderer,
            notices=self.notices,
            links=self.links,
            work_dir=self.work_dir,
        )

    # What the workers and the clock call, by the names of bot.jobs

    def take_turn(self, chat_id: str) -> int:
        """Take a chat's unread events."""
        return self._take_turn(ChatId(chat_id))

    def deliver(self, chat_id: str) -> int:
        """Send a chat's due messages."""
        return self._deliver(ChatId(chat_id))

    def deliver_here(self, chat_id: str) -> int:
        """Send a chat's due messages from a command, one after another: no shared limit, and no Redis, is needed."""
        return replace(self._deliver, limits=None)(ChatId(chat_id))

    def fetch_media(self, evidence_id: str) -> bool:
        """Fetch one piece of evidence."""
        return self._fetch_media(EvidenceId(evidence_id))

    def compile_report(self, report_id: str) -> bool:
        """Compile one report."""
        return self.compiler(ReportId(report_id))

    def note_quota(self, channel_id: str) -> bool:
        """Look at a channel's monthly messages."""
        from bot.services.watch_quota import watch_quota

        channel = self.channel(ChannelId(channel_id))
        return channel is not None and watch_quota(self.store, self.messenger, self.notices, channel)

    def sweep(self) -> dict[str, int]:
        """Ask again for everything that is due."""
        from bot.services.sweep import sweep

        return sweep(self.store, self.queue, self.clock)

    def remind(self, now: datetime | None = None) -> int:
        """Put the reminders of a moment into the outbox and wake their delivery; returns how many people."""
        from bot.jobs import DELIVER
        from bot.services.send_due_reminders import send_due_reminders

        planned = send_due_reminders(self.store, self.notices, now or self.clock.now())
        for each in planned:
            self.queue.enqueue(DELIVER, each.chat_id)
        return len(planned)

    def remind_when_rested(self) -> int:
        """Remind, but let a plan that took long rest: a big province plans every few minutes, an office each tick."""
        began = time.monotonic()
        if began < self._planning_rests_until:
            return 0
        count = self.remind()
        took = time.monotonic() - began
        self._planning_rests_until = time.monotonic() + took * PLANNING_SHARE
        return count

    def clock_tick(self, name: str) -> Mapping[str, int]:
        """Do what a schedule of the clock stands for; returns counts."""
        match name:
            case "reminders":
                return {"reminded": self.remind_when_rested()}
            case "sweep":
                return self.sweep()
            case "quota":
                return self._ask_quotas()
            case _:
                raise ValueError(f"there is no schedule {name!r}")

    def _ask_quotas(self) -> Mapping[str, int]:
        from bot.jobs import NOTE_QUOTA
        from bot.services.watch_holidays import watch_holidays

        watch_holidays(self.store, self.notices)
        channels = self.channels()
        for channel in channels:
            self.queue.enqueue(NOTE_QUOTA, channel.id)
        return {"channels": len(channels)}

    def now(self) -> datetime:
        """Time as this process believes it."""
        return self.clock.now()

    def warm_up(self) -> None:
        """Import what forked children will share; starts no thread and opens no connection."""
        for part in (self._take_turn, self._deliver, self._fetch_media, self.compiler):
            log.debug("loaded %s", type(part).__name__)
        self.messenger.load()
        self.report_renderer.load()

    # The web's health

    def jobs_running(self) -> int:
        """How many jobs workers are at; 0 when Redis is away."""
        from bot.adapters.redis_.heartbeats import Heartbeats

        counts = Heartbeats(self.redis).queues()
        return sum(counts.running.values()) if counts else 0

    def pulse(self) -> Pulse | None:
        """Which processes live and what the queues hold; None when Redis is away."""
        from bot.adapters.redis_.heartbeats import Heartbeats
        from bot.adapters.redis_.schedule_book import ScheduleBook

        beats = Heartbeats(self.redis)
        alive, counts = beats.alive(), beats.queues()
        if alive is None or counts is None:
            return None
        book = ScheduleBook(self.redis).entries().values()
        return Pulse(
            processes=tuple(Process(role=b.role, host=b.host, pid=b.pid, age=b.age) for b in alive),
            schedules=tuple(ScheduleRun(name=e.name, last_at=e.last_at, error=e.error) for e in book),
            queued=counts.queued,
            running=counts.running,
        )

    def redis_ping(self) -> None:
        """Raise OutsideWorld when Redis is away."""
        reason = self.redis.reachable()
        if reason is not None:
            raise OutsideWorld(f"Redis cannot be reached ({reason})")

    def after_fork(self) -> None:
        """Forget what belongs to the parent; database and Redis see the fork by themselves."""
        if "messenger" in self.__dict__:
            self.messenger.after_fork()
