"""How the agency's documents are signed and what they say of their own: chain, preface, parts of a set, emblem."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.documents import DocumentChoices
from bot.domain.errors import BadInput, NotFound, StaleWrite
from bot.domain.people import Person, PersonId, Role
from bot.domain.sign_off import MOST_STEPS, SIGNING_ROLES, ActingAs, ChainStep
from bot.ports.store import UnitOfWork
from bot.reporting.facts import PLACES
from bot.reporting.kinds import PARTS, USUAL_PARTS
from bot.reporting.memo import PREFACE
from bot.services.edit_documents import edit_chain, edit_choices
from bot.services.find import existing_agency
from bot.services.fingerprints import fingerprint
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.desk import text_of
from handlers.admin.role_words import ROLE_NAMES
from handlers.runtime import runtime
from handlers.uploads import takes_files

pages = Blueprint("documents", __name__, url_prefix="/admin")

LARGEST_EMBLEM = 2 * 1024 * 1024
MOST_PIXELS = 16_000_000
_NEW_STEP = {
    "label": "",
    "position": "",
    "name": "",
    "signer": "paper:",
    "acting": "",
    "acting_for": "",
    "asks_opinion": "yes",
}
_KINDS = {"PNG": "png", "JPEG": "jpg"}
Change = Callable[[tuple[ChainStep, ...]], Sequence[ChainStep]]


@pages.get("/<agency_id>/documents/")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId) -> str:
    """Everything with its form."""
    return _page(agency_id)


@pages.post("/<agency_id>/documents/chain/add")
@for_roles(Role.ADMIN)
def add(agency_id: AgencyId) -> Response | tuple[str, int]:
    """A further step at the end."""
    return _chain_changed(agency_id, lambda steps: (*steps, _given_step()), _("เพิ่มขั้นแล้ว"))


@pages.post("/<agency_id>/documents/chain/<int:place>")
@for_roles(Role.ADMIN)
def change(agency_id: AgencyId, place: int) -> Response | tuple[str, int]:
    """Other words or another signer for a step."""
    return _chain_changed(
        agency_id, lambda steps: [_given_step() if n == place else step for n, step in enumerate(steps)], _("บันทึกขั้นแล้ว")
    )


@pages.post("/<agency_id>/documents/chain/<int:place>/move")
@for_roles(Role.ADMIN)
def move(agency_id: AgencyId, place: int) -> Response | tuple[str, int]:
    """A step one place up or down."""
    to = place - 1 if request.form.get("to") == "up" else place + 1

    def moved(steps: tuple[ChainStep, ...]) -> Sequence[ChainStep]:
        order = list(steps)
        if 0 <= place < len(order) and 0 <= to < len(order):
            order[place], order[to] = order[to], order[place]
        return order

    return _chain_changed(agency_id, moved, _("ย้ายลำดับแล้ว"))


@pages.post("/<agency_id>/documents/chain/<int:place>/remove")
@for_roles(Role.ADMIN)
def remove(agency_id: AgencyId, place: int) -> Response | tuple[str, int]:
    """A step less; sign-offs that have begun keep theirs."""
    return _chain_changed(
        agency_id, lambda steps: [step for n, step in enumerate(steps) if n != place], _("นำขั้นออกแล้ว")
    )


@pages.post("/<agency_id>/documents/choices")
@for_roles(Role.ADMIN)
def choices(agency_id: AgencyId) -> Response | tuple[str, int]:
    """The preface and the parts of a set."""
    preface = text_of("preface").strip()
    parts = tuple(part for part in PARTS if part in request.form.getlist("parts"))

    def wanted(old: DocumentChoices) -> DocumentChoices:
        own = preface if preface != PREFACE else ""
        return replace(old, preface=own or None, parts=None if parts == USUAL_PARTS else parts or None)

    return _choices_changed(agency_id, wanted, _("บันทึกเนื้อหาของเล่มแล้ว"))


@pages.post("/<agency_id>/documents/emblem")
@for_roles(Role.ADMIN)
@takes_files
def emblem(agency_id: AgencyId) -> Response | tuple[str, int]:
    """The picture at the head of the memo."""
    file = request.files.get("file")
    data = file.read(LARGEST_EMBLEM + 1) if file else b""
    if file:
        file.close()
    kind = _picture_kind(data)
    if kind is None:
        wrong = _("กรุณาเลือกไฟล์ภาพ PNG หรือ JPEG ไม่เกิน %(size)s เมกะไบต์", size=LARGEST_EMBLEM // 1024 // 1024)
        return _page(agency_id, wrong=wrong), 422
    key = f"emblems/{agency_id}/{hashlib.sha256(data).hexdigest()}.{kind}"
    with tempfile.NamedTemporaryFile(prefix="emblem-") as kept:
        kept.write(data)
        kept.flush()
        runtime().media.put(key, Path(kept.name))
    return _choices_changed(agency_id, lambda old: replace(old, emblem=key), _("ใช้ตรานี้ในบันทึกข้อความแล้ว"))


@pages.post("/<agency_id>/documents/emblem/remove")
@for_roles(Role.ADMIN)
def remove_emblem(agency_id: AgencyId) -> Response | tuple[str, int]:
    """Its place stays empty again; documents that were made keep theirs."""
    return _choices_changed(agency_id, lambda old: replace(old, emblem=None), _("นำตราออกแล้ว"))


def _chain_changed(agency_id: AgencyId, change: Change, said: str) -> Response | tuple[str, int]:
    rt = runtime()
    try:
        with rt.store.write() as uow:
            steps = change(uow.sign_offs.chain(agency_id))
            edit_chain(uow, rt.ids, rt.clock.now(), who().person.id, agency_id, _seen(), steps)
    except BadInput as problem:
        return _page(agency_id, wrong=_wrong(str(problem.fields.get("field", ""))), typed=_typed()), 422
    except StaleWrite:
        return _page(agency_id, wrong=_changed_meanwhile()), 409
    flash(said, "success")
    return redirect(url_for(".show", agency_id=agency_id, _anchor="chain"), 303)


def _choices_changed(
    agency_id: AgencyId, change: Callable[[DocumentChoices], DocumentChoices], said: str
) -> Response | tuple[str, int]:
    rt = runtime()
    try:
        with rt.store.write() as uow:
            new = change(uow.documents.choices(agency_id))
            edit_choices(uow, rt.ids, rt.clock.now(), who().person.id, agency_id, _seen(), new)
    except BadInput as problem:
        return _page(agency_id, wrong=_wrong(str(problem.fields["field"]))), 422
    except StaleWrite:
        return _page(agency_id, wrong=_changed_meanwhile()), 409
    flash(said, "success")
    return redirect(url_for(".show", agency_id=agency_id), 303)


def _given_step() -> ChainStep:
    """The step that the form says.

    Raises:
        BadInput: its signer is neither a person, a role nor paper.
    """
    kind, _sign, value = request.form.get("signer", "").partition(":")
    acting = request.form.get("acting", "")
    try:
        role = Role(value) if kind == "role" else None
        acting_as = ActingAs(acting) if acting else None
    except ValueError:
        raise BadInput("there is no such signer", field="signer") from None
    return ChainStep(
        label=text_of("label"),
        position=text_of("position"),
        person_id=PersonId(value) if kind == "person" else None,
        role=role,
        name=text_of("name") if kind != "person" else "",
        acting=acting_as,
        acting_for=text_of("acting_for"),
        asks_opinion=request.form.get("asks_opinion") == "yes",
    )


def _typed() -> dict[str, str]:
    """What was typed into a form that was refused, so that nothing has to be typed again."""
    names = ("label", "position", "name", "signer", "acting", "acting_for", "asks_opinion")
    return {name: request.form.get(name, "") for name in names}


def _page(agency_id: AgencyId, *, wrong: str | None = None, typed: dict[str, str] | None = None) -> str:
    with runtime().store.read() as uow:
        agency = existing_agency(uow, agency_id)
        chain, chosen = uow.sign_offs.chain(agency_id), uow.documents.choices(agency_id)
        people = _people(uow, agency_id)
    return render_template(
        "documents.html",
        agency=agency,
        chain=chain,
        chosen=chosen,
        preface=chosen.preface or PREFACE,
        parts=[(part, label, part in (chosen.parts or USUAL_PARTS)) for part, label in PARTS.items()],
        people=people,
        names={person.id: person.name for person in people},
        roles={role: ROLE_NAMES[role] for role in SIGNING_ROLES},
        acting=list(ActingAs),
        places=PLACES,
        full=len(chain) >= MOST_STEPS,
        chain_seen=fingerprint(chain),
        chosen_seen=fingerprint(chosen),
        wrong=wrong,
        typed=typed or _NEW_STEP,
        refused=typed is not None,
        runs_it=may_run(agency_id),
    )


def _people(uow: UnitOfWork, agency_id: AgencyId) -> list[Person]:
    members = {person.id: person for person, each in uow.people.members(agency_id) if each.role in SIGNING_ROLES}
    return list(members.values())


def _picture_kind(data: bytes) -> str | None:
    """The ending of a picture that can be drawn; None for anything else."""
    if not data or len(data) > LARGEST_EMBLEM:
        return None
    import io

    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=list(_KINDS)) as picture:
            kind, pixels = picture.format, picture.width * picture.height
            if pixels > MOST_PIXELS:
                return None
            picture.load()
    except Exception:  # a decoder may fail in any way on a strange file
        return None
    return _KINDS.get(kind or "")


def _seen() -> str:
    return request.form.get("seen", "")


def _wrong(field: str) -> str:
    words = {
        "label": _("กรุณาเขียนข้อความเหนือลายมือชื่อ เช่น “ความเห็นของหัวหน้าสำนักปลัด”"),
        "position": _("กรุณาเขียนตำแหน่งของผู้ลงนาม"),
        "acting_for": _("กรุณาเขียนตำแหน่งที่รักษาราชการแทน"),
        "signer": _("ผู้ลงนามคนนี้ไม่ได้อยู่ในหน่วยงานแล้ว กรุณาเลือกใหม่"),
        "steps": _("สายการลงนามมีได้ไม่เกิน %(count)s ขั้น", count=MOST_STEPS),
        "preface": _("คำนำยาวเกินไป กรุณาย่อ"),
    }
    return str(words.get(field, _("ข้อความยาวเกินไป กรุณาย่อ")))


def _changed_meanwhile() -> str:
    return str(_("มีผู้อื่นแก้ส่วนนี้ก่อนคุณบันทึก ยังไม่ได้บันทึกของคุณ ด้านล่างคือข้อมูลล่าสุด กรุณาตรวจแล้วแก้อีกครั้ง"))


def emblem_of(uow: UnitOfWork, agency_id: AgencyId) -> str:
    """The key of the agency's emblem.

    Raises:
        NotFound: it has none.
    """
    key = uow.documents.choices(agency_id).emblem
    if key is None:
        raise NotFound("there is no emblem")
    return key


@pages.get("/<agency_id>/documents/emblem")
@for_roles(Role.ADMIN, Role.AUDITOR)
def see_emblem(agency_id: AgencyId) -> Response:
    """The emblem as it was given."""
    from handlers.files import send_stored

    rt = runtime()
    with rt.store.read() as uow:
        key = emblem_of(uow, agency_id)
    return send_stored(rt.media.open(key), key, key.rsplit("/", 1)[1])
