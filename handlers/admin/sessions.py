"""Where one is signed in: one's own sessions, to be ended one by one or all but this."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.services.end_sessions import end_own_session, end_sessions_of
from handlers.admin.access import signed_in, who
from handlers.runtime import runtime

pages = Blueprint("sessions", __name__, url_prefix="/admin/sessions")


@pages.get("/")
@signed_in
def show() -> str:
    """One's living sessions, this one marked."""
    rt = runtime()
    with rt.store.read() as uow:
        found = uow.people.sessions(who().person.id, rt.clock.now())
    return render_template("sessions.html", sessions=found, here=who().session)


@pages.post("/<key>/end")
@signed_in
def end(key: str) -> Response:
    """End one of one's own; ending this one is signing out."""
    rt = runtime()
    with rt.store.write() as uow:
        ended = end_own_session(uow, rt.ids, rt.clock.now(), who().person, key)
    if ended:
        flash(_("ออกจากระบบบนอุปกรณ์นั้นแล้ว"), "success")
    else:
        flash(_("การเข้าใช้นั้นสิ้นสุดไปก่อนแล้ว"), "warning")
    return redirect(url_for("sign_in.left" if key == who().session else ".show"), 303)


@pages.post("/end-others")
@signed_in
def end_others() -> Response:
    """End all of one's own but this one."""
    rt = runtime()
    me = who().person
    with rt.store.write() as uow:
        count = end_sessions_of(uow, rt.ids, rt.clock.now(), me.id, me, None, but=who().session)
    if count:
        flash(_("ออกจากระบบบนอุปกรณ์อื่นแล้ว %(count)s แห่ง", count=count), "success")
    else:
        flash(_("ไม่ได้เข้าใช้จากอุปกรณ์อื่น"), "success")
    return redirect(url_for(".show"), 303)
