"""Sending: reply, push, multicast, broadcast, and their dry runs."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, g, jsonify, request

from bot.simulator import words
from bot.simulator.api.guard import current_channel, read_json
from bot.simulator.sending import Call, check_body
from bot.simulator.simulator import Simulator
from bot.simulator.words import Refused

_DRY_RUNS = ("reply", "push", "multicast", "narrowcast", "broadcast")


def blueprint(simulator: Simulator) -> Blueprint:
    """Build the routes for sending."""
    routes = Blueprint("messages", __name__)
    postman = simulator.postman

    def send(how: Callable[[Call], dict[str, Any]]) -> Response:
        call = Call(
            channel=current_channel(),
            body=read_json(),
            request_id=g.request_id,
            retry_key=request.headers.get("X-Line-Retry-Key"),
        )
        return jsonify(how(call))

    @routes.post("/v2/bot/message/reply")
    def reply() -> Response:
        return send(postman.reply)

    @routes.post("/v2/bot/message/push")
    def push() -> Response:
        return send(postman.push)

    @routes.post("/v2/bot/message/multicast")
    def multicast() -> Response:
        return send(postman.multicast)

    @routes.post("/v2/bot/message/broadcast")
    def broadcast() -> Response:
        return send(postman.broadcast)

    @routes.post("/v2/bot/message/narrowcast")
    def narrowcast() -> Response:
        raise Refused(403, words.NO_ACCESS)

    @routes.post("/v2/bot/message/validate/<how>")
    def validate(how: str) -> Response:
        if how not in _DRY_RUNS:
            raise Refused(404, words.NOT_FOUND)
        check_body(read_json(), ("messages",))
        return jsonify({})

    return routes
