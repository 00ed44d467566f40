"""Groups: make one, bring people and the bot in and out, speak in it as anybody, tap as anybody."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from bot.simulator.control.common import PREFIX, BadRequest, answer_errors, body, bot_wanted, number, wanted
from bot.simulator.control.people import content, uploads
from bot.simulator.people import Group
from bot.simulator.simulator import Simulator


def group_json(simulator: Simulator, group: Group) -> dict[str, Any]:
    """Show a group with its last line."""
    visible = [entry for entry in simulator.world.chat_of(group) if entry.shown]
    return {**group.as_json(), "last": visible[-1].as_json() if visible else None}


def blueprint(simulator: Simulator) -> Blueprint:
    """Build the routes for groups."""
    routes = Blueprint("groups", __name__, url_prefix=PREFIX + "/groups")
    answer_errors(routes)
    _coming_and_going(routes, simulator)
    _speaking(routes, simulator)
    _watching(routes, simulator)
    return routes


def _coming_and_going(routes: Blueprint, simulator: Simulator) -> None:
    gathering = simulator.gathering

    @routes.post("")
    def create() -> tuple[Response, int]:
        asked = body()
        members, kind = asked.get("members"), asked.get("kind", "group")
        if not isinstance(members, list) or kind not in ("group", "room"):
            raise BadRequest("members must be a list of people, and kind group or room")
        group = gathering.create(wanted(asked, "name"), [str(who) for who in members], kind=kind, bot=bot_wanted())
        return jsonify(group.as_json()), 201

    @routes.post("/<group_id>/bot")
    def invite(group_id: str) -> Response:
        gathering.invite_bot(group_id, bot_wanted())
        return jsonify({})

    @routes.delete("/<group_id>/bot")
    @routes.post("/<group_id>/bot/remove")
    def remove(group_id: str) -> Response:
        gathering.remove_bot(group_id)
        return jsonify({})

    @routes.post("/<group_id>/members")
    def join(group_id: str) -> Response:
        gathering.add_member(group_id, wanted(body(), "who"))
        return jsonify({})

    @routes.post("/<group_id>/members/<who>/leave")
    def leave(group_id: str, who: str) -> Response:
        gathering.remove_member(group_id, who)
        return jsonify({})


def _speaking(routes: Blueprint, simulator: Simulator) -> None:
    gathering = simulator.gathering

    @routes.post("/<group_id>/messages")
    def say(group_id: str) -> tuple[Response, int]:
        asked = body()
        entry = gathering.say(group_id, wanted(asked, "who"), content(asked), named=asked.get("named") is not False)
        return jsonify(entry.as_json()), 201

    @routes.post("/<group_id>/files")
    def send(group_id: str) -> tuple[Response, int]:
        who, named = request.form.get("who", ""), request.form.get("named") != "false"
        return jsonify([each.as_json() for each in gathering.send_files(group_id, who, uploads(), named=named)]), 201

    @routes.post("/<group_id>/unsend")
    def unsend(group_id: str) -> Response:
        asked = body()
        return jsonify(gathering.unsend(group_id, wanted(asked, "who"), wanted(asked, "message_id")).as_json())

    @routes.post("/<group_id>/edit")
    def edit(group_id: str) -> Response:
        asked = body()
        changed = gathering.edit(group_id, wanted(asked, "who"), wanted(asked, "message_id"), wanted(asked, "text"))
        return jsonify(changed.as_json())

    @routes.post("/<group_id>/tap")
    def tap(group_id: str) -> Response:
        asked = body()
        who, value = wanted(asked, "who"), asked.get("value")
        if "label" in asked:
            return jsonify(simulator.finger.tap_label(who, wanted(asked, "label"), value=value, group=group_id))
        message_id, path = wanted(asked, "message_id"), wanted(asked, "path")
        return jsonify(simulator.finger.tap_path(who, message_id, path, value=value, group=group_id))


def _watching(routes: Blueprint, simulator: Simulator) -> None:
    world = simulator.world

    @routes.get("/<group_id>/chat")
    def chat(group_id: str) -> Response:
        after = int(number("after", 0, 1e18))
        with world.lock:
            group = world.group(group_id)
            entries = [entry.as_json() for entry in world.chat_of(group) if entry.seq > after]
            return jsonify({"entries": entries, "group": group.as_json(), "menu": None, "loading_ms": 0})
