"""Channel access tokens: stateless, short-lived, verified, revoked."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from bot.simulator.channel import Channel
from bot.simulator.simulator import Simulator

_STATELESS_SECONDS = 900
_SHORT_LIVED_SECONDS = 30 * 24 * 3600


def _bad_request(words: str) -> tuple[Response, int]:
    return jsonify({"error": "invalid_request", "error_description": words}), 400


def blueprint(simulator: Simulator) -> Blueprint:
    """Build the routes for tokens."""
    routes = Blueprint("oauth", __name__)
    world = simulator.world

    def channel_of_form() -> Channel | None:
        form = request.form
        for channel in world.channels.values():
            bot = channel.bot
            if (bot.channel_id, bot.channel_secret) == (form.get("client_id"), form.get("client_secret")):
                return channel
        return None

    def issue(seconds: int) -> Response | tuple[Response, int]:
        with world.lock:
            if request.form.get("grant_type") != "client_credentials":
                return _bad_request("Invalid 'grant_type'.")
            channel = channel_of_form()
            if channel is None:
                return _bad_request("Invalid 'client_credentials'.")
            token = channel.issued_tokens.issue(world.now_ms(), seconds)
            return jsonify({"token_type": "Bearer", "access_token": token, "expires_in": seconds})

    def verified(token: str) -> Response | tuple[Response, int]:
        with world.lock:
            for channel in world.channels.values():
                left = channel.issued_tokens.seconds_left(token, world.now_ms())
                if left or token == channel.bot.channel_access_token:
                    shown: dict[str, Any] = {"client_id": channel.bot.channel_id, "expires_in": left}
                    return jsonify({**shown, "scope": ""})
        return _bad_request("access token expired")

    @routes.post("/oauth2/v3/token")
    def stateless() -> Response | tuple[Response, int]:
        return issue(_STATELESS_SECONDS)

    @routes.post("/v2/oauth/accessToken")
    def short_lived() -> Response | tuple[Response, int]:
        return issue(_SHORT_LIVED_SECONDS)

    @routes.post("/v2/oauth/verify")
    def verify_short_lived() -> Response | tuple[Response, int]:
        return verified(request.form.get("access_token", ""))

    @routes.get("/oauth2/v2.1/verify")
    def verify() -> Response | tuple[Response, int]:
        return verified(request.args.get("access_token", ""))

    @routes.post("/v2/oauth/revoke")
    def revoke() -> Response:
        with world.lock:
            for channel in world.channels.values():
                channel.issued_tokens.revoke(request.form.get("access_token", ""))
        return jsonify({})

    return routes
