"""Files behind signed links: evidence previews and reports, without signing in, until the link expires."""

from __future__ import annotations

from pathlib import PurePosixPath

from flask import Blueprint
from werkzeug.wrappers import Response

from bot.domain.errors import NotFound
from handlers.admin.access import public
from handlers.errors import STALE_LINK, problem_page
from handlers.files import send_stored
from handlers.runtime import runtime

pages = Blueprint("media", __name__)


@pages.get("/media/<signed>")
@public
def media(signed: str) -> Response:
    """The file that the link names, or a page that says where to get a new link."""
    rt = runtime()
    try:
        key, name = rt.links.read(signed, rt.clock.now())
        file = rt.media.open(key)
    except NotFound:
        return problem_page(STALE_LINK)
    return send_stored(file, key, name, alias=PurePosixPath(key).name if key.startswith("reports/") else None)
