"""Builds the program from its settings; the only place that chooses adapters.

A Runtime is made once per process and passed on; its parts are built when first used, so that a command which
only reads the database does not load LINE's SDK, Redis or the renderers.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.bootstrap.use_cases import UseCases
from bot.config import Settings
from bot.domain.agencies import AgencyId
from bot.domain.errors import OutsideWorld
from bot.domain.people import ChatId
from bot.domain.updates import EvidenceId
from bot.domain.webhooks import HookDeliveryId
from bot.jobs import DELIVER
from bot.ports.records import ChannelId, Process, Pulse, ReportId, ScheduleRun
from bot.services.sweep import ALL_DUE, DUE_AT_ONCE

if TYPE_CHECKING:
    from bot.services.deliver import Deliver

log = logging.getLogger(__name__)

PLANNING_SHARE = 10
"""A plan rests ten times as long as it took."""


class Runtime(UseCases):
    """Everything a process needs, wired."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._planning_rests_until = 0.0

    # What the workers and the clock call, by the names of bot.jobs

    def take_turn(self, chat_id: str) -> int:
        """Take a chat's unread events."""
        return self._take_turn(ChatId(chat_id))

    @property
    def deliveries(self) -> Deliver:
        """What a worker sends many chats' messages with."""
        return self._deliver

    def deliver(self, chat_id: str) -> int:
        """Send a chat's due messages, or with ALL_DUE everybody's, one after another."""
        whose = self._deliver.due(DUE_AT_ONCE) if chat_id == ALL_DUE else [ChatId(chat_id)]
        return sum(self._deliver(each) for each in whose)

    def deliver_here(self, chat_id: str) -> int:
        """Send a chat's due messages from a command, one after another: no shared limit, and no Redis, is needed."""
        return replace(self._deliver, limits=None)(ChatId(chat_id))

    def fetch_media(self, evidence_id: str) -> bool:
        """Fetch one piece of evidence."""
        return self._fetch_media(EvidenceId(evidence_id))

    def compile_report(self, report_id: str) -> bool:
        """Compile one report."""
        return self.compiler(ReportId(report_id))

    def compile_cut_off(self, report_id: str, over: str) -> None:
        """See to a compile that was stopped over its limit of "time" or "memory"."""
        self.compiler.cut_off(ReportId(report_id), over)

    def post_webhook(self, delivery_id: str) -> bool:
        """Post one event to an address outside."""
        return self._post_webhook(HookDeliveryId(delivery_id))

    def note_quota(self, channel_id: str) -> bool:
        """Look at a channel's monthly messages."""
        from bot.services.watch_quota import watch_quota

        channel = self.channel(ChannelId(channel_id))
        return channel is not None and watch_quota(self.store, self.messenger, self.notices, channel)

    def link_menus(self, channel_id: str) -> int:
        """Show everybody in a channel the rich menu of their roles."""
        channel = self.channel(ChannelId(channel_id))
        return self.menu_desk.link_quietly(channel) if channel else 0

    def look_at_links(self, agency_id: str) -> int:
        """Open the addresses that an agency's documents name."""
        from bot.services.look_at_links import look_at_links

        return look_at_links(self.store, self.link_tries, self.clock, AgencyId(agency_id))

    def draw_pages(self, report_id: str) -> int:
        """Draw the pages of a compiled report for its preview."""
        from bot.adapters.render.page_pictures import PdfiumPages
        from bot.services.draw_pages import draw_pages

        return draw_pages(self.store, self.media, PdfiumPages(), self.work_dir, ReportId(report_id))

    def sweep(self) -> dict[str, int]:
        """Ask again for everything that is due."""
        from bot.services.sweep import sweep

        return sweep(self.store, self.queue, self.clock)

    def remind(self, now: datetime | None = None) -> int:
        """Put the reminders of a moment into the outbox and wake their delivery; returns how many chats."""
        from bot.services.send_due_reminders import send_due_reminders

        moment = now or self.clock.now()
        planned = send_due_reminders(self.store, self.notices, moment)
        groups = self.group_digests(moment)
        if planned or groups:
            self.queue.enqueue(DELIVER, ALL_DUE)
        return len(planned) + len(groups)

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
        from bot.jobs import LINK_MENUS, NOTE_QUOTA
        from bot.services.watch_holidays import watch_holidays

        watch_holidays(self.store, self.notices)
        channels = self.channels()
        for channel in channels:
            self.queue.enqueue(NOTE_QUOTA, channel.id)
            self.queue.enqueue(LINK_MENUS, channel.id)
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
