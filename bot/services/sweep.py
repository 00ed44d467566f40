"""Find again in the database whatever a lost hint has left behind, and ask for it once more."""

from __future__ import annotations

from datetime import timedelta

from bot.jobs import CHAT_TURN, COMPILE_REPORT, DELIVER, FETCH_MEDIA, POST_WEBHOOK
from bot.ports.outside import Clock, JobQueue
from bot.ports.store import Store

PATIENCE = timedelta(seconds=2)
"""Events younger than this are on their way by their own hint."""

AT_ONCE = 500

ALL_DUE = "*"
"""The argument of a delivery that means whatever is due, whoever's it is: one hint for a whole plan of reminders."""

DUE_AT_ONCE = 2_000
"""Chats looked up at once when whatever is due is to be delivered; when they are served the next are looked up."""


def sweep(store: Store, queue: JobQueue, clock: Clock) -> dict[str, int]:
    """Ask for every job that is due; returns how many of each. Doubled hints find nothing and cost little."""
    now = clock.now()
    with store.read() as uow:
        work: dict[str, list[str]] = {
            CHAT_TURN: [*uow.chats.chats_with_unread(now - PATIENCE, AT_ONCE)],
            DELIVER: [*uow.outbox.chats_due(now, AT_ONCE)],
            FETCH_MEDIA: [wanted.evidence_id for wanted in uow.updates.wanted_media(now, AT_ONCE)],
            COMPILE_REPORT: [*uow.reports.waiting(now, AT_ONCE)],
            POST_WEBHOOK: [*uow.webhooks.due(now, AT_ONCE)],
        }
    for job, arguments in work.items():
        for argument in arguments if job != DELIVER else arguments[:1] and [ALL_DUE]:
            queue.enqueue(job, argument)
    return {job: len(arguments) for job, arguments in work.items()}
