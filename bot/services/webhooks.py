"""Tell addresses outside what happened: stored in the transaction in which it did, posted after, tried for two days."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from bot.domain.agencies import AgencyId
from bot.domain.errors import BadInput, KaonaError, NotFound
from bot.domain.people import PersonId
from bot.domain.plans import Measure
from bot.domain.updates import Update
from bot.domain.webhooks import HookDelivery, HookDeliveryId, HookEvent, Webhook, WebhookId, next_try
from bot.ports.outside import Clock, HookPoster, Ids
from bot.ports.store import Store, UnitOfWork
from bot.services.logbook import Action, note

log = logging.getLogger(__name__)

MOST_HOOKS = 5
"""Addresses of one agency."""

LONGEST_URL = 500
CLAIM = timedelta(minutes=2)
"""A try takes seconds; after that it may be tried again by somebody else."""


def make_webhook(
    uow: UnitOfWork,
    ids: Ids,
    at: datetime,
    by: PersonId,
    agency_id: AgencyId,
    url: str,
    events: Collection[HookEvent],
    *,
    loopback: bool,
) -> tuple[Webhook, str]:
    """Add an address; its secret is returned to be shown once.

    Raises:
        BadInput: no https address (http on this machine while LINE is played here), no event, or too many addresses;
            `field` names it.
    """
    url = url.strip()
    parts = _split(url)
    here = loopback and parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    if not (here or (parts.scheme == "https" and parts.hostname)) or len(url) > LONGEST_URL or parts.username:
        raise BadInput("an address begins with https://", field="url")
    if not events:
        raise BadInput("an address is told something", field="events")
    if len(uow.webhooks.of_agency(agency_id)) >= MOST_HOOKS:
        raise BadInput(f"at most {MOST_HOOKS} addresses", field="count")
    hook = Webhook(
        id=WebhookId(ids.new()),
        agency_id=agency_id,
        url=url,
        events=tuple(event for event in HookEvent if event in events),
        made_by=by,
        made_at=at,
    )
    secret = ids.secret()
    uow.webhooks.add(hook, secret)
    note(uow, ids, at, by, Action.WEBHOOK_MADE, agency_id, host=parts.hostname)
    return hook, secret


def end_webhook(
    uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, agency_id: AgencyId, webhook_id: WebhookId
) -> Webhook:
    """Tell an address nothing more.

    Raises:
        NotFound: the agency has no such living address.
    """
    found = uow.webhooks.get(webhook_id)
    if found is None or found[0].agency_id != agency_id or not uow.webhooks.end(webhook_id, at):
        raise NotFound("there is no such address")
    note(uow, ids, at, by, Action.WEBHOOK_ENDED, agency_id, host=_split(found[0].url).hostname)
    return found[0]


def announce(
    uow: UnitOfWork, ids: Ids, at: datetime, agency_id: AgencyId, event: HookEvent, data: dict[str, Any]
) -> int:
    """Store the event for every address that wants it; returns for how many. Texts and names never go along."""
    hooks = [hook for hook in uow.webhooks.of_agency(agency_id) if event in hook.events]
    body = {"event": event.value, "at": at.isoformat(), "agency": agency_id, **data}
    uow.webhooks.put(
        [
            HookDelivery(
                id=HookDeliveryId(ids.new()),
                webhook_id=hook.id,
                event=event,
                body=body,
                created_at=at,
                next_try_at=at,
            )
            for hook in hooks
        ]
    )
    return len(hooks)


def announce_update(
    uow: UnitOfWork, ids: Ids, at: datetime, event: HookEvent, measure: Measure, update: Update
) -> None:
    """Tell of an update: which measure of which round, and its status."""
    data = {
        "fiscal_year": int(measure.fiscal_year),
        "round": update.round_no.value,
        "measure": measure.no,
        "status": update.status.value if update.status else None,
    }
    announce(uow, ids, at, measure.agency_id, event, data)


def signature(secret: str, at: int, body: bytes) -> str:
    """The header Kaona-Signature: the moment (Unix seconds) and HMAC-SHA256 of it, a full stop and the body."""
    mac = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={mac}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostWebhook:
    """The use case with everything it needs."""

    store: Store
    clock: Clock
    poster: HookPoster

    def __call__(self, delivery_id: HookDeliveryId) -> bool:
        """Try one delivery that is due; whether its address took it."""
        now = self.clock.now()
        with self.store.write() as uow:
            delivery = uow.webhooks.claim(delivery_id, now, now + CLAIM)
            found = uow.webhooks.get(delivery.webhook_id) if delivery else None
        if delivery is None or found is None or found[0].ended_at is not None:
            return False
        hook, secret = found
        error = self._post(hook, secret, delivery, now)
        after = self.clock.now()
        if error is None:
            settled = replace(delivery, sent_at=after, next_try_at=None, error=None)
        else:
            settled = replace(delivery, next_try_at=next_try(delivery.attempts, after), error=error)
        with self.store.write() as uow:
            uow.webhooks.save(settled)
        return error is None

    def _post(self, hook: Webhook, secret: str, delivery: HookDelivery, now: datetime) -> str | None:
        """Why it was not taken; None when it was."""
        body = json.dumps({"id": delivery.id, **delivery.body}, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Kaona",
            "Kaona-Event": delivery.event.value,
            "Kaona-Delivery": delivery.id,
            "Kaona-Signature": signature(secret, int(now.timestamp()), body),
        }
        try:
            status = self.poster.post(hook.url, headers, body)
        except KaonaError as problem:
            return problem.detail
        return None if 200 <= status < 300 else f"HTTP {status}"


def _split(url: str) -> Any:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return urlsplit("")
    return parts
