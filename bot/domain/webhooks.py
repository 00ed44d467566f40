"""Webhooks that go out: what happened in an agency is told to an address of its choice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NewType

from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId

WebhookId = NewType("WebhookId", str)
HookDeliveryId = NewType("HookDeliveryId", str)


class HookEvent(StrEnum):
    """What can be told."""

    UPDATE_SUBMITTED = "update.submitted"
    UPDATE_ACCEPTED = "update.accepted"
    UPDATE_RETURNED = "update.returned"
    REPORT_READY = "report.ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """An address that is told; its secret is kept sealed, to sign with."""

    id: WebhookId
    agency_id: AgencyId
    url: str
    events: tuple[HookEvent, ...]
    made_by: PersonId
    made_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HookDelivery:
    """One event on its way to one address.

    Attributes:
        next_try_at: not before then; None once it was taken or given up.
        sent_at: when the address took it.
        error: why the last try failed.
    """

    id: HookDeliveryId
    webhook_id: WebhookId
    event: HookEvent
    body: Mapping[str, Any]
    created_at: datetime
    next_try_at: datetime | None
    attempts: int = 0
    sent_at: datetime | None = None
    error: str | None = None


WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 12 * 60, 24 * 60))
"""How long after each failed try the next one is; after the last it is given up: two days in all."""


def next_try(failed: int, now: datetime) -> datetime | None:
    """When to try again after so many failed tries; None for never."""
    return now + WAITS[failed - 1] if failed <= len(WAITS) else None
