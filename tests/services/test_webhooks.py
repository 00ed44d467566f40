"""What happens in an agency is told to its addresses: signed, without texts, tried again, never to our own network."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.adapters.hooks import HookPost
from bot.domain.errors import BadInput, OutsideWorld
from bot.domain.webhooks import WAITS, HookDeliveryId, HookEvent, WebhookId
from bot.services.webhooks import MOST_HOOKS, announce, end_webhook, make_webhook
from tests import builders
from tests.services.desk import Desk

ALL = tuple(HookEvent)


class Listener:
    """Another program at an address of this machine."""

    def __init__(self) -> None:
        self.status = 200
        self.heard: list[tuple[dict[str, str], bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.heard.append((dict(self.headers), body))
                self.send_response(outer.status)
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hooks?from=kaona"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def office(desk: Desk) -> Desk:
    object.__setattr__(desk.rt.settings, "line_api_base", "http://127.0.0.1:1")
    return desk


def hook(desk: Desk, url: str, *events: HookEvent) -> tuple[WebhookId, str]:
    with desk.rt.store.write() as uow:
        now, by = desk.clock.now(), builders.PERSON.id
        made, secret = make_webhook(uow, desk.ids, now, by, builders.AGENCY.id, url, events or ALL, loopback=True)
    return made.id, secret


def happens(desk: Desk, event: HookEvent = HookEvent.REPORT_READY) -> int:
    with desk.rt.store.write() as uow:
        return announce(uow, desk.ids, desk.clock.now(), builders.AGENCY.id, event, {"round": 6})


def due(desk: Desk) -> list[HookDeliveryId]:
    with desk.rt.store.read() as uow:
        return uow.webhooks.due(desk.clock.now(), 99)


def test_an_event_is_posted_once_signed_over_its_moment_and_body(office: Desk, listener: Listener) -> None:
    _, secret = hook(office, listener.url)
    assert happens(office) == 1
    [delivery] = due(office)
    assert office.rt.post_webhook(delivery)
    assert not office.rt.post_webhook(delivery)
    [(headers, body)] = listener.heard
    moment, mac = (part.split("=")[1] for part in headers["Kaona-Signature"].split(","))
    assert hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest() == mac
    assert int(moment) == int(office.clock.now().timestamp())
    assert json.loads(body) == {
        "id": delivery,
        "event": "report.ready",
        "at": office.clock.now().isoformat(),
        "agency": builders.AGENCY.id,
        "round": 6,
    }


def test_only_the_events_that_were_asked_for_are_told(office: Desk, listener: Listener) -> None:
    hook(office, listener.url, HookEvent.UPDATE_RETURNED)
    assert happens(office, HookEvent.REPORT_READY) == 0
    assert happens(office, HookEvent.UPDATE_RETURNED) == 1


@pytest.mark.parametrize("status", [500, 404, 302])
def test_what_is_not_taken_is_tried_again_later_and_given_up_in_the_end(
    office: Desk, listener: Listener, status: int
) -> None:
    hook_id, _ = hook(office, listener.url)
    happens(office)
    [delivery] = due(office)
    listener.status = status
    for number, wait in enumerate(WAITS, 1):
        assert not office.rt.post_webhook(delivery)
        assert len(listener.heard) == number
        assert due(office) == []
        office.clock.pass_time(seconds=wait.total_seconds())
        assert due(office) == [delivery]
    assert not office.rt.post_webhook(delivery)
    office.clock.pass_time(days=9)
    assert due(office) == []
    with office.rt.store.read() as uow:
        [kept] = uow.webhooks.deliveries(hook_id, 9)
    assert (kept.sent_at, kept.error, kept.attempts) == (None, f"HTTP {status}", len(WAITS) + 1)


def test_a_try_that_was_cut_off_is_made_again(office: Desk, listener: Listener) -> None:
    hook(office, listener.url)
    happens(office)
    [delivery] = due(office)
    with office.rt.store.write() as uow:  # as a worker does that is killed after it
        uow.webhooks.claim(delivery, office.clock.now(), office.clock.now() + timedelta(minutes=2))
    assert due(office) == []
    office.clock.pass_time(minutes=2)
    assert office.rt.post_webhook(delivery)


def test_an_address_that_was_ended_hears_nothing_more(office: Desk, listener: Listener) -> None:
    hook_id, _ = hook(office, listener.url)
    happens(office)
    [delivery] = due(office)
    with office.rt.store.write() as uow:
        end_webhook(uow, office.ids, office.clock.now(), builders.PERSON.id, builders.AGENCY.id, hook_id)
    assert not office.rt.post_webhook(delivery)
    assert happens(office) == 0
    assert listener.heard == []


def test_the_sweep_finds_what_is_due(office: Desk, listener: Listener) -> None:
    hook(office, listener.url)
    happens(office)
    assert office.rt.sweep()["post_webhook"] == 1
    assert ("post_webhook", tuple(due(office))) in office.queue.jobs


@pytest.mark.parametrize(
    "url", ["http://hooks.example/", "ftp://hooks.example/", "https://", "ข้อความ", "https://me:pw@hooks.example/"]
)
def test_only_https_addresses_are_taken(office: Desk, url: str) -> None:
    with pytest.raises(BadInput):
        hook(office, url)


def test_an_agency_has_a_few_addresses_at_most(office: Desk) -> None:
    for number in range(MOST_HOOKS):
        hook(office, f"https://hooks.example/{number}")
    with pytest.raises(BadInput):
        hook(office, "https://hooks.example/one-more")


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://10.0.0.7/", "https://[::1]/", "https://169.254.169.254/"]
)
def test_nothing_is_posted_into_our_own_network(url: str) -> None:
    with pytest.raises(OutsideWorld, match="not a public"):
        HookPost(allow_loopback=False).post(url, {}, b"{}")
