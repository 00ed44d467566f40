"""Webhooks that go out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.agencies import AgencyId
from bot.domain.webhooks import HookDelivery, HookDeliveryId, Webhook, WebhookId


class Webhooks(Protocol):
    """Addresses that are told what happens, and what is on its way to them."""

    def add(self, hook: Webhook, secret: str) -> None: ...
    def get(self, webhook_id: WebhookId) -> tuple[Webhook, str] | None:
        """The address with its secret."""
        ...

    def of_agency(self, agency_id: AgencyId) -> list[Webhook]:
        """The living ones, the oldest first."""
        ...

    def end(self, webhook_id: WebhookId, at: datetime) -> bool:
        """Tell it nothing more, not even what is on its way; False when it had ended or is not there."""
        ...

    def put(self, deliveries: Sequence[HookDelivery]) -> None:
        """Store what is to be told."""
        ...

    def claim(self, delivery_id: HookDeliveryId, now: datetime, until: datetime) -> HookDelivery | None:
        """Take one that is due, counting the attempt and hiding it from others until then; None otherwise."""
        ...

    def save(self, delivery: HookDelivery) -> None: ...
    def due(self, now: datetime, limit: int) -> list[HookDeliveryId]:
        """What can be claimed, longest waiting first."""
        ...

    def deliveries(self, webhook_id: WebhookId, limit: int) -> list[HookDelivery]:
        """Newest first."""
        ...
