"""Other programs: tokens that open the agency's data to them, and addresses that are told what happens."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.api_tokens import ApiTokenId, Scope
from bot.domain.errors import BadInput
from bot.domain.people import Role
from bot.domain.webhooks import HookEvent, WebhookId
from bot.services.api_access import make_token, revoke_token
from bot.services.find import existing_agency
from bot.services.webhooks import end_webhook, make_webhook
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.desk import text_of
from handlers.runtime import runtime

pages = Blueprint("programs", __name__, url_prefix="/admin")

SHOWN = 10
"""Deliveries of an address that the page lists."""


@pages.get("/<agency_id>/programs/")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId) -> str:
    """The tokens that there are."""
    return _page(agency_id)


@pages.post("/<agency_id>/programs/tokens")
@for_roles(Role.ADMIN)
def make(agency_id: AgencyId) -> str | tuple[str, int]:
    """Make a token and show its secret, this once."""
    rt = runtime()
    scopes = {Scope(each) for each in request.form.getlist("scope") if each in set(Scope)}
    try:
        with rt.store.write() as uow:
            now, by = rt.clock.now(), who().person.id
            _token, secret = make_token(uow, rt.ids, rt.keyed, now, by, agency_id, text_of("name"), scopes)
    except BadInput as problem:
        return _page(agency_id, wrong=str(problem.fields["field"])), 422
    return _page(agency_id, secret=secret)


@pages.post("/<agency_id>/programs/tokens/<token_id>/revoke")
@for_roles(Role.ADMIN)
def revoke(agency_id: AgencyId, token_id: ApiTokenId) -> Response:
    """Let it open nothing more."""
    rt = runtime()
    with rt.store.write() as uow:
        token = revoke_token(uow, rt.ids, rt.clock.now(), who().person.id, agency_id, token_id)
    flash(_("ยกเลิกโทเคน “%(name)s” แล้ว โปรแกรมที่ใช้อยู่จะเข้าไม่ได้อีก", name=token.name), "success")
    return redirect(url_for(".show", agency_id=agency_id), 303)


@pages.post("/<agency_id>/programs/webhooks")
@for_roles(Role.ADMIN)
def add_webhook(agency_id: AgencyId) -> str | tuple[str, int]:
    """Add an address that is told what happens, and show its secret, this once."""
    rt = runtime()
    events = {HookEvent(each) for each in request.form.getlist("event") if each in set(HookEvent)}
    loopback = bool(rt.settings.simulator_url)
    try:
        with rt.store.write() as uow:
            now, by = rt.clock.now(), who().person.id
            url = text_of("url")
            _hook, secret = make_webhook(uow, rt.ids, now, by, agency_id, url, events, loopback=loopback)
    except BadInput as problem:
        return _page(agency_id, wrong=str(problem.fields["field"])), 422
    return _page(agency_id, hook_secret=secret)


@pages.post("/<agency_id>/programs/webhooks/<webhook_id>/end")
@for_roles(Role.ADMIN)
def remove_webhook(agency_id: AgencyId, webhook_id: WebhookId) -> Response:
    """Tell an address nothing more."""
    rt = runtime()
    with rt.store.write() as uow:
        hook = end_webhook(uow, rt.ids, rt.clock.now(), who().person.id, agency_id, webhook_id)
    flash(_("จะไม่แจ้งไปที่ %(url)s อีก", url=hook.url), "success")
    return redirect(url_for(".show", agency_id=agency_id), 303)


def _page(
    agency_id: AgencyId, *, secret: str | None = None, hook_secret: str | None = None, wrong: str | None = None
) -> str:
    rt = runtime()
    with rt.store.read() as uow:
        agency = existing_agency(uow, agency_id)
        tokens = uow.api_tokens.of_agency(agency_id)
        hooks = [(hook, uow.webhooks.deliveries(hook.id, SHOWN)) for hook in uow.webhooks.of_agency(agency_id)]
        makers = {token.person_id: uow.people.get(token.person_id) for token in tokens}
    return render_template(
        "programs.html",
        agency=agency,
        tokens=tokens,
        makers={key: person.name if person else "" for key, person in makers.items()},
        now=rt.clock.now(),
        scopes=_scope_words(),
        secret=secret,
        hook_secret=hook_secret,
        hooks=hooks,
        events=_event_words(),
        wrong=wrong,
        base=rt.settings.public_base_url,
        runs_it=may_run(agency_id),
    )


def _event_words() -> dict[str, str]:
    return {
        HookEvent.UPDATE_SUBMITTED.value: _("มีผู้ส่งรายงาน"),
        HookEvent.UPDATE_ACCEPTED.value: _("เห็นชอบรายงาน"),
        HookEvent.UPDATE_RETURNED.value: _("ส่งกลับรายงาน"),
        HookEvent.REPORT_READY.value: _("ออกเอกสารรายงานเสร็จ"),
    }


def _scope_words() -> dict[str, str]:
    return {
        Scope.COMPLETENESS.value: _("ดูความครบถ้วน (ไม่มีข้อความและชื่อคน)"),
        Scope.READ.value: _("อ่านแผน รายงาน และไฟล์รายงาน"),
        Scope.SUBMIT.value: _("ส่งรายงานแทนผู้รายงาน"),
    }
