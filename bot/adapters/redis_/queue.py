"""Hints to the workers, as RQ jobs: quick, forgetful, and no more than one waiting for the same work."""

from __future__ import annotations

from functools import cache

import redis
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from bot.adapters.redis_.connection import GuardedRedis
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

SERIALIZER = JSONSerializer
"""Arguments are ids; pickle would let whoever can write to Redis run code here."""

TIMEOUTS = {
    CHAT_TURN: 30,
    DELIVER: 60,
    FETCH_MEDIA: 120,
    COMPILE_REPORT: 300,
    NOTE_QUOTA: 60,
    LINK_MENUS: 120,
    POST_WEBHOOK: 60,
    LOOK_AT_LINKS: 180,
    DRAW_PAGES: 120,
}
"""Seconds a job may run; a delivery only waits here for a free place among those in flight."""

LIFE_OF_A_HINT = 900
"""Seconds after which a job nobody took is forgotten; the sweep asks again for what is still due."""

LIFE_OF_A_FAILURE = 3600
"""Seconds for which RQ's own tools can show a failed job."""

DOUBLES_IGNORED_FOR_MS = 4_000
"""A hint that is waiting makes doubles needless, but it may be lost with its worker: not for longer than this."""

LONGEST_QUEUE = 5_000
"""With so much waiting the workers are behind anyway; the sweep finds the rest when they have caught up."""


def function_of(job: str) -> str:
    """The path of the function that does a job."""
    return f"workers.jobs.{job}.run"


def waiting_key(job: str, *args: str) -> str:
    """The key that exists while a hint for this very work waits; whoever begins the work deletes it first."""
    return ":".join(("kaona", "waiting", job, *args))


def waiting_key_of(job: Job) -> str:
    """The same, of a job that a worker holds in its hands."""
    return waiting_key(str(job.func_name).split(".")[-2], *(str(arg) for arg in job.args))


class RqJobQueue:
    """Keeps bot.ports.outside.JobQueue's promise on RQ."""

    def __init__(self, guarded: GuardedRedis) -> None:
        self._redis = guarded

    def enqueue(self, job: str, *args: str) -> None:
        """Ask for a job by its name in bot.jobs; never raises because the queue is away."""
        name = QUEUES[job]
        self._redis.attempt("enqueue", lambda client: _push(client, name, job, args), None)


def _push(client: redis.Redis, name: str, job: str, args: tuple[str, ...]) -> None:
    queue = _queue(client, name)
    asked = client.pipeline(transaction=False)
    asked.set(waiting_key(job, *args), 1, nx=True, px=DOUBLES_IGNORED_FOR_MS)
    asked.llen(queue.key)
    is_first, waiting = asked.execute()
    if not is_first or waiting >= LONGEST_QUEUE:
        return
    made = queue.create_job(
        function_of(job),
        args=args,
        timeout=TIMEOUTS[job],
        result_ttl=0,
        ttl=LIFE_OF_A_HINT,
        failure_ttl=LIFE_OF_A_FAILURE,
        description=job,
    )
    pushed = client.pipeline()
    queue.enqueue_job(made, pipeline=pushed)
    pushed.execute()


@cache
def _queue(client: redis.Redis, name: str) -> Queue:
    return Queue(name, connection=client, serializer=SERIALIZER)
