"""The way from a group to the bot's private chat, for people who are not its friends too."""

from __future__ import annotations

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from bot.ports.records import ChannelId
from handlers.admin.access import public
from handlers.errors import STALE_LINK, problem_page
from handlers.runtime import runtime

pages = Blueprint("private_chat", __name__)


@pages.get("/chat/<channel_id>")
@public
def private_chat(channel_id: str) -> Response:
    """To the chat with that channel's bot; the answer is worked out here so that no turn of a chat asks LINE."""
    link = runtime().chat_link(ChannelId(channel_id))
    return redirect(link) if link else problem_page(STALE_LINK)
