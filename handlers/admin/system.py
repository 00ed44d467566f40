"""The operator's page: what lives, what waits and what failed, with a button to try again; no texts of anybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from bot.domain.errors import BadInput, NotFound
from bot.domain.people import Role
from bot.ports.records import EventId, OutgoingState, ReportId
from bot.services.delivery_desk import dead_letters
from bot.services.take_turn import TRIES_PER_EVENT
from bot.services.try_again import resend_message, retry_event, retry_report
from handlers.admin.access import for_roles, who
from handlers.admin.log_words import sentence, title_of, who_did
from handlers.runtime import runtime

# An agency's id never begins with a dash, so these addresses are nobody's.
pages = Blueprint("system", __name__, url_prefix="/admin/-/system")

SHOWN = 50
FAILED_FOR = timedelta(days=30)
ROLES = {
    "worker": lazy_gettext("ผู้ทำงาน"),
    "clock": lazy_gettext("นาฬิกา"),
    "deliver": lazy_gettext("ผู้ส่งข้อความ"),
    "web": lazy_gettext("หน้าเว็บ"),
}
STATES = {
    OutgoingState.REFUSED: lazy_gettext("LINE ปฏิเสธ"),
    OutgoingState.EXPIRED: lazy_gettext("ส่งไม่ทันเวลา"),
    OutgoingState.UNKNOWN: lazy_gettext("ไม่ทราบว่าถึงหรือไม่"),
}


@pages.get("/")
@for_roles(Role.OPERATOR)
def show() -> str:
    """Everything at a glance."""
    rt = runtime()
    now = rt.clock.now()
    channels = rt.channels()
    with rt.store.read() as uow:
        letters = dead_letters(uow)
        agencies = {agency.id: agency for agency in uow.agencies.all()}
        return render_template(
            "system.html",
            backlog=uow.backlog(now),
            agencies=len(agencies),
            names={key: agency.name for key, agency in agencies.items()},
            channels=channels,
            quotas={quota.channel_id: quota for quota in uow.reminders.quotas()},
            pulse=rt.pulse(),
            now=now,
            letters=letters[:SHOWN],
            letter_count=len(letters),
            events=uow.chats.failed_events(TRIES_PER_EVENT, SHOWN),
            reports=uow.reports.failed(now - FAILED_FOR, SHOWN),
            log=[(e, who_did(e), title_of(e.action), sentence(e)) for e in uow.log.entries(None, limit=10)],
            roles=ROLES,
            states=STATES,
        )


@pages.post("/messages/<message_id>")
@for_roles(Role.OPERATOR)
def message(message_id: str) -> Response:
    """Send a message that failed anew."""
    rt = runtime()
    return _try(
        lambda: resend_message(rt.store, rt.ids, rt.clock, rt.queue, who().person.id, message_id),
        _("กำลังส่งข้อความอีกครั้ง"),
    )


@pages.post("/events/<event_id>")
@for_roles(Role.OPERATOR)
def event(event_id: EventId) -> Response:
    """Read an event anew that was given up."""
    rt = runtime()
    return _try(lambda: retry_event(rt.store, rt.ids, rt.clock, rt.queue, who().person.id, event_id), _("กำลังอ่านอีกครั้ง"))


@pages.post("/reports/<report_id>")
@for_roles(Role.OPERATOR)
def report(report_id: ReportId) -> Response:
    """Compile a report that failed anew."""
    rt = runtime()
    return _try(
        lambda: retry_report(rt.store, rt.ids, rt.clock, rt.queue, who().person.id, report_id), _("กำลังจัดทำรายงานอีกครั้ง")
    )


def _try(what: Callable[[], object], words: str) -> Response:
    try:
        what()
        flash(words, "success")
    except (BadInput, NotFound):
        flash(_("รายการนี้ถูกลองใหม่ไปแล้วหรือไม่มีแล้ว"), "warning")
    return redirect(url_for(".show"), 303)
