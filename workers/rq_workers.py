"""RQ's workers with our manners: stop without cutting a turn, outlive any Redis, keep within memory."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import time
from types import FrameType
from typing import Any, TypeVar

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import SimpleWorker, Worker
from rq.exceptions import StopRequested
from rq.job import Job
from rq.queue import Queue
from rq.timeouts import UnixSignalDeathPenalty
from rq.worker import BaseWorker, WorkerStatus
from rq.worker_registration import register

from bot.adapters.redis_.queue import SERIALIZER, function_of, waiting_key_of
from bot.jobs import COMPILE_REPORT
from workers.lifeline import end_with_parent
from workers.retries import attempt
from workers.runtime import runtime

log = logging.getLogger("kaona.worker")

WORKER_LIFE = 20
"""Seconds; RQ waits for a job 15 s less than this at a time, and 10 s more for an answer."""

LONGEST_RECONNECT_PAUSE = 3.0
"""Seconds; RQ would let it grow to a minute, and everything due must go on within 15 s."""

GRACE_AFTER_TIMEOUT = 5.0
"""Seconds that a job has to end by itself after its time is up."""


W = TypeVar("W", bound="Mannered")


def worker_connection(url: str) -> redis.Redis:
    """A client that may wait for a job; one retry covers a connection lost while idle."""
    return redis.Redis.from_url(
        url,
        socket_connect_timeout=2,
        socket_timeout=WORKER_LIFE,
        health_check_interval=30,
        retry=Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,)),
    )


class Mannered(BaseWorker):
    """What both kinds of worker share; stands before one of RQ's classes."""

    max_connection_wait_time = LONGEST_RECONNECT_PAUSE
    log_result_lifespan = False

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Say that the hint no longer waits, before the work looks at the database; then work."""
        self.connection.delete(waiting_key_of(job))
        super().execute_job(job, queue)

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Stop now when idle, else when the job in hand is done; asking again changes nothing."""
        if self._stop_requested:
            return
        self._stop_requested = True
        if self.get_state() != WorkerStatus.BUSY:
            raise StopRequested

    def _install_signal_handlers(self) -> None:
        signal.signal(signal.SIGTERM, self.request_stop)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the supervisor passes it on

    def subscribe(self) -> None:
        """RQ's remote commands are not used: no thread, no connection, nobody to obey."""

    def unsubscribe(self) -> None:
        """See subscribe."""

    def run_maintenance_tasks(self) -> None:
        """RQ's, and being on the list of workers again after a flush."""
        super().run_maintenance_tasks()  # type: ignore[no-untyped-call]
        register(self)

    def teardown(self) -> None:
        """Sign off, if there is a Redis to sign off from."""
        with contextlib.suppress(redis.RedisError):
            super().teardown()  # type: ignore[no-untyped-call]


class TurnWorker(Mannered, SimpleWorker):
    """Works in its own process, without a fork per job: a fork costs more than a turn."""


class TimeUp(UnixSignalDeathPenalty):
    """Ends a job whose time is up with an error that the program knows."""

    def handle_death_penalty(self, signum: int, frame: FrameType | None) -> None:
        """Raise it where the job is."""
        raise TimeoutError(f"the job took longer than {self._timeout} s")


class LimitedWorker(Mannered, Worker):
    """Forks for each job and ends what takes too long or too much memory."""

    death_penalty_class = TimeUp
    memory_limit = 1 << 30
    _horse_until = 0.0
    _horse_job: tuple[str, tuple[str, ...]] = ("", ())

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        """Fork, and note until when the job may run."""
        self._horse_until = time.monotonic() + float(job.timeout or 0) + GRACE_AFTER_TIMEOUT
        self._horse_job = (job.func_name or "", tuple(job.args or ()))
        super().fork_work_horse(job, queue)

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        """In the fork: end with the worker, and use no connection of its."""
        end_with_parent(self.pid or 0, signal.SIGKILL)
        runtime().after_fork()
        super().main_work_horse(job, queue)

    def wait_for_horse(self) -> tuple[int | None, int | None, Any]:
        """Wait for the fork's end, with an eye on its time and memory; RQ interrupts this for its heartbeat."""
        pause = 0.005
        while True:
            try:
                pid, status, usage = os.wait4(self.horse_pid, os.WNOHANG)
            except ChildProcessError:
                return None, None, None
            if pid:
                return pid, status, usage
            time.sleep(pause)
            pause = min(pause * 1.5, 0.1)
            self._keep_within_limits()

    def _keep_within_limits(self) -> None:
        over = None
        if resident_bytes(self.horse_pid) > self.memory_limit:
            over = "memory"
        elif time.monotonic() > self._horse_until:
            over = "time"
        if over:
            log.error("job.over_limit", extra={"over": over, "queues": ",".join(self.queue_names())})
            self.kill_horse()
            self._say_cut_off(over)

    def _say_cut_off(self, over: str) -> None:
        name, arguments = self._horse_job
        self._horse_job = ("", ())
        if name == function_of(COMPILE_REPORT) and arguments:
            attempt("cut_off", lambda report_id: runtime().compile_cut_off(report_id, over), arguments[0])


def resident_bytes(pid: int) -> int:
    """The memory a process holds; 0 when it is gone."""
    if not os.path.exists("/proc/self/statm"):  # macOS
        told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
        return int(told.stdout.strip() or 0) * 1024
    try:
        with open(f"/proc/{pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def turn_worker(url: str, *queues: str) -> TurnWorker:
    """A worker for short jobs of these queues."""
    return _made(TurnWorker, url, queues)


def limited_worker(url: str, memory_limit: int, *queues: str) -> LimitedWorker:
    """A worker for long and heavy jobs of these queues."""
    made = _made(LimitedWorker, url, queues)
    made.memory_limit = memory_limit
    return made


def _made(kind: type[W], url: str, queues: tuple[str, ...]) -> W:
    return kind(
        list(queues),
        connection=worker_connection(url),
        serializer=SERIALIZER,
        worker_ttl=WORKER_LIFE,
        maintenance_interval=60,
        log_job_description=False,
        default_result_ttl=0,
    )
