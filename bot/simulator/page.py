"""The chat page: files that any browser draws without help from elsewhere."""

from pathlib import Path

from flask import Blueprint, Response, redirect, send_from_directory
from werkzeug.wrappers import Response as AnyResponse

_STATIC = Path(__file__).parent / "static"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data: blob: http: https:; media-src 'self' http: https:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


def blueprint() -> Blueprint:
    """Build the routes of the page."""
    routes = Blueprint("page", __name__, url_prefix="/simulator")

    @routes.get("/")
    def page() -> Response:
        return _file("index.html")

    @routes.get("")
    def without_slash() -> AnyResponse:
        return redirect("/simulator/")

    @routes.get("/static/<path:name>")
    def asset(name: str) -> Response:
        return _file(name)

    return routes


def _file(name: str) -> Response:
    response = send_from_directory(_STATIC, name)
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-cache"
    return response
