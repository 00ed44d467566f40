"""The bare address: leads to where people work."""

from __future__ import annotations

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from handlers.admin.access import public
from handlers.runtime import runtime

pages = Blueprint("front", __name__)


@pages.get("/")
@public
def front() -> Response:
    """To the admin pages; in a demo to the chats."""
    return redirect("/simulator/" if runtime().settings.simulator_url else "/admin/")
