"""What is to be told outside is claimed once, tried again, and given up with its address, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.webhooks import WAITS, HookDelivery, HookDeliveryId, HookEvent, Webhook, WebhookId, next_try
from bot.ports.store import Store
from tests.contracts.office import AGENCY, NOW, SOMCHAI, later

HOOK = Webhook(
    id=WebhookId("hook-1"),
    agency_id=AGENCY,
    url="https://hooks.example/kaona",
    events=(HookEvent.UPDATE_SUBMITTED, HookEvent.REPORT_READY),
    made_by=SOMCHAI,
    made_at=NOW,
)


def a_delivery(number: int = 1, **fields: Any) -> HookDelivery:
    return HookDelivery(
        **{
            "id": HookDeliveryId(f"delivery-{number}"),
            "webhook_id": HOOK.id,
            "event": HookEvent.REPORT_READY,
            "body": {"report": "r-1", "round": 6},
            "created_at": NOW,
            "next_try_at": NOW,
        }
        | fields
    )


def test_an_address_comes_back_with_its_secret_until_it_is_ended(office: Store) -> None:
    with office.write() as uow:
        uow.webhooks.add(HOOK, "a secret")
    with office.write() as uow:
        assert uow.webhooks.get(HOOK.id) == (HOOK, "a secret")
        assert uow.webhooks.of_agency(AGENCY) == [HOOK]
        assert uow.webhooks.end(HOOK.id, later(hours=1))
        assert not uow.webhooks.end(HOOK.id, later(hours=2))
        assert uow.webhooks.of_agency(AGENCY) == []


def test_what_is_due_is_claimed_once_and_counts_its_tries(office: Store) -> None:
    with office.write() as uow:
        uow.webhooks.add(HOOK, "a secret")
        uow.webhooks.put([a_delivery(2, next_try_at=later(minutes=1)), a_delivery(1)])
    with office.write() as uow:
        assert uow.webhooks.due(NOW, 9) == ["delivery-1"]
        assert uow.webhooks.due(later(minutes=1), 9) == ["delivery-1", "delivery-2"]
        claimed = uow.webhooks.claim(HookDeliveryId("delivery-1"), NOW, later(minutes=2))
        assert claimed == a_delivery(attempts=1, next_try_at=later(minutes=2))
        assert uow.webhooks.claim(HookDeliveryId("delivery-1"), NOW, later(minutes=2)) is None
        uow.webhooks.save(replace(claimed, sent_at=later(minutes=1), next_try_at=None))
    with office.read() as uow:
        assert uow.webhooks.due(later(hours=9), 9) == ["delivery-2"]
        assert [each.id for each in uow.webhooks.deliveries(HOOK.id, 9)] == ["delivery-1", "delivery-2"]


def test_what_is_on_its_way_to_an_ended_address_is_given_up(office: Store) -> None:
    with office.write() as uow:
        uow.webhooks.add(HOOK, "a secret")
        uow.webhooks.put([a_delivery()])
        uow.webhooks.end(HOOK.id, NOW)
        assert uow.webhooks.due(later(hours=9), 9) == []


def test_tries_grow_apart_and_end_within_two_days() -> None:
    assert next_try(1, NOW) == NOW + timedelta(minutes=1)
    assert next_try(len(WAITS) + 1, NOW) is None
    assert list(WAITS) == sorted(WAITS)
    assert sum(WAITS, timedelta()) < timedelta(days=2)
