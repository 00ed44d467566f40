"""The language of a page: the reader's own; Thai words stand in the code and English ones in templates/translations."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, g, request
from flask_babel import Babel  # type: ignore[import-untyped]

TRANSLATIONS = Path(__file__).resolve().parent.parent / "templates" / "translations"

THAI, ENGLISH = "th", "en"
LANGUAGES = (THAI, ENGLISH)


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
