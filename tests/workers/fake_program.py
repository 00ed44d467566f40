"""A program for the workers to run: its database is a folder in which every file is work that is due.

`python tests/workers/fake_program.py worker|clock FOLDER` runs the real processes on it.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.adapters.redis_.connection import GuardedRedis
from bot.adapters.redis_.locks import RedisChatLocks
from bot.adapters.redis_.queue import RqJobQueue
from bot.domain.calendar import BANGKOK
from bot.domain.people import ChatId
from bot.jobs import (
    CHAT_TURN,
    COMPILE_REPORT,
    DELIVER,
    DRAW_PAGES,
    FETCH_MEDIA,
    LINK_MENUS,
    LOOK_AT_LINKS,
    NOTE_QUOTA,
    POST_WEBHOOK,
    QUEUES,
)


class FakeRuntime:
    """Names tell what happens: `stuck-…` waits for the file `release`, `kills-…` ends its process the first time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for job in QUEUES:
            (folder / "due" / job).mkdir(parents=True, exist_ok=True)
        self.redis = GuardedRedis(None, folder)
        self.queue = RqJobQueue(self.redis)
        self.locks = RedisChatLocks(self.redis)

    def warm_up(self) -> None: ...

    def after_fork(self) -> None:
        self.note("forked")

    def now(self) -> datetime:
        return datetime.now(BANGKOK)

    def put(self, job: str, name: str, *, hint: bool = True) -> None:
        (self.folder / "due" / job / name).touch()
        if hint:
            self.queue.enqueue(job, name)

    def note(self, *words: str) -> None:
        line = " ".join([*words, str(os.getpid())]) + "\n"
        handle = os.open(self.folder / "notes", os.O_APPEND | os.O_CREAT | os.O_WRONLY)
        os.write(handle, line.encode())
        os.close(handle)

    def notes(self) -> list[list[str]]:
        try:
            return [line.split() for line in (self.folder / "notes").read_text().splitlines()]
        except FileNotFoundError:
            return []

    def take_turn(self, chat_id: str) -> None:
        with self.locks.hold(ChatId(chat_id)) as mine:
            if mine and self._do(CHAT_TURN, chat_id):
                self.put(DELIVER, chat_id)
                self._done(CHAT_TURN, chat_id)

    def deliver(self, chat_id: str) -> None:
        if self._do(DELIVER, chat_id):
            self._done(DELIVER, chat_id)

    @property
    def deliveries(self) -> FakeDeliveries:
        return FakeDeliveries(self)

    def fetch_media(self, evidence_id: str) -> None:
        if self._do(FETCH_MEDIA, evidence_id):
            self._done(FETCH_MEDIA, evidence_id)

    def compile_report(self, report_id: str) -> None:
        if self._do(COMPILE_REPORT, report_id):
            self._done(COMPILE_REPORT, report_id)

    def compile_cut_off(self, report_id: str, over: str) -> None:
        self.note("cut_off", report_id, over)

    def note_quota(self, channel_id: str) -> None:
        if self._do(NOTE_QUOTA, channel_id):
            self._done(NOTE_QUOTA, channel_id)

    def post_webhook(self, delivery_id: str) -> None:
        if self._do(POST_WEBHOOK, delivery_id):
            self._done(POST_WEBHOOK, delivery_id)

    def link_menus(self, channel_id: str) -> None:
        if self._do(LINK_MENUS, channel_id):
            self._done(LINK_MENUS, channel_id)

    def look_at_links(self, agency_id: str) -> None:
        if self._do(LOOK_AT_LINKS, agency_id):
            self._done(LOOK_AT_LINKS, agency_id)

    def draw_pages(self, report_id: str) -> None:
        if self._do(DRAW_PAGES, report_id):
            self._done(DRAW_PAGES, report_id)

    def sweep(self) -> Mapping[str, int]:
        counts = {}
        for job in QUEUES:
            due = os.listdir(self.folder / "due" / job)
            for name in due:
                self.queue.enqueue(job, name)
            counts[job] = len(due)
        return counts

    def clock_tick(self, name: str) -> Mapping[str, int]:
        self.note("tick", name)
        return {"done": 1}

    def _do(self, job: str, name: str) -> bool:
        """The work itself; False when it is no longer due."""
        if not (self.folder / "due" / job / name).exists():
            return False
        self.note("began", job, name)
        kind = name.split("-")[0]
        if kind == "kills" and not (self.folder / f"killed-{job}").exists():
            (self.folder / f"killed-{job}").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "deaf":  # to time limits as well
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        if kind == "hog":
            hoard = b"x" * (400 << 20)
            self.note("hoarded", str(len(hoard)))
        while kind in {"stuck", "deaf", "hog"} and not (self.folder / "release").exists():
            time.sleep(0.02)
        if kind == "breaks":
            raise ZeroDivisionError
        return True

    def _done(self, job: str, name: str) -> None:
        self.note("did", job, name)
        (self.folder / "due" / job / name).unlink(missing_ok=True)


class Letter(NamedTuple):
    chat_id: str

    @property
    def chat_ids(self) -> tuple[str]:
        return (self.chat_id,)


class FakeDeliveries:
    """A chat has one message: its file."""

    def __init__(self, runtime: FakeRuntime) -> None:
        self._runtime = runtime

    def due(self, limit: int) -> list[str]:
        return os.listdir(self._runtime.folder / "due" / DELIVER)[:limit]

    def turn(self, done: Sequence[str], chat_ids: Sequence[str], room: int) -> tuple[list[Letter], list[str]]:
        for chat_id in done:
            self._runtime._done(DELIVER, chat_id)
        due = [chat_id for chat_id in chat_ids if (self._runtime.folder / "due" / DELIVER / chat_id).exists()]
        return [Letter(chat_id) for chat_id in due[:room]], due[room:]

    def renew(self, parcels: Sequence[Letter]) -> None: ...

    def send(self, parcel: Letter) -> list[str]:
        return [parcel.chat_id] if self._runtime._do(DELIVER, parcel.chat_id) else []


def main() -> int:
    from workers import clock
    from workers import main as worker

    role, folder = sys.argv[1], Path(sys.argv[2])
    if role == "limited":
        return limited(folder)
    return {"worker": worker.run, "clock": clock.run}[role](lambda: FakeRuntime(folder))


def limited(folder: Path) -> int:
    """One worker with tight limits, until its queue is empty."""
    from workers import logs, rq_workers
    from workers.runtime import set_runtime

    logs.configure()
    runtime = FakeRuntime(folder)
    set_runtime(runtime)
    rq_workers.GRACE_AFTER_TIMEOUT = -299.0  # one second is left of a compile's five minutes
    worker = rq_workers.limited_worker(runtime.redis.url(), 300 << 20, QUEUES[COMPILE_REPORT])
    worker.work(burst=True, logging_level=None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
