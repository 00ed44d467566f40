"""The language of a page: the reader's own; Thai words stand in the code and English ones in templates/translations."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask, g, redirect, request
from flask_babel import Babel  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.jobs import LINK_MENUS
from handlers.admin.access import signed_in, who
from handlers.runtime import runtime

pages = Blueprint("language", __name__, url_prefix="/admin")

TRANSLATIONS = Path(__file__).resolve().parent.parent / "templates" / "translations"

THAI, ENGLISH = "th", "en"
LANGUAGES = (THAI, ENGLISH)


@pages.post("/language")
@signed_in
def choose() -> Response:
    """Speak to the person in another language, here and in the chat, and go back to the page they were on."""
    wanted = request.form.get("language")
    if wanted in LANGUAGES:
        rt = runtime()
        with rt.store.write() as uow:
            uow.people.set_language(who().person.id, wanted)
            chat = uow.chats.of_person(who().person.id)
        if chat is not None:
            rt.queue.enqueue(LINK_MENUS, chat.channel_id)
    back = request.form.get("back", "")
    is_ours = back.startswith("/admin/") and not back.startswith("//") and "\\" not in back
    return redirect(back if is_ours else "/admin/", 303)


def language() -> str:
    """What the person chose; before sign-in English only for a browser that asks for it before Thai."""
    who = g.get("who")
    if who is not None:
        return who.person.language if who.person.language in LANGUAGES else THAI
    return request.accept_languages.best_match(LANGUAGES, THAI) or THAI


def install(app: Flask) -> None:
    """Give every page and view its words: `_("ข้อความ")` in both."""
    app.config.update(BABEL_DEFAULT_LOCALE=THAI, BABEL_TRANSLATION_DIRECTORIES=str(TRANSLATIONS))
    Babel(app, locale_selector=language)

    @app.context_processor
    def chosen() -> dict[str, str]:
        return {"language": language()}
