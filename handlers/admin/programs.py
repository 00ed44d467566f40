"""Other programs: tokens that open the agency's data to them, made and revoked here."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.api_tokens import ApiTokenId, Scope
from bot.domain.errors import BadInput
from bot.domain.people import Role
from bot.services.api_access import make_token, revoke_token
from bot.services.find import existing_agency
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.desk import text_of
from handlers.runtime import runtime

pages = Blueprint("programs", __name__, url_prefix="/admin")


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


def _page(agency_id: AgencyId, *, secret: str | None = None, wrong: str | None = None) -> str:
    rt = runtime()
    with rt.store.read() as uow:
        agency = existing_agency(uow, agency_id)
        tokens = uow.api_tokens.of_agency(agency_id)
        makers = {token.person_id: uow.people.get(token.person_id) for token in tokens}
    return render_template(
        "programs.html",
        agency=agency,
        tokens=tokens,
        makers={key: person.name if person else "" for key, person in makers.items()},
        now=rt.clock.now(),
        scopes=_scope_words(),
        secret=secret,
        wrong=wrong,
        base=rt.settings.public_base_url,
        runs_it=may_run(agency_id),
    )


def _scope_words() -> dict[str, str]:
    return {
        Scope.COMPLETENESS.value: _("ดูความครบถ้วน (ไม่มีข้อความและชื่อคน)"),
        Scope.READ.value: _("อ่านแผน รายงาน และไฟล์รายงาน"),
        Scope.SUBMIT.value: _("ส่งรายงานแทนผู้รายงาน"),
    }
