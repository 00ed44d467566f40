"""LINE's webhook: check the signature, make every event durable, answer 200."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from bot.domain.errors import BadInput, OutsideWorld
from bot.ports.records import DEFAULT_CHANNEL, Channel
from bot.services.receive_events import receive_events
from handlers.admin.access import public
from handlers.line_events import incoming, split_body
from handlers.runtime import WebRuntime, runtime
from handlers.signatures import verify

log = logging.getLogger(__name__)
pages = Blueprint("webhook", __name__)

RETRY_AFTER = "5"


@pages.post("/callback")
@public
def callback() -> Response:
    """200 only after every event in the body is stored; 400 bad signature or body; 503 database away."""
    rt = runtime()
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        return _answer(400, "body too large")
    try:
        return _receive(rt, body, request.headers.get("x-line-signature"))
    except BadInput as problem:
        log.warning("webhook_refused reason=%s", problem.detail)
        return _answer(400, problem.detail)
    except OutsideWorld as problem:
        log.error("webhook_not_stored problem=%s", problem.detail)
        return _answer(503, "try again", {"Retry-After": RETRY_AFTER})


def _receive(rt: WebRuntime, body: bytes, signature: str | None) -> Response:
    if not signature:
        raise BadInput("no signature")
    channels = rt.channels()
    signed_by = [channel for channel in channels if verify(channel.secret, body, signature)]
    if not signed_by:
        raise BadInput("bad signature")
    destination, events = split_body(body)  # only now: never parse what nobody signed
    channel = _owner(channels, signed_by, destination)
    stored = receive_events(rt.store, rt.queue, rt.clock, rt.ids, channel.id, [incoming(raw) for raw in events])
    log.info("webhook channel=%s events=%d new=%d", channel.id, len(events), stored)
    _learn(rt, channel, destination)
    return _answer(200, "OK")


def _owner(channels: Sequence[Channel], signed_by: Sequence[Channel], destination: str) -> Channel:
    """The channel of a registered destination, which must have signed; of any other, the first that did."""
    for channel in channels:
        if destination and channel.bot_user_id == destination:
            if channel not in signed_by:
                raise BadInput("bad signature")
            return channel
    return signed_by[0]


def _learn(rt: WebRuntime, channel: Channel, destination: str) -> None:
    if channel.id == DEFAULT_CHANNEL or channel.bot_user_id is not None or not destination:
        return
    try:
        with rt.store.write() as uow:
            uow.channels.learn_bot_user_id(channel.id, destination)
    except OutsideWorld:  # the events are stored; the next body teaches it
        log.warning("destination_not_learnt channel=%s", channel.id)


def _answer(status: int, words: str, headers: dict[str, str] | None = None) -> Response:
    return Response(words, status, headers, mimetype="text/plain")
