"""What the control routes share: reading bodies, and errors in plain words."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from bot.simulator.fingers import NothingToTap
from bot.simulator.speaking import NotPossible
from bot.simulator.world import NobodyThere

PREFIX = "/simulator/api"


class BadRequest(Exception):
    """A control call that lacks something or has it wrong."""


def body() -> dict[str, Any]:
    """Return the JSON object of the call, empty when there is none."""
    if not request.get_data():
        return {}
    found = request.get_json(silent=True)
    if not isinstance(found, dict):
        raise BadRequest("the body must be a JSON object")
    return found


def wanted(fields: dict[str, Any], name: str) -> str:
    """Return a text field that must be there."""
    value = fields.get(name)
    if not isinstance(value, str) or not value:
        raise BadRequest(f"{name} is missing")
    return value


def bot_wanted() -> str | None:
    """Return which account is meant; None means the main one."""
    return request.args.get("bot") or None


def number(name: str, otherwise: float, most: float) -> float:
    """Return a number from the query."""
    try:
        return min(float(request.args.get(name, otherwise)), most)
    except ValueError:
        raise BadRequest(f"{name} must be a number") from None


def answer_errors(routes: Blueprint) -> None:
    """Answer what goes wrong with a status and a sentence."""

    def say(status: int, problem: Exception) -> tuple[Response, int]:
        return jsonify({"error": str(problem)}), status

    routes.register_error_handler(BadRequest, lambda problem: say(400, problem))
    routes.register_error_handler(NobodyThere, lambda problem: say(404, problem))
    routes.register_error_handler(NothingToTap, lambda problem: say(404, problem))
    routes.register_error_handler(NotPossible, lambda problem: say(409, problem))
