"""Many deliveries in flight in one process: each waits on the network, none holds up another chat's.

One thread speaks with the database: it writes down what became of the last calls and claims the next messages in
one transaction, because every transaction costs a sync of the disk. A pool of threads makes the calls.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bot.domain.errors import KaonaError
from bot.jobs import DELIVER
from bot.services.sweep import ALL_DUE, DUE_AT_ONCE
from workers.retries import PAUSES, attempt
from workers.runtime import Deliveries, Sendable, runtime

log = logging.getLogger("kaona.jobs")

IN_FLIGHT = 32
"""Calls under way at once; each is a thread that waits."""

KEPT_FREE = 8
"""Places that messages found by a look at the database leave to those that somebody asked for: answers in a chat."""

GATHER = 0.01
"""Seconds that what became of a call waits for others to be written down with it."""

RENEW_EVERY = 2.0
"""Seconds between renewals of the claims on what is under way; a claim lasts 7."""

PAUSE_WITHOUT_DATABASE = 0.5

LOOKED_AT = 500
"""Found chats that a transaction may look at: many that get the same take one place."""

MOST_ASKED = 10_000
"""Chats remembered as asked for; beyond them the database is looked at."""

Told = tuple[Sendable, Sequence[Any]]
"""What was sent and what became of its messages."""


class MailRoom:
    """Serves chats that are asked for, and all that is due when asked for that; never one chat twice at once."""

    def __init__(self, deliveries: Deliveries, places: int = IN_FLIGHT) -> None:
        self._deliveries = deliveries
        self._places = places
        self._threads = ThreadPoolExecutor(places, thread_name_prefix="deliver")
        self._changed = threading.Condition()
        self._asked: dict[str, None] = {}  # in order; somebody waits for these
        self._found: dict[str, None] = {}  # in order; found by a look at the database
        self._look = False
        self._under_way: dict[int, Sendable] = {}
        self._busy: set[str] = set()
        self._done: list[Told] = []
        self._done_since = 0.0
        self._writing = 0
        self._stopping = False
        self._renewed = time.monotonic()

    def start(self) -> None:
        """Begin; in the process that delivers, after its fork."""
        threading.Thread(target=self._work, name="mail-room", daemon=True).start()

    def ask(self, chat_id: str) -> None:
        """Have a chat served, or with ALL_DUE whatever is due; returns at once."""
        with self._changed:
            if chat_id == ALL_DUE or len(self._asked) >= MOST_ASKED:
                self._look = True
            else:
                self._asked[chat_id] = None
            self._changed.notify()

    def in_flight(self) -> int:
        """Calls under way, being claimed, or with a result that is not written down yet."""
        with self._changed:
            return len(self._under_way) + len(self._done) + self._writing

    def drain(self, seconds: float) -> bool:
        """Take nothing more and wait until nothing is in flight; False when the time was up first."""
        until = time.monotonic() + seconds
        with self._changed:
            self._stopping = True
            self._changed.notify()
        while self.in_flight():
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        return True

    # The thread that speaks with the database

    def _work(self) -> None:
        while not (self._stopping and not self.in_flight()):
            with self._changed:
                while (pause := self._pause()) > 0:
                    self._changed.wait(pause)
            try:
                self._round()
            except Exception:
                log.exception("deliver.round_broke")
                time.sleep(PAUSE_WITHOUT_DATABASE)

    def _pause(self) -> float:
        """Seconds until there is something to do; the lock is held."""
        now = time.monotonic()
        if self._done and not self._some(self._asked, 1):
            return min(self._done_since + GATHER, self._renewed + RENEW_EVERY) - now
        if self._next_chats() or (self._look and not self._found and not self._stopping):
            return 0.0
        return self._renewed + RENEW_EVERY - now if self._under_way else RENEW_EVERY

    def _next_chats(self) -> list[str]:
        """The chats to look at now: those that were asked for, then as many found ones as leave places for others."""
        if self._stopping:
            return []
        free = self._places - len(self._under_way)
        asked = self._some(self._asked, free)
        return asked + self._some(self._found, LOOKED_AT if free - KEPT_FREE > len(asked) else 0)

    def _some(self, chats: Collection[str], count: int) -> list[str]:
        chosen: list[str] = []
        for chat in chats:
            if len(chosen) >= count:
                break
            if chat not in self._busy:
                chosen.append(chat)
        return chosen

    def _round(self) -> None:
        self._look_for_due()
        with self._changed:
            done, self._done = self._done, []
            for parcel, _ in done:
                self._busy.difference_update(parcel.chat_ids)
            # Whoever just heard something may have more waiting.
            heard = [chat for parcel, _ in done for chat in parcel.chat_ids if not self._stopping]
            chosen = self._next_chats()
            found = {chat for chat in chosen if chat not in self._asked}
            for chat in chosen:
                self._asked.pop(chat, None)
                self._found.pop(chat, None)
            chats = list(dict.fromkeys([*heard, *chosen]))
            free = self._places - len(self._under_way)
            room = max(free - KEPT_FREE, min(free, len(chats) - len(found)))
            # What is claimed in this transaction is under way as well: a stop waits for it.
            self._writing = max(len(done), 1) if done or chats else 0
        try:
            if done or chats:
                self._turn(done, chats, room, found)
        finally:
            self._writing = 0
        self._renew()

    def _look_for_due(self) -> None:
        with self._changed:
            wanted = self._look and not self._found and not self._stopping
            self._look = self._look and not wanted
        if not wanted:
            return
        try:
            due = self._deliveries.due(DUE_AT_ONCE)
        except KaonaError as problem:
            log.warning("deliver.no_look", extra={"why": problem.code})  # the sweep asks again
            return
        with self._changed:
            self._found = dict.fromkeys(due)
            self._look = len(due) >= DUE_AT_ONCE or self._look

    def _turn(self, done: list[Told], chats: list[str], room: int, found: Collection[str]) -> None:
        """Write down and take; when that fails what became of calls is kept, and chats are looked at one by one."""
        results = [result for _, told in done for result in told]
        chats = [chat for chat in chats if not PAUSES.rests(DELIVER, chat)]
        try:
            parcels, left = self._deliveries.turn(results, chats, room)
        except KaonaError as problem:
            log.warning("deliver.later", extra={"code": problem.code, "results": len(results), "chats": len(chats)})
            self._put_back(done, chats)
            time.sleep(PAUSE_WITHOUT_DATABASE)
            return
        except Exception:
            if not chats:
                raise
            self._one_by_one(results, chats)
            return
        with self._changed:
            self._asked = dict.fromkeys(chat for chat in left if chat not in found) | self._asked
            self._found = dict.fromkeys(chat for chat in left if chat in found) | self._found
        self._begin(parcels)

    def _put_back(self, done: list[Told], chats: list[str]) -> None:
        with self._changed:
            self._done = done + self._done
            self._busy.update(chat for parcel, _ in done for chat in parcel.chat_ids)
            self._asked = dict.fromkeys(chats) | self._asked

    def _one_by_one(self, results: Sequence[Any], chats: list[str]) -> None:
        """Something is wrong with one of many: only that one rests."""
        self._deliveries.turn(results, [], 0)
        for chat in chats:
            attempt(DELIVER, lambda one: self._begin(self._deliveries.turn([], [one], 1)[0]), chat)

    def _begin(self, parcels: Sequence[Sendable]) -> None:
        with self._changed:
            for parcel in parcels:
                self._under_way[id(parcel)] = parcel
                self._busy.update(parcel.chat_ids)
        for parcel in parcels:
            self._threads.submit(self._send, parcel)

    def _renew(self) -> None:
        now = time.monotonic()
        if now - self._renewed < RENEW_EVERY:
            return
        self._renewed = now
        with self._changed:
            held = [*self._under_way.values(), *(parcel for parcel, _ in self._done)]
        if held:
            try:
                self._deliveries.renew(held)
            except KaonaError as problem:  # tried again; a lost lease costs a repeated attempt
                log.warning("deliver.not_renewed", extra={"why": problem.code})

    # The threads that make the calls

    def _send(self, parcel: Sendable) -> None:
        told: list[Any] = []

        def send(_: str) -> None:
            told.extend(self._deliveries.send(parcel))

        try:
            attempt(DELIVER, send, parcel.chat_ids[0])
        finally:
            with self._changed:
                del self._under_way[id(parcel)]
                self._done.append((parcel, told))
                if len(self._done) == 1:
                    self._done_since = time.monotonic()
                    self._changed.notify()


_room: MailRoom | None = None


def use_room(room: MailRoom) -> None:
    """From now on deliveries of this process go through the mail room."""
    global _room
    _room = room


def deliver(chat_id: str) -> None:
    """Hand the chat to the process's mail room; where there is none, serve it here."""
    if _room is None:
        attempt(DELIVER, runtime().deliver, chat_id)
    else:
        _room.ask(chat_id)
