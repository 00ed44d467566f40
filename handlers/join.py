"""The page behind an invitation: opens the bot's chat with the code typed; it never says whether a code is good."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template

from bot.domain.people import normal_code
from handlers.admin.access import public
from handlers.errors import STALE_LINK, problem_page
from handlers.qr import drawn_qr
from handlers.runtime import runtime

pages = Blueprint("join", __name__)


@pages.get("/join/<code>")
@public
def join(code: str) -> Response | str:
    """The code, a button into the chat and the steps; looks nothing up."""
    normal = normal_code(code)
    if normal is None:
        return problem_page(STALE_LINK)
    link = runtime().bot_link(normal)
    qr = drawn_qr(link) if link and urlsplit(link).scheme == "https" else None
    return render_template("join.html", code=f"{normal[:4]}-{normal[4:]}", link=link, qr=qr)
