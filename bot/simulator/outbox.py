"""Webhooks to the bots: signed, in order for each person, redelivered when so set."""

import base64
import hashlib
import hmac
import json
import logging
import threading
import time
from collections import Counter, deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import urllib3
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ProtocolError, ReadTimeoutError

from bot.simulator.channel import Channel
from bot.simulator.journal import Journal, readable
from bot.simulator.world import World

_LOG = logging.getLogger(__name__)
_THREADS = 16


@dataclass(slots=True)
class Parcel:
    """One webhook body on its way to a bot."""

    channel: Channel
    events: list[dict[str, Any]]
    attempt: int = 0
    extra: bool = False  # a duplicate sent on purpose


@dataclass(slots=True)
class Settings:
    """What can be switched while it runs."""

    redelivery: bool
    duplicates: bool = False
    bundle_events: bool = False  # events of one action share a body
    timeout: float = 2.0
    waits: tuple[float, ...] = ()


@dataclass(slots=True)
class Outcome:
    """How a bot answered one webhook, in the words of LINE's error statistics."""

    reason: str
    status: int | None = None
    detail: str = ""
    headers: dict[str, str] = field(default_factory=dict)


def sign(secret: str, body: bytes) -> str:
    """Sign a body as LINE does."""
    return base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()


class Outbox:
    """Sends events; a person's events go out one after another, different people's side by side."""

    def __init__(self, world: World, journal: Journal) -> None:
        config = world.config
        self.settings = Settings(
            redelivery=config.redelivery, timeout=config.webhook_timeout, waits=config.redelivery_waits
        )
        self.statistics: Counter[str] = Counter()
        self._world = world
        self._journal = journal
        self._pool = urllib3.PoolManager(maxsize=_THREADS, retries=False)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="webhook")
        self._idle = threading.Condition()
        self._lanes: dict[tuple[str, str], deque[Parcel]] = {}
        self._timers: dict[threading.Timer, Parcel] = {}
        self._closed = False

    def send(self, channel: Channel, user_id: str, events: list[dict[str, Any]]) -> None:
        """Send what a person did, after everything this person did before."""
        bodies = [events] if self.settings.bundle_events else [[each] for each in events]
        for body in bodies:
            self._enqueue(user_id, Parcel(channel=channel, events=body))

    def send_later(self, channel: Channel, user_id: str, event: dict[str, Any], seconds: float) -> None:
        """Send one event after what comes meanwhile."""
        self._set_timer(Parcel(channel=channel, events=[event]), seconds)

    def redeliver_now(self) -> int:
        """Send at once everything that waits: redeliveries, and parts of albums that come late; return how many."""
        with self._idle:
            waiting, self._timers = self._timers, {}
        for timer, parcel in waiting.items():
            timer.cancel()
            self._enqueue(_person_of(parcel), parcel)
        return len(waiting)

    def pending(self) -> int:
        """Count the webhooks not answered yet, those that wait for redelivery included."""
        with self._idle:
            return sum(len(lane) for lane in self._lanes.values()) + len(self._timers)

    def wait_idle(self, seconds: float) -> bool:
        """Wait until every webhook has been answered or given up."""
        with self._idle:
            return self._idle.wait_for(lambda: not self._lanes and not self._timers, seconds)

    def verify(self, channel: Channel, url: str) -> Outcome:
        """Send the empty body of the console's Verify button."""
        return self._post(channel, url, [], redelivered=False)

    def close(self) -> None:
        """Stop sending."""
        with self._idle:
            self._closed = True
            for timer in self._timers:
                timer.cancel()
            self._timers.clear()
            self._idle.notify_all()
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._pool.clear()

    def _enqueue(self, user_id: str, parcel: Parcel) -> None:
        key = (parcel.channel.id, user_id)
        with self._idle:
            if self._closed:
                return
            lane = self._lanes.get(key)
            if lane is not None:
                lane.append(parcel)
                return
            self._lanes[key] = deque([parcel])
            self._threads.submit(self._drain, key)

    def _drain(self, key: tuple[str, str]) -> None:
        while not self._closed:
            with self._idle:
                lane = self._lanes[key]
                if not lane:
                    del self._lanes[key]
                    self._idle.notify_all()
                    return
                parcel = lane[0]
            try:
                self._deliver(parcel)
            except Exception:  # one bad parcel must not hold up the person's next ones
                _LOG.exception("webhook_failed")
            with self._idle:
                lane.popleft()

    def _deliver(self, parcel: Parcel) -> None:
        if not parcel.channel.webhook_active:
            return
        redelivered = parcel.attempt > 0
        outcome = self._post(parcel.channel, parcel.channel.webhook_url, parcel.events, redelivered=redelivered)
        self.statistics["redelivered" if redelivered else "sent"] += 1
        self.statistics[outcome.reason] += 1
        if self.settings.duplicates:
            self.statistics["duplicated"] += 1
            self._post(parcel.channel, parcel.channel.webhook_url, parcel.events, redelivered=False)
        if outcome.reason != "ok" and self.settings.redelivery:
            self._later(parcel)

    def _later(self, parcel: Parcel) -> None:
        if parcel.attempt >= len(self.settings.waits):
            return
        wait = self.settings.waits[parcel.attempt]
        parcel.attempt += 1
        self._set_timer(parcel, wait)

    def _set_timer(self, parcel: Parcel, seconds: float) -> None:
        timer = threading.Timer(seconds, lambda: self._due(timer))
        timer.daemon = True
        with self._idle:
            if not self._closed:
                self._timers[timer] = parcel
                timer.start()

    def _due(self, timer: threading.Timer) -> None:
        with self._idle:
            parcel = self._timers.pop(timer, None)
        if parcel is not None:
            self._enqueue(_person_of(parcel), parcel)

    def _arm(self, channel: Channel, events: list[dict[str, Any]], *, redelivered: bool) -> None:
        with self._world.lock:
            for each in events:
                if "replyToken" in each:
                    channel.reply_tokens.arm(each["replyToken"], self._world.now_ms(), redelivered=redelivered)

    def _post(self, channel: Channel, url: str, events: list[dict[str, Any]], *, redelivered: bool) -> Outcome:
        if redelivered:
            events = [{**each, "deliveryContext": {"isRedelivery": True}} for each in events]
        self._arm(channel, events, redelivered=redelivered)
        raw = json.dumps(
            {"destination": channel.id, "events": events}, ensure_ascii=False, separators=(",", ":")
        ).encode()
        started = time.monotonic()
        outcome, answer = self._exchange(channel, url, raw)
        self._journal.add(
            {
                "direction": "webhook",
                "at_ms": self._world.now_ms(),
                "bot": channel.id,
                "method": "POST",
                "path": url,
                "request": readable(raw),
                "status": outcome.status,
                "response": answer,
                "reason": outcome.reason,
                "detail": outcome.detail,
                "ms": round((time.monotonic() - started) * 1000, 1),
            }
        )
        return outcome

    def _exchange(self, channel: Channel, url: str, raw: bytes) -> tuple[Outcome, Any]:
        headers = {
            "content-type": "application/json; charset=utf-8",
            "user-agent": "LineBotWebhook/2.0",
            "x-line-signature": sign(channel.bot.channel_secret, raw),
        }
        timeout = urllib3.Timeout(self.settings.timeout)
        try:
            answer = self._pool.request(
                "POST", url, body=raw, headers=headers, timeout=timeout, redirect=False, retries=False
            )
        except ReadTimeoutError as problem:
            return Outcome("request_timeout", detail=str(problem)), None
        except (ConnectTimeoutError, NewConnectionError, ProtocolError) as problem:
            return Outcome("could_not_connect", detail=str(problem)), None
        except HTTPError as problem:
            return Outcome("unclassified", detail=str(problem)), None
        reason = "ok" if 200 <= answer.status < 300 else "error_status_code"
        body = readable(answer.data, answer.headers.get("content-type", ""))
        return Outcome(reason, status=answer.status, detail=str(answer.status)), body


def _person_of(parcel: Parcel) -> str:
    source = parcel.events[0]["source"] if parcel.events else {}
    return str(source.get("groupId") or source.get("roomId") or source.get("userId", ""))
