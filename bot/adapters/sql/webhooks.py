"""Webhooks that go out, and what is on its way to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, select, update

from bot.adapters.sql.rows import Repository, Transaction, columns, load, values
from bot.adapters.sql.seal import Seal
from bot.adapters.sql.tables import hook_deliveries, webhooks
from bot.domain.agencies import AgencyId
from bot.domain.webhooks import HookDelivery, HookDeliveryId, HookEvent, Webhook, WebhookId


class SqlWebhooks(Repository):
    """Keeps bot.ports.store.Webhooks."""

    def __init__(self, transaction: Transaction, seal: Seal) -> None:
        super().__init__(transaction)
        self._seal = seal

    def add(self, hook: Webhook, secret: str) -> None:
        """Insert."""
        self._rows.change(insert(webhooks).values(secret=self._seal.close(secret), **values(hook)))

    def get(self, webhook_id: WebhookId) -> tuple[Webhook, str] | None:
        """By id."""
        query = select(*columns(Webhook, webhooks), webhooks.c.secret).where(webhooks.c.id == webhook_id)
        row = self._rows.first(query)
        return (_hook(load(Webhook, row)), self._seal.open(row["secret"])) if row else None

    def of_agency(self, agency_id: AgencyId) -> list[Webhook]:
        """The oldest first."""
        kept = webhooks.c
        query = select(*columns(Webhook, webhooks)).where(kept.agency_id == agency_id, kept.ended_at.is_(None))
        return [_hook(load(Webhook, row)) for row in self._rows.all(query.order_by(kept.made_at, kept.id))]

    def end(self, webhook_id: WebhookId, at: datetime) -> bool:
        """Write the moment down once, and give up what is on its way."""
        living = update(webhooks).where(webhooks.c.id == webhook_id, webhooks.c.ended_at.is_(None))
        if self._rows.change(living.values(ended_at=at)) == 0:
            return False
        waiting = update(hook_deliveries).where(hook_deliveries.c.webhook_id == webhook_id)
        self._rows.change(waiting.values(next_try_at=None))
        return True

    def put(self, deliveries: Sequence[HookDelivery]) -> None:
        """Insert."""
        if deliveries:
            self._rows.change(insert(hook_deliveries), [values(each) for each in deliveries])

    def claim(self, delivery_id: HookDeliveryId, now: datetime, until: datetime) -> HookDelivery | None:
        """One statement, so that one caller gets it."""
        kept = hook_deliveries.c
        claimed = (
            update(hook_deliveries)
            .where(kept.id == delivery_id, kept.next_try_at <= now)
            .values(next_try_at=until, attempts=kept.attempts + 1)
            .returning(*columns(HookDelivery, hook_deliveries))
        )
        row = self._rows.changed(claimed)
        return load(HookDelivery, row) if row else None

    def save(self, delivery: HookDelivery) -> None:
        """Overwrite."""
        self._rows.change(
            update(hook_deliveries).where(hook_deliveries.c.id == delivery.id).values(values(delivery, "id"))
        )

    def due(self, now: datetime, limit: int) -> list[HookDeliveryId]:
        """Longest waiting first."""
        kept = hook_deliveries.c
        query = select(kept.id).where(kept.next_try_at <= now).order_by(kept.next_try_at, kept.seq).limit(limit)
        return [HookDeliveryId(each) for each in self._rows.scalars(query)]

    def deliveries(self, webhook_id: WebhookId, limit: int) -> list[HookDelivery]:
        """Newest first."""
        kept = hook_deliveries.c
        query = select(*columns(HookDelivery, hook_deliveries)).where(kept.webhook_id == webhook_id)
        return [load(HookDelivery, row) for row in self._rows.all(query.order_by(kept.seq.desc()).limit(limit))]


def _hook(hook: Webhook) -> Webhook:
    return replace(hook, events=tuple(map(HookEvent, hook.events)))
