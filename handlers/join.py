"""The page behind an invitation: opens the bot's chat with the code typed; it never says whether a code is good."""

from __future__ import annotations

from urllib.parse import urlsplit

import segno
from flask import Blueprint, Response, render_template
from markupsafe import Markup

from bot.domain.people import normal_code
from handlers.admin.access import public
from handlers.errors import STALE_LINK, problem_page
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
    qr = _drawn(link) if link and urlsplit(link).scheme == "https" else None
    return render_template("join.html", code=f"{normal[:4]}-{normal[4:]}", link=link, qr=qr)


def _drawn(link: str) -> Markup:
    """For those who read the invitation on a computer; the drawing is ours, made of numbers only."""
    code = segno.make(link, error="m", micro=False)
    return Markup(code.svg_inline(scale=5, border=2, svgclass="qr", lineclass=None, omitsize=True))  # noqa: S704
