"""What people sent: photos, videos, voice and files (LINE's data host)."""

from flask import Blueprint, Response, jsonify

from bot.simulator import words
from bot.simulator.api.guard import current_channel
from bot.simulator.people import Entry
from bot.simulator.simulator import Simulator
from bot.simulator.words import Refused

_WITH_CONTENT = ("image", "video", "audio", "file")


def blueprint(simulator: Simulator) -> Blueprint:
    """Build the routes for content."""
    routes = Blueprint("content", __name__)

    def find(message_id: str) -> Entry:
        entry = current_channel().entry(message_id)
        if entry is None or entry.by != "user" or entry.message.get("type") not in _WITH_CONTENT:
            raise Refused(404, words.CONTENT_NOT_FOUND)
        if entry.unsent:
            raise Refused(410, words.CONTENT_GONE)
        return entry

    def data_of(entry: Entry) -> bytes:
        data = simulator.world.shelf.content(entry.id)
        if data is None:
            raise Refused(410, words.CONTENT_GONE)
        return data

    @routes.get("/v2/bot/message/<message_id>/content")
    def content(message_id: str) -> Response:
        with simulator.world.lock:
            entry = find(message_id)
            return Response(data_of(entry), mimetype=entry.message["contentType"])

    @routes.get("/v2/bot/message/<message_id>/content/preview")
    def preview(message_id: str) -> Response:
        with simulator.world.lock:
            entry = find(message_id)
            if entry.message["type"] not in ("image", "video"):
                raise Refused(400, words.NO_PREVIEW)
            return Response(data_of(entry), mimetype=entry.message["contentType"])

    @routes.get("/v2/bot/message/<message_id>/content/transcoding")
    def transcoding(message_id: str) -> Response:
        with simulator.world.lock:
            if find(message_id).message["type"] not in ("video", "audio"):
                raise Refused(400, "The content can not be transcoded")
            return jsonify({"status": "succeeded"})

    return routes
