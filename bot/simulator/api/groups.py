"""Groups and rooms as the bot may ask about them, and the way out."""

from flask import Blueprint, Response, jsonify

from bot.simulator import words
from bot.simulator.api.guard import current_channel
from bot.simulator.people import Group
from bot.simulator.simulator import Simulator
from bot.simulator.words import Refused

_KIND = "<any(group, room):kind>"


def blueprint(simulator: Simulator) -> Blueprint:
    """Build the routes about groups."""
    routes = Blueprint("line_groups", __name__)
    world = simulator.world

    def known(kind: str, group_id: str) -> Group:
        group = world.groups.get(group_id)
        if group is None or group.kind != kind or group.bot != current_channel().id:
            raise Refused(404, words.NOT_FOUND)
        return group

    @routes.get("/v2/bot/group/<group_id>/summary")
    def summary(group_id: str) -> Response:
        with world.lock:
            return jsonify({"groupId": group_id, "groupName": known("group", group_id).name})

    @routes.get(f"/v2/bot/{_KIND}/<group_id>/members/count")
    def count(kind: str, group_id: str) -> Response:
        with world.lock:
            return jsonify({"count": len(known(kind, group_id).members)})

    @routes.get(f"/v2/bot/{_KIND}/<group_id>/members/ids")
    def member_ids(kind: str, group_id: str) -> Response:
        raise Refused(403, words.NO_ACCESS)  # verified accounts only

    @routes.get(f"/v2/bot/{_KIND}/<group_id>/member/<user_id>")
    def member(kind: str, group_id: str, user_id: str) -> Response:
        with world.lock:
            if user_id not in known(kind, group_id).members:
                raise Refused(404, words.NOT_FOUND)
            return jsonify({"userId": user_id, "displayName": world.people[user_id].name})

    @routes.post(f"/v2/bot/{_KIND}/<group_id>/leave")
    def leave(kind: str, group_id: str) -> Response:
        with world.lock:
            known(kind, group_id)
            simulator.gathering.remove_bot(group_id, by_itself=True)
        return jsonify({})

    return routes
