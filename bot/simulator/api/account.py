"""The account and its people: info, profile, quota, webhook settings, loading, read marks."""

import re
from typing import Any

from flask import Blueprint, Response, jsonify

from bot.simulator import words
from bot.simulator.api.guard import current_channel, read_json
from bot.simulator.simulator import Simulator
from bot.simulator.validation.report import Report
from bot.simulator.validation.urls import Url
from bot.simulator.words import Refused

_USER = re.compile(r"U[0-9a-f]{32}")
_LOADING_SECONDS = range(5, 61, 5)
_REASONS = {"ok": "OK"}


def blueprint(simulator: Simulator) -> Blueprint:
    """Build the routes about the account."""
    routes = Blueprint("account", __name__)
    _information(routes, simulator)
    _webhook(routes, simulator)
    _chat(routes, simulator)
    return routes


def _information(routes: Blueprint, simulator: Simulator) -> None:
    world = simulator.world

    @routes.get("/v2/bot/info")
    def info() -> Response:
        bot = current_channel().bot
        return jsonify(
            {
                "userId": bot.user_id,
                "basicId": f"@{bot.user_id[1:9]}",
                "displayName": bot.name,
                "chatMode": "bot",
                "markAsReadMode": "auto",
            }
        )

    @routes.get("/v2/bot/profile/<user_id>")
    def profile(user_id: str) -> Response:
        if not _USER.fullmatch(user_id):
            raise Refused(400, "The value for the 'userId' parameter is invalid")
        with world.lock:
            bond = current_channel().bonds.get(user_id)
            person = world.people.get(user_id)
            if person is None or bond is None or bond.blocked or not bond.known:
                raise Refused(404, words.NOT_FOUND)
            shown = {"userId": person.user_id, "displayName": person.name, "language": person.language}
            more = {"pictureUrl": person.picture_url, "statusMessage": person.status_message}
            return jsonify({**shown, **{name: value for name, value in more.items() if value}})

    @routes.get("/v2/bot/message/quota")
    def quota() -> Response:
        limit = current_channel().quota.limit
        return jsonify({"type": "none"} if limit is None else {"type": "limited", "value": limit})

    @routes.get("/v2/bot/message/quota/consumption")
    def consumption() -> Response:
        with world.lock:
            return jsonify({"totalUsage": current_channel().quota.usage(world.now())})

    @routes.get("/v2/bot/followers/ids")
    def followers() -> Response:
        raise Refused(403, words.NO_ACCESS)


def _webhook(routes: Blueprint, simulator: Simulator) -> None:
    @routes.get("/v2/bot/channel/webhook/endpoint")
    def endpoint() -> Response:
        channel = current_channel()
        return jsonify({"endpoint": channel.webhook_url, "active": channel.webhook_active})

    @routes.put("/v2/bot/channel/webhook/endpoint")
    def set_endpoint() -> Response:
        url = _checked_endpoint(read_json())
        with simulator.world.lock:
            channel = current_channel()
            channel.webhook_url = url
            simulator.world.keep_account(channel)
        return jsonify({})

    @routes.post("/v2/bot/channel/webhook/test")
    def test() -> Response:
        channel = current_channel()
        body = read_json()
        url = _checked_endpoint(body) if body.get("endpoint") else channel.webhook_url
        outcome = simulator.outbox.verify(channel, url)
        moment = simulator.world.now().isoformat(timespec="milliseconds")
        return jsonify(
            {
                "success": outcome.reason == "ok",
                "timestamp": moment,
                "statusCode": outcome.status or 0,
                "reason": _REASONS.get(outcome.reason, outcome.reason.upper()),
                "detail": outcome.detail,
            }
        )


def _checked_endpoint(body: dict[str, Any]) -> str:
    report = Report()
    Url(high=500).check(body.get("endpoint"), ("endpoint",), report)
    if report.problems:
        raise words.body_errors(*((each.property, each.message) for each in report.problems))
    return str(body["endpoint"])


def _chat(routes: Blueprint, simulator: Simulator) -> None:
    world = simulator.world

    @routes.post("/v2/bot/chat/loading/start")
    def loading() -> tuple[Response, int]:
        body = read_json()
        chat, seconds = body.get("chatId"), body.get("loadingSeconds", 20)
        if not isinstance(chat, str) or not _USER.fullmatch(chat):
            raise words.invalid_property("'chatId'")
        if isinstance(seconds, bool) or seconds not in _LOADING_SECONDS:
            raise words.invalid_property("'loadingSeconds'")
        with world.lock:
            channel = current_channel()
            until = world.now_ms() + seconds * 1000
            channel.loading_until[chat] = until
            world.feed.publish("loading", {"bot": channel.id, "user_id": chat, "seconds": seconds})
        return jsonify({}), 202

    @routes.post("/v2/bot/chat/markAsRead")
    def mark_as_read() -> Response:
        token = read_json().get("markAsReadToken")
        with world.lock:
            channel = current_channel()
            message_id = channel.read_tokens.get(str(token))
            newest = channel.entry(message_id) if message_id else None
            if newest is None:
                raise words.invalid_property("'markAsReadToken'")
            for entry in channel.chat(newest.user_id):
                if entry.by == "user" and entry.seq <= newest.seq and not entry.read:
                    entry.read = True
                    world.keep_entry(entry)
        return jsonify({})

    @routes.post("/v2/bot/message/markAsRead")
    def mark_as_read_partner() -> Response:
        raise Refused(403, words.NO_ACCESS)

    @routes.post("/v2/bot/user/<user_id>/linkToken")
    def link_token(user_id: str) -> Response:
        raise Refused(403, words.NO_ACCESS)
