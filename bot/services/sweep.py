"""Find again in the database whatever a lost hint has left behind, and ask for it once more."""

from __future__ import annotations

from datetime import timedelta

from bot.jobs import CHAT_TURN, COMPILE_REPORT, DELIVER, FETCH_MEDIA
from bot.ports.outside import Clock, JobQueue
from bot.ports.store import Store

PATIENCE = timedelta(seconds=2)
"""Events younger than this are on their way by their own hint."""

AT_ONCE = 500

DELIVERIES_AT_ONCE = 3_000
"""More than LINE's rate lets through between two sweeps, so that a large plan never waits for the next one."""


def sweep(store: Store, queue: JobQueue, clock: Clock) -> dict[str, int]:
    """Ask for every job that is due; returns how many of each. Doubled hints find nothing and cost little."""
    now = clock.now()
    with store.read() as uow:
        work: dict[str, list[str]] = {
            CHAT_TURN: [*uow.chats.chats_with_unread(now - PATIENCE, AT_ONCE)],
            DELIVER: [*uow.outbox.chats_due(now, DELIVERIES_AT_ONCE)],
            FETCH_MEDIA: [wanted.evidence_id for wanted in uow.updates.wanted_media(now, AT_ONCE)],
            COMPILE_REPORT: [*uow.reports.waiting(now, AT_ONCE)],
        }
    for job, arguments in work.items():
        for argument in arguments:
            queue.enqueue(job, argument)
    return {job: len(arguments) for job, arguments in work.items()}
