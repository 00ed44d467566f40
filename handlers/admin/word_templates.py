"""The agency's own Word templates: start from ours, upload one's own, look at it, use it, take it away."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import Role
from bot.ports.word_templates import KeptTemplate, TemplateId
from bot.reporting.fields import FIELDS, Field, FieldKind
from bot.reporting.kinds import Kind
from bot.reporting.rendering import DrawnTemplate, TemplateProblem
from bot.services.find import existing_agency
from handlers.admin.access import for_roles, may_run, who
from handlers.files import send_stored
from handlers.runtime import runtime
from handlers.uploads import takes_files

pages = Blueprint("word_templates", __name__, url_prefix="/admin")

KINDS: dict[Kind, Callable[[], str]] = {
    Kind.PROGRESS: lambda: _("รายงานผล"),
    Kind.PLAN: lambda: _("แผนมาตรการ"),
    Kind.OUTCOME: lambda: _("ผลผลิตและผลลัพธ์"),
    Kind.ANNEX: lambda: _("ภาคผนวกหลักฐาน"),
}
_LOOP_NAMES = {
    "measures": "m", "sections": "section", "pages": "page", "notes": "note", "rows": "row", "annex": "group",
    "evidence": "item",
}  # fmt: skip
"""The word by which an entry of a list is known in the template to start from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRow:
    """A field as the page lists it; `tag` is what is typed into Word."""

    tag: str
    thai: str
    kind: FieldKind
    example: str
    depth: int


@pages.get("/<agency_id>/templates/")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId) -> str:
    """Each kind with its template, all uploads, and every field."""
    return _page(agency_id)


@pages.get("/<agency_id>/templates/start/<kind_name>.docx")
@for_roles(Role.ADMIN, Role.AUDITOR)
def start(agency_id: AgencyId, kind_name: str) -> Response:
    """The template to begin with."""
    kind = _kind(kind_name)
    data = runtime().template_desk.starting(agency_id, kind)
    return _send(data, _("แม่แบบ %(kind)s", kind=KINDS[kind]()))


@pages.post("/<agency_id>/templates/")
@takes_files
@for_roles(Role.ADMIN)
def upload(agency_id: AgencyId) -> Response | tuple[str, int]:
    """Look at an upload; one that can be drawn is kept and shown, not yet in use."""
    kind, file = _kind(request.form.get("kind", "")), request.files.get("file")
    if file is None or not file.filename:
        return _page(agency_id, wrong=_("กรุณาเลือกไฟล์ Word (.docx)")), 422
    try:
        kept = runtime().template_desk.add(who().person.id, agency_id, kind, file.filename, file.read())
    except BadInput as problem:
        return _page(agency_id, wrong=problem.detail), 422
    if isinstance(kept, DrawnTemplate):
        return _page(agency_id, problems=kept.problems, name=file.filename), 422
    return redirect(url_for(".look", agency_id=agency_id, template_id=kept.id), 303)


@pages.get("/<agency_id>/templates/<template_id>")
@for_roles(Role.ADMIN, Role.AUDITOR)
def look(agency_id: AgencyId, template_id: TemplateId) -> str:
    """The template with this year's data in it."""
    desk = runtime().template_desk
    kept = desk.get(agency_id, template_id)
    drawn = desk.preview(kept)
    with runtime().store.read() as uow:
        agency = existing_agency(uow, agency_id)
    return render_template(
        "word_template.html",
        agency=agency,
        kept=kept,
        kind=KINDS[Kind(kept.kind)](),
        drawn=drawn,
        runs_it=may_run(agency_id),
        seen=_seen(agency_id, Kind(kept.kind)),
    )


@pages.get("/<agency_id>/templates/<template_id>/filled.docx")
@for_roles(Role.ADMIN, Role.AUDITOR)
def filled(agency_id: AgencyId, template_id: TemplateId) -> Response:
    """The document with this year's data, to open in Word."""
    desk = runtime().template_desk
    kept = desk.get(agency_id, template_id)
    drawn = desk.preview(kept)
    if drawn.problems:
        raise NotFound("the template cannot be drawn")
    return _send(drawn.document, _("ตัวอย่าง %(kind)s", kind=KINDS[Kind(kept.kind)]()))


@pages.get("/<agency_id>/templates/<template_id>/file.docx")
@for_roles(Role.ADMIN, Role.AUDITOR)
def file(agency_id: AgencyId, template_id: TemplateId) -> Response:
    """The template as it was uploaded."""
    kept = runtime().template_desk.get(agency_id, template_id)
    return send_stored(runtime().media.open(kept.key), kept.key, kept.name, download=True)


@pages.post("/<agency_id>/templates/use")
@for_roles(Role.ADMIN)
def use(agency_id: AgencyId) -> Response | tuple[str, int]:
    """Use a template from now on, or take the one in use away."""
    kind, chosen = _kind(request.form.get("kind", "")), request.form.get("template") or None
    if request.form.get("seen", "") != _seen(agency_id, kind):
        return _page(agency_id, wrong=_("มีผู้อื่นเปลี่ยนแม่แบบนี้ก่อนคุณ ยังไม่ได้เปลี่ยนของคุณ ด้านล่างคือข้อมูลล่าสุด")), 409
    runtime().template_desk.use(who().person.id, agency_id, kind, TemplateId(chosen) if chosen else None)
    words = _("ใช้แม่แบบนี้ออกไฟล์ Word แล้ว") if chosen else _("เลิกใช้แม่แบบแล้ว ไฟล์ Word จะเป็นแบบของโปรแกรม")
    flash(words, "success")
    return redirect(url_for(".show", agency_id=agency_id), 303)


def field_rows(fields: tuple[Field, ...] = FIELDS, owner: str = "", depth: int = 0) -> Iterator[FieldRow]:
    """Every field in the order of the page, those of a list below it."""
    for field in fields:
        path = f"{owner}.{field.name}" if owner else field.name
        entry = _LOOP_NAMES.get(field.name, "each")
        tag = f"{{% for {entry} in {path} %}}" if field.kind is FieldKind.LIST else f"{{{{ {path} }}}}"
        yield FieldRow(tag=tag, thai=field.thai, kind=field.kind, example=field.example, depth=depth)
        if field.fields:
            yield from field_rows(field.fields, entry, depth + 1)


def _page(agency_id: AgencyId, *, wrong: str = "", problems: tuple[TemplateProblem, ...] = (), name: str = "") -> str:
    with runtime().store.read() as uow:
        agency = existing_agency(uow, agency_id)
        uploads = uow.word_templates.of_agency(agency_id)
    in_use = {each.kind: each for each in uploads if each.in_use}
    return render_template(
        "word_templates.html",
        agency=agency,
        kinds=[(kind, words(), in_use.get(kind.value)) for kind, words in KINDS.items()],
        uploads=[(each, KINDS[Kind(each.kind)]()) for each in uploads],
        fields=list(field_rows()),
        runs_it=may_run(agency_id),
        wrong=wrong,
        problems=problems,
        name=name,
    )


def _kind(name: str) -> Kind:
    found = next((kind for kind in KINDS if kind.value == name), None)
    if found is None:
        raise NotFound(f"documents of the kind {name} have no template")
    return found


def _seen(agency_id: AgencyId, kind: Kind) -> str:
    with runtime().store.read() as uow:
        kept: KeptTemplate | None = uow.word_templates.in_use(agency_id, kind.value)
    return kept.id if kept else ""


def _send(data: bytes, name: str) -> Response:
    response = send_stored(io.BytesIO(data), "made.docx", f"{name}.docx", download=True)
    response.headers["Cache-Control"] = "private, no-store"
    return response
