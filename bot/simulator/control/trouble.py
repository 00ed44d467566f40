"""Trouble on order, switches, and the state of the webhooks."""

from typing import Any

from flask import Blueprint, Response, jsonify

from bot.simulator.control.common import PREFIX, BadRequest, answer_errors, body, bot_wanted, number
from bot.simulator.faults import FaultKind
from bot.simulator.simulator import Simulator

_FAULT_FIELDS: dict[str, type | tuple[type, ...]] = {
    "path": str,
    "method": str,
    "bot": str,
    "seconds": (int, float),
    "status": int,
    "calls": int,
}
_SWITCHES: dict[str, type | tuple[type, ...]] = {
    "redelivery": bool,
    "duplicates": bool,
    "bundle_events": bool,
    "timeout": (int, float),
}


def _checked(asked: dict[str, Any], known: dict[str, type | tuple[type, ...]]) -> dict[str, Any]:
    for name, value in asked.items():
        if name not in known or not isinstance(value, known[name]):
            raise BadRequest(f"{name} is not known here, or of the wrong kind")
    return asked


def blueprint(simulator: Simulator) -> Blueprint:
    """Build the routes for trouble and switches."""
    routes = Blueprint("trouble", __name__, url_prefix=PREFIX)
    answer_errors(routes)
    _faults(routes, simulator)
    _settings(routes, simulator)
    _webhooks(routes, simulator)
    return routes


def _faults(routes: Blueprint, simulator: Simulator) -> None:
    @routes.get("/faults")
    def listed() -> Response:
        return jsonify({"faults": simulator.faults.listed()})

    @routes.post("/faults")
    def add() -> tuple[Response, int]:
        asked = body()
        try:
            kind = FaultKind(asked.pop("kind", ""))
        except ValueError:
            raise BadRequest(f"kind must be one of {', '.join(FaultKind)}") from None
        wanted = {name: value for name, value in asked.items() if value is not None}
        return jsonify(simulator.faults.add(kind=kind, **_checked(wanted, _FAULT_FIELDS)).as_json()), 201

    @routes.delete("/faults")
    def clear_all() -> Response:
        simulator.faults.clear()
        return jsonify({})

    @routes.delete("/faults/<int:fault_id>")
    def clear(fault_id: int) -> Response:
        simulator.faults.clear(fault_id)
        return jsonify({})


def _settings(routes: Blueprint, simulator: Simulator) -> None:
    def shown() -> Response:
        settings = simulator.outbox.settings
        with simulator.world.lock:
            quota = simulator.world.channel(bot_wanted()).quota.limit
        names = {name: getattr(settings, name) for name in _SWITCHES}
        return jsonify({**names, "rate_limits": simulator.rate_limits, "monthly_quota": quota})

    @routes.get("/settings")
    def show() -> Response:
        return shown()

    @routes.put("/settings")
    def change() -> Response:
        asked = body()
        if "monthly_quota" in asked:
            limit = asked.pop("monthly_quota")
            if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int)):
                raise BadRequest("monthly_quota must be a whole number or null")
            with simulator.world.lock:
                channel = simulator.world.channel(bot_wanted())
                channel.quota.limit = limit
                simulator.world.feed.publish("account", {"bot": channel.id})
        if "rate_limits" in asked:
            simulator.rate_limits = bool(asked.pop("rate_limits"))
        for name, value in _checked(asked, _SWITCHES).items():
            setattr(simulator.outbox.settings, name, value)
        return shown()


def _webhooks(routes: Blueprint, simulator: Simulator) -> None:
    outbox = simulator.outbox

    @routes.get("/webhooks")
    def webhooks() -> Response:
        wait = number("wait", 0, 60)
        idle = outbox.wait_idle(wait)
        counts = dict(outbox.statistics)
        return jsonify({"idle": idle, "pending": outbox.pending(), "statistics": counts})

    @routes.post("/webhooks/redeliver")
    def redeliver() -> Response:
        return jsonify({"redelivered": outbox.redeliver_now()})

    @routes.put("/webhooks/url")
    def set_url() -> Response:
        url = body().get("url")
        if not isinstance(url, str) or not url.startswith(("http://", "https://")):
            raise BadRequest("url must be an http or https address")
        with simulator.world.lock:
            channel = simulator.world.channel(bot_wanted())
            channel.webhook_url = url
            simulator.world.keep_account(channel)
        return jsonify({})
