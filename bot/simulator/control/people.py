"""Being a person: create, follow, block, write, send, tap, take back."""

import re
from typing import Any

from flask import Blueprint, Response, jsonify, request

from bot.simulator import events
from bot.simulator.control.common import PREFIX, BadRequest, answer_errors, body, bot_wanted, wanted
from bot.simulator.media import Upload
from bot.simulator.simulator import Simulator
from bot.simulator.speaking import ALBUMS

_LONGEST_TEXT = 5000


def blueprint(simulator: Simulator) -> Blueprint:
    """Build the routes for acting as a person."""
    routes = Blueprint("people", __name__, url_prefix=PREFIX + "/people")
    answer_errors(routes)
    _friendship(routes, simulator)
    _writing(routes, simulator)
    _tapping(routes, simulator)
    return routes


def _friendship(routes: Blueprint, simulator: Simulator) -> None:
    speaker = simulator.speaker

    @routes.post("")
    def create() -> tuple[Response, int]:
        asked = body()
        follow = asked.get("follow", True)
        if not isinstance(follow, bool):
            raise BadRequest("follow must be true or false")
        name, user_id = wanted(asked, "name"), asked.get("user_id")
        if user_id is not None and not re.fullmatch("U[0-9a-f]{32}", str(user_id)):
            raise BadRequest("user_id must be U and 32 hexadecimal digits")
        person = speaker.create(name, follow=follow, bot=bot_wanted(), user_id=user_id)
        return jsonify(person.as_json()), 201

    @routes.post("/<who>/follow")
    @routes.post("/<who>/unblock")
    def follow(who: str) -> Response:
        speaker.follow(who, bot_wanted())
        return jsonify({})

    @routes.post("/<who>/block")
    def block(who: str) -> Response:
        speaker.block(who, bot_wanted())
        return jsonify({})


def _writing(routes: Blueprint, simulator: Simulator) -> None:
    speaker = simulator.speaker

    @routes.post("/<who>/messages")
    def say(who: str) -> tuple[Response, int]:
        return jsonify(speaker.say(who, content(body()), bot_wanted()).as_json()), 201

    @routes.post("/<who>/files")
    def send_files(who: str) -> tuple[Response, int]:
        return jsonify([entry.as_json() for entry in speaker.send_files(who, uploads(), bot_wanted(), _album())]), 201

    @routes.post("/<who>/unsend")
    def unsend(who: str) -> Response:
        return jsonify(speaker.unsend(who, wanted(body(), "message_id"), bot_wanted()).as_json())

    @routes.post("/<who>/postback")
    def postback(who: str) -> Response:
        asked = body()
        data, shown = wanted(asked, "data"), asked.get("display_text")
        speaker.postback(who, data, params=asked.get("params"), display_text=shown, bot=bot_wanted())
        return jsonify({})


def _album() -> str:
    album = request.form.get("album") or ALBUMS[0]
    if album not in ALBUMS:
        raise BadRequest(f"album must be one of {', '.join(ALBUMS)}")
    return album


def uploads() -> list[Upload]:
    """Return the files of a call."""
    found = [
        Upload(
            name=file.filename or "file",
            data=file.read(),
            content_type=file.mimetype or "",
            kind=request.form.get("kind", ""),
        )
        for file in request.files.getlist("file")
    ]
    if not found:
        raise BadRequest("no file was sent in the field `file`")
    return found


def content(asked: dict[str, Any]) -> dict[str, Any]:
    """Make the message that a call asks for."""
    match asked.get("type", "text"):
        case "text":
            words = wanted(asked, "text")
            if len(words) > _LONGEST_TEXT:
                raise BadRequest(f"LINE lets a person write at most {_LONGEST_TEXT} characters")
            return events.text(words)
        case "sticker":
            package, sticker = asked.get("package_id", "446"), asked.get("sticker_id", "1988")
            return events.sticker(str(package), str(sticker), asked.get("keywords"))
        case "location":
            try:
                latitude, longitude = float(asked["latitude"]), float(asked["longitude"])
            except (KeyError, TypeError, ValueError):
                raise BadRequest("latitude and longitude must be numbers") from None
            return events.location(latitude, longitude, asked.get("title"), asked.get("address"))
        case kind:
            raise BadRequest(f"a message of type {kind} is sent otherwise, or not known")


def _tapping(routes: Blueprint, simulator: Simulator) -> None:
    finger = simulator.finger

    @routes.post("/<who>/tap")
    def tap(who: str) -> Response:
        asked, bot = body(), bot_wanted()
        value = asked.get("value")
        if "label" in asked:
            return jsonify(finger.tap_label(who, wanted(asked, "label"), value=value, bot=bot))
        if "area" in asked:
            return jsonify(finger.tap_menu(who, int(asked["area"]), value=value, bot=bot))
        message_id, path = wanted(asked, "message_id"), wanted(asked, "path")
        return jsonify(finger.tap_path(who, message_id, path, value=value, bot=bot))

    @routes.get("/<who>/labels")
    def labels(who: str) -> Response:
        return jsonify({"labels": finger.labels(who, bot_wanted())})
