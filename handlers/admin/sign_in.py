"""Signing in with the link from the chat, and out again."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as BaseResponse

from handlers.admin.access import cookie_name, cookie_options, public, session_secret
from handlers.devices import device_of
from handlers.errors import STALE_SIGN_IN, problem_page
from handlers.runtime import runtime

pages = Blueprint("sign_in", __name__, url_prefix="/admin")


@pages.get("/sign-in/<token>")
@public
def ask(token: str) -> Response | str:
    """A page with one button; LINE and browsers look ahead at links, so opening it spends nothing."""
    person = runtime().sign_in.whose(token)
    if person is None:
        return problem_page(STALE_SIGN_IN)
    return render_template("sign_in.html", token=token, name=person.name)


@pages.post("/sign-in/<token>")
@public
def enter(token: str) -> BaseResponse:
    """Spend the link and begin a session."""
    rt = runtime()
    secret = rt.sign_in.begin(token, device_of(request.user_agent.string))
    if secret is None:
        return problem_page(STALE_SIGN_IN)
    _end_old_session()
    session.clear()  # a new person gets a new form token
    response = redirect(url_for("home.home"), 303)
    response.set_cookie(cookie_name(rt), secret, **cookie_options(rt))
    return response


@pages.post("/sign-out")
@public
def leave() -> BaseResponse:
    """End the session here and in the database."""
    rt = runtime()
    _end_old_session()
    session.clear()
    response = redirect(url_for("sign_in.left"), 303)
    options = {name: value for name, value in cookie_options(rt).items() if name != "max_age"}
    response.delete_cookie(cookie_name(rt), **options)
    return response


@pages.get("/signed-out")
@public
def left() -> str:
    """Says that one is out, and how to come in again."""
    return render_template("signed_out.html")


def _end_old_session() -> None:
    old = session_secret()
    if old:
        runtime().sign_in.end(old)
