"""The people of an agency: roles, who can be reached, codes; invite one or many, print the codes, end a role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from werkzeug.wrappers import Response

from bot.domain.acting import who_acts
from bot.domain.agencies import Agency, AgencyId
from bot.domain.calendar import FiscalYear, bangkok_day
from bot.domain.errors import BadInput, NotFound
from bot.domain.joining import REQUEST_LIFE
from bot.domain.people import Invite, InviteId, Person, PersonId, Role
from bot.domain.plans import Measure
from bot.jobs import LINK_MENUS
from bot.ports.records import Contact, PersonTimes
from bot.ports.store import UnitOfWork
from bot.services.end_role import end_role, is_last_admin, revoke_invite
from bot.services.find import existing_agency
from bot.services.invite_person import Invited, invite_people
from bot.services.restore_role import just_ended, restore_role
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.desk import known_year, text_of, year_that_matters
from handlers.admin.invite_list import MOST_PEOPLE, read_list
from handlers.admin.role_words import GIVEN_HERE, ROLE_DUTIES, ROLE_NAMES
from handlers.qr import drawn_qr
from handlers.runtime import WebRuntime, runtime

pages = Blueprint("people", __name__, url_prefix="/admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A person as the page lists them."""

    person: Person
    roles: tuple[Role, ...]
    contact: Contact | None
    numbers: tuple[int, ...]
    divisions: tuple[str, ...] = ()
    acted_by: str = ""
    acts_for: tuple[str, ...] = ()
    away_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the form for inviting."""

    text: str = ""
    role: Role = Role.OFFICER
    measures: str = ""
    mistakes: tuple[str, ...] = ()


@pages.get("/<agency_id>/people/")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId) -> str:
    """Everybody, the codes that wait, and the form for inviting."""
    return _page(agency_id, Typed())


@pages.post("/<agency_id>/people/invite")
@for_roles(Role.ADMIN)
def invite(agency_id: AgencyId) -> str | tuple[str, int]:
    """Make the codes and show them, once: only their hashes are kept."""
    rt = runtime()
    year = known_year(request.form.get("year", 0, type=int))
    role = _role(request.form.get("role", ""))
    text, measures = text_of("people"), request.form.get("measures", "")
    with rt.store.read() as uow:
        agency = existing_agency(uow, agency_id)
        known = [measure.no for measure in uow.plans.measures(agency_id, year)]
    read = read_list(text, role, measures, known)
    if read.mistakes:
        return _page(agency_id, Typed(text=text, role=role, measures=measures, mistakes=read.mistakes)), 422
    by = who().person.id
    invited = invite_people(rt.store, rt.ids, rt.keyed, rt.clock, agency_id, read.wanted, fiscal_year=year, by=by)
    return _sheet(rt, agency, year, invited)


@pages.post("/<agency_id>/people/invites/<invite_id>/revoke")
@for_roles(Role.ADMIN)
def revoke(agency_id: AgencyId, invite_id: InviteId) -> Response:
    """Make an unused code worthless."""
    rt = runtime()
    try:
        with rt.store.write() as uow:
            gone = revoke_invite(uow, rt.ids, rt.clock.now(), who().person.id, agency_id, invite_id)
        flash(_("ยกเลิกรหัสของ %(name)s แล้ว รหัสนั้นใช้ไม่ได้อีก หากกำหนดให้รายงานไว้ ถอนชื่อได้ในหน้าแผน", name=gone.name), "success")
    except NotFound:
        flash(_("รหัสนี้ถูกใช้ไปแล้วหรือหมดอายุแล้ว จึงไม่ต้องยกเลิก"), "warning")
    return redirect(url_for(".show", agency_id=agency_id), 303)


@pages.get("/<agency_id>/people/<person_id>/<role>/end")
@for_roles(Role.ADMIN)
def ask_end(agency_id: AgencyId, person_id: PersonId, role: str) -> str:
    """The question before a role is taken away."""
    meant = _role(role)
    with runtime().store.read() as uow:
        agency = existing_agency(uow, agency_id)
        person = next((p for p, m in uow.people.members(agency_id) if (p.id, m.role) == (person_id, meant)), None)
        if person is None:
            raise NotFound("they do not have that role")
        mine = [m for m in uow.plans.assigned_to(person_id) if m.agency_id == agency_id]
        last = is_last_admin(uow, agency_id, person_id, meant)
    return render_template(
        "end_role.html",
        agency=agency,
        person=person,
        role=meant,
        role_name=ROLE_NAMES[meant],
        measures=mine if meant is Role.OFFICER else [],
        last=last,
        is_me=person_id == who().person.id,
    )


@pages.post("/<agency_id>/people/<person_id>/<role>/end")
@for_roles(Role.ADMIN)
def end(agency_id: AgencyId, person_id: PersonId, role: str) -> Response:
    """Take it away."""
    rt = runtime()
    meant = _role(role)
    try:
        with rt.store.write() as uow:
            person = end_role(uow, rt.ids, rt.clock.now(), who().person.id, agency_id, person_id, meant)
            chat = uow.chats.of_person(person_id)
        if chat is not None:
            rt.queue.enqueue(LINK_MENUS, chat.channel_id)
        flash(_("%(name)s ไม่ได้เป็น%(role)sแล้ว รายงานที่เคยส่งยังอยู่", name=person.name, role=ROLE_NAMES[meant]), "success")
    except BadInput:
        flash(_("หน่วยงานต้องมีผู้ดูแลอย่างน้อยหนึ่งคน กรุณาเชิญผู้ดูแลคนใหม่ก่อน"), "warning")
    except NotFound:
        flash(_("บทบาทนี้สิ้นสุดไปก่อนแล้ว"), "warning")
    if person_id == who().person.id and meant is Role.ADMIN:
        return redirect(url_for("home.home"), 303)
    return redirect(url_for(".show", agency_id=agency_id), 303)


@pages.post("/<agency_id>/people/roles/<entry_id>/restore")
@for_roles(Role.ADMIN)
def restore(agency_id: AgencyId, entry_id: str) -> Response:
    """Give a role back that was ended a moment ago."""
    rt = runtime()
    try:
        with rt.store.write() as uow:
            person, role = restore_role(uow, rt.ids, rt.clock.now(), who().person.id, agency_id, entry_id)
            chat = uow.chats.of_person(person.id)
        if chat is not None:
            rt.queue.enqueue(LINK_MENUS, chat.channel_id)
        flash(_("%(name)s เป็น%(role)sตามเดิมแล้ว", name=person.name, role=ROLE_NAMES[role]), "success")
    except NotFound:
        flash(_("คืนบทบาทนี้ไม่ได้แล้ว: มีผู้คืนไปก่อน หรือเกิน ๑๕ นาที กรุณาเชิญใหม่"), "warning")
    return redirect(url_for(".show", agency_id=agency_id), 303)


def _page(agency_id: AgencyId, typed: Typed) -> str:
    now = runtime().clock.now()
    with runtime().store.read() as uow:
        agency = existing_agency(uow, agency_id)
        year = year_that_matters(uow, agency_id)
        measures = uow.plans.measures(agency_id, year)
        rows = _rows(uow, agency_id, measures)
        ended = just_ended(uow, agency_id, now) if may_run(agency_id) else []
        waiting = uow.people.unused_invites(agency_id)
        requests = uow.join_requests.pending([agency_id], now - REQUEST_LIFE)
        issuers = {key: each.name for key in {i.created_by for i in waiting} if key and (each := uow.people.get(key))}
    return render_template(
        "people.html",
        agency=agency,
        year=year,
        measures=measures,
        rows=rows,
        ended=ended,
        waiting=[each for each in waiting if each.expires_at > now],
        expired=_expired(waiting, rows, now),
        requests=requests,
        issuers=issuers,
        role_names=ROLE_NAMES,
        duties=ROLE_DUTIES,
        given_here=GIVEN_HERE,
        typed=typed,
        most=MOST_PEOPLE,
        runs_it=may_run(agency_id),
    )


def _rows(uow: UnitOfWork, agency_id: AgencyId, measures: Sequence[Measure]) -> list[Row]:
    people: dict[PersonId, Person] = {}
    roles: dict[PersonId, list[Role]] = defaultdict(list)
    for person, membership in uow.people.members(agency_id):
        people[person.id] = person
        roles[person.id].append(membership.role)
    contacts = uow.chats.contacts(list(people))
    numbers = _numbers(uow, measures)
    today = bangkok_day(runtime().clock.now())
    acting = who_acts(uow.acting.on(today, agency_id=agency_id), today)
    divisions, times = uow.divisions.of_agency(agency_id), uow.reminders.times(list(people))
    names = {key: person.name for key, person in people.items()}
    return [
        Row(
            person=person,
            roles=tuple(sorted(roles[key], key=list(Role).index)),
            contact=contacts.get(key),
            numbers=tuple(numbers.get(key, ())),
            divisions=divisions.names_of(key),
            acted_by=names.get(acting.get(key, PersonId("")), ""),
            acts_for=tuple(names.get(holder, "") for holder, other in acting.items() if other == key),
            away_until=_away_until(times.get(key), today),
        )
        for key, person in people.items()
    ]


def _away_until(times: PersonTimes | None, today: date) -> date | None:
    """The last day of a leave that is going on."""
    if times is None or times.away_from is None or times.away_until is None:
        return None
    return times.away_until if times.away_from <= today <= times.away_until else None


def _numbers(uow: UnitOfWork, measures: Sequence[Measure]) -> Mapping[PersonId, list[int]]:
    found: dict[PersonId, list[int]] = defaultdict(list)
    reporters = uow.plans.reporters([measure.id for measure in measures])
    for measure in measures:
        for person in reporters[measure.id]:
            found[person.id].append(measure.no)
    return found


def _expired(invites: Sequence[Invite], rows: Sequence[Row], now: datetime) -> list[Invite]:
    """Codes that ran out before somebody joined who has no other: they need a new one."""
    here = {row.person.id for row in rows if row.contact}
    living = {each.person_id for each in invites if each.expires_at > now}
    latest = {each.person_id: each for each in reversed(invites)}
    return [each for key, each in latest.items() if key not in here | living]


def _sheet(rt: WebRuntime, agency: Agency, year: FiscalYear, invited: Sequence[Invited]) -> str:
    cards = []
    for each in invited:
        link = rt.bot_link(each.code, agency.id) or f"{rt.settings.public_base_url}/join/{each.code}"
        code = f"{each.code[:4]}-{each.code[4:]}"
        cards.append({"invite": each.invite, "measures": each.measures, "code": code, "qr": drawn_qr(link)})
    return render_template("invite_sheet.html", agency=agency, year=year, cards=cards, role_names=ROLE_NAMES)


def _role(word: str) -> Role:
    try:
        role = Role(word)
    except ValueError:
        raise NotFound("there is no such role") from None
    if role not in GIVEN_HERE:
        raise NotFound("that role is not given here")
    return role
