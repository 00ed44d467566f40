"""What `python -m bot worker` runs: a parent that loads the program once and keeps its children alive.

The children share the parent's memory by copy-on-write. The parent itself opens no database and starts no
thread, so that it can fork at any time and is never too busy to notice a death or a wish to stop.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import redis

from bot.adapters.redis_.heartbeats import Heartbeats
from bot.domain.errors import KaonaError
from bot.jobs import QUEUES
from workers.children import CHAT, DELIVERIES, MEDIA, REPORTS, Child, run_child
from workers.lifeline import end_with_parent
from workers.logs import configure as configure_logs
from workers.runtime import WorkerRuntime, set_runtime
from workers.wakeups import Wakeups

log = logging.getLogger("kaona.worker")

LOOK_EVERY = 2.0
"""Seconds between looks at Redis, and between signs of life."""

STOP_SECONDS = 8.5
"""For turns in hand after SIGTERM; then children are killed. The contract allows 10 s in all."""

SOUND_LIFE = 10.0
"""A child that lived so many seconds is replaced at once; one that died sooner after 0.2, 0.4 … 5 s."""

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 5.0


@dataclass(slots=True, kw_only=True)
class Post:
    """A child's place: who holds it now, or when it is to be filled again."""

    child: Child
    pid: int = 0
    since: float = 0.0
    due: float = 0.0
    pause: float = field(default=FIRST_PAUSE / 2)

    def left(self, now: float) -> None:
        """Its holder has ended: be filled again soon, later each time it ends young."""
        young = now - self.since < SOUND_LIFE
        self.pause = min(self.pause * 2, LONGEST_PAUSE) if young else FIRST_PAUSE / 2
        self.due = now + (self.pause if young else 0.0)
        self.pid = 0


def run(runtime_factory: Callable[[], WorkerRuntime], *, chat_processes: int = 1) -> int:
    """Work until SIGTERM or SIGINT; returns the exit status.

    Raises:
        KaonaError: the program or its Redis cannot be started.
    """
    configure_logs()
    runtime = runtime_factory()
    runtime.redis.url()
    set_runtime(runtime)
    for job in QUEUES:
        importlib.import_module(f"workers.jobs.{job}")
    runtime.warm_up()
    gc.collect()
    gc.freeze()
    children = [*[CHAT] * chat_processes, DELIVERIES, MEDIA, REPORTS]
    return Supervisor(runtime, children).run()


class Supervisor:
    """Keeps the posts filled, and the embedded Redis running."""

    def __init__(self, runtime: WorkerRuntime, children: list[Child]) -> None:
        self._runtime = runtime
        self._posts = [Post(child=child) for child in children]
        self._wakeups = Wakeups(signal.SIGCHLD)
        self._beats = Heartbeats(runtime.redis)
        runtime.redis.start_no_threads()
        self._next_look = 0.0

    def run(self) -> int:
        """Until asked to stop."""
        log.info("worker.started", extra={"pid": os.getpid(), "children": len(self._posts)})
        while not self._wakeups.stopping:
            self._reap()
            self._look_after_redis()
            self._fill_posts()
            self._wakeups.sleep(self._until_next())
        self._stop_all()
        self._beats.end("worker")
        log.info("worker.stopped", extra={"pid": os.getpid()})
        return 0

    def _until_next(self) -> float:
        due = [post.due for post in self._posts if not post.pid]
        return min([self._next_look, *due]) - time.monotonic()

    def _look_after_redis(self) -> None:
        if time.monotonic() < self._next_look:
            return
        self._next_look = time.monotonic() + LOOK_EVERY
        try:
            self._runtime.redis.url()
        except KaonaError as why:
            log.error("worker.no_redis", extra={"why": why.detail})
            return
        self._beats.beat("worker", {"children": sum(1 for post in self._posts if post.pid)})

    def _fill_posts(self) -> None:
        for post in self._posts:
            if not post.pid and time.monotonic() >= post.due and not self._wakeups.stopping:
                post.pid = self._fork(post.child)
                post.since = time.monotonic()

    def _fork(self, child: Child) -> int:
        parent = os.getpid()
        sys.stdout.flush()
        sys.stderr.flush()
        ours = {signal.SIGTERM, signal.SIGINT, signal.SIGCHLD}
        signal.pthread_sigmask(signal.SIG_BLOCK, ours)  # none may reach the child while it has our handlers
        try:
            pid = os.fork()
            if pid == 0:
                self._wakeups.forget_in_child()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, ours)
        if pid == 0:
            os._exit(_live(child, self._runtime, parent))
        log.info("worker.child_started", extra={"role": child.role, "child": pid})
        return pid

    def _reap(self) -> None:
        for post in self._posts:
            if post.pid and self._has_ended(post.pid):
                post.left(time.monotonic())

    def _has_ended(self, pid: int) -> bool:
        try:
            ended, status = os.waitpid(pid, os.WNOHANG)
        except ChildProcessError:
            return True
        if ended:
            level = logging.INFO if self._wakeups.stopping else logging.WARNING
            log.log(level, "worker.child_ended", extra={"child": pid, "status": os.waitstatus_to_exitcode(status)})
        return bool(ended)

    def _stop_all(self) -> None:
        until = time.monotonic() + STOP_SECONDS
        self._signal_all(signal.SIGTERM)
        while self._living() and time.monotonic() < until:
            self._wakeups.sleep(min(until - time.monotonic(), 0.2))
            self._reap()
        if self._living():
            log.warning("worker.children_killed", extra={"children": len(self._living())})
            self._signal_all(signal.SIGKILL)
            for pid in self._living():
                os.waitpid(pid, 0)

    def _living(self) -> list[int]:
        return [post.pid for post in self._posts if post.pid]

    def _signal_all(self, number: signal.Signals) -> None:
        for pid in self._living():
            os.kill(pid, number)


def _live(child: Child, runtime: WorkerRuntime, parent: int) -> int:
    """A child's whole life, in which no exception may escape into the parent's code."""
    try:
        end_with_parent(parent, signal.SIGTERM)
        return run_child(child, runtime)
    except redis.RedisError as why:
        log.warning("worker.child_lost_redis", extra={"role": child.role, "why": type(why).__name__})
        return 1
    except BaseException:
        log.exception("worker.child_broke", extra={"role": child.role})
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
