"""Calendar feeds: /calendar/<secret>.ics, for calendar programs that sign in nowhere."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from bot.domain.errors import NotFound
from handlers.admin.access import public
from handlers.runtime import runtime

pages = Blueprint("calendars", __name__)


@pages.get("/calendar/<token>.ics")
@public
def feed(token: str) -> Response:
    """The rounds' dates; a secret that is unknown or revoked is not there."""
    try:
        text = runtime().feeds.read(token)
    except NotFound:
        abort(404)
    answer = Response(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
