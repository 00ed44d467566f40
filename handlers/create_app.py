"""The Flask app: every route of the web edge, with its manners."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask
from flask_wtf.csrf import CSRFProtect  # type: ignore[import-untyped]
from jinja2 import StrictUndefined

from handlers import (
    assets,
    calendars,
    errors,
    front,
    health,
    join,
    language,
    limits,
    media,
    private_chat,
    thai,
    uploads,
    verify,
    webhook,
    wire,
)
from handlers.admin import (
    access,
    check_page,
    compare,
    divisions,
    documents,
    enter,
    groups,
    home,
    join_requests,
    letters,
    log,
    measure,
    memo,
    navigation,
    overview,
    people,
    person,
    piece,
    plan,
    plan_import,
    plan_measure,
    plan_shape,
    programs,
    publications,
    reminder_days,
    reminder_rules,
    reminders,
    reopenings,
    report_desk,
    report_pages,
    report_versions,
    reports,
    results,
    search,
    sessions,
    settings,
    sign_in,
    sign_offs,
    submissions,
    system,
    table_styles,
    word_templates,
)
from handlers.api import document, reading, submitting
from handlers.runtime import WebRuntime, keep_runtime

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "admin"

LARGEST_BODY = 2 * 1024 * 1024
"""Bytes. LINE's bodies are below 2 MB; forms that carry a file say so (handlers.uploads)."""

BLUEPRINTS = (
    webhook.pages,
    health.pages,
    front.pages,
    media.pages,
    private_chat.pages,
    join.pages,
    verify.pages,
    calendars.pages,
    assets.pages,
    sign_in.pages,
    language.pages,
    home.pages,
    overview.pages,
    measure.pages,
    report_desk.pages,
    publications.pages,
    table_styles.pages,
    report_pages.pages,
    check_page.pages,
    report_versions.pages,
    reports.pages,
    reopenings.pages,
    results.pages,
    reminders.pages,
    reminder_rules.pages,
    reminder_days.pages,
    letters.pages,
    plan.pages,
    plan_import.pages,
    plan_measure.pages,
    plan_shape.pages,
    programs.pages,
    people.pages,
    person.pages,
    piece.pages,
    divisions.pages,
    join_requests.pages,
    sessions.pages,
    enter.pages,
    compare.pages,
    log.pages,
    search.pages,
    system.pages,
    settings.pages,
    documents.pages,
    memo.pages,
    sign_offs.pages,
    submissions.pages,
    groups.pages,
    document.pages,
    reading.pages,
    submitting.pages,
    word_templates.pages,
)


def create_app(rt: WebRuntime) -> Flask:
    """Make the app around a runtime; one per process."""
    app = Flask("kaona", static_folder=None, template_folder=os.fspath(TEMPLATES))
    _configure(app, rt)
    keep_runtime(app, rt)
    language.install(app)
    thai.install(app)
    assets.install(app)
    wire.install(app)
    errors.install(app)
    access.install(app)  # before CSRF: who may not come in is told so first
    uploads.install(app)
    navigation.install(app)
    csrf = CSRFProtect(app)
    csrf.exempt(webhook.pages)  # LINE signs its bodies instead
    csrf.exempt(submitting.pages)  # no cookie opens it
    limits.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def _configure(app: Flask, rt: WebRuntime) -> None:
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        # Flask's own cookie holds the CSRF token and one-time notes; who is signed in is kept in the database.
        SECRET_KEY=rt.keyed.hash("web-cookie", ""),
        SESSION_COOKIE_NAME="kaona_form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=rt.settings.public_base_url.startswith("https:"),
        # A form may lie open over lunch; the token is bound to the cookie anyway.
        WTF_CSRF_TIME_LIMIT=None,
        # Behind a proxy the host that we see need not be the one in the browser's Referer.
        WTF_CSRF_SSL_STRICT=False,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.json.ensure_ascii = False  # type: ignore[attr-defined] # Flask's default provider has it
