"""Every message to the agency's people and groups, with its life: queued, sent, refused; and sent again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _  # type: ignore[import-untyped]
from flask_babel import lazy_gettext
from werkzeug.wrappers import Response

from bot.domain.agencies import AgencyId
from bot.domain.calendar import BANGKOK, bangkok_day
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import PersonId, Role
from bot.ports.records import Letter, OutgoingState, SaidReminder
from bot.ports.store import UnitOfWork
from bot.ports.store.letters import LetterChoice
from bot.services.agency_rounds import agency_rounds
from bot.services.delivery_desk import DEAD, RoundDelivery, round_delivery
from bot.services.find import existing_agency
from bot.services.notices import TURN
from bot.services.recheck_reminder import NOT_NEEDED
from bot.services.send_group_digests import KIND as GROUP_DIGEST
from bot.services.try_again import resend_letter
from handlers.admin.access import for_roles, may_run, who
from handlers.admin.desk import day_given
from handlers.admin.round_view import shown_round
from handlers.admin.rule_words import rule_name
from handlers.runtime import runtime

pages = Blueprint("letters", __name__, url_prefix="/admin")

PAGE = 50
LAST_PAGE = 1_000
STATES: Mapping[OutgoingState, object] = {
    OutgoingState.QUEUED: lazy_gettext("รอส่ง"),
    OutgoingState.HELD: lazy_gettext("รอไปกับคำตอบถัดไป"),
    OutgoingState.SENT: lazy_gettext("LINE รับแล้ว"),
    OutgoingState.REFUSED: lazy_gettext("LINE ปฏิเสธ"),
    OutgoingState.EXPIRED: lazy_gettext("หมดเวลาก่อนส่ง"),
    OutgoingState.UNKNOWN: lazy_gettext("ไม่ทราบว่าถึงหรือไม่"),
    OutgoingState.RESENT: lazy_gettext("ส่งใหม่แล้ว"),
}
BADGES = {
    OutgoingState.SENT: "accepted",
    OutgoingState.QUEUED: "pending",
    OutgoingState.HELD: "partial",
    OutgoingState.REFUSED: "returned",
    OutgoingState.EXPIRED: "returned",
    OutgoingState.UNKNOWN: "returned",
    OutgoingState.RESENT: "pending",
}
KINDS: Mapping[str, object] = {
    "reminder": lazy_gettext("การเตือน"),
    "review_request": lazy_gettext("ขอให้ตรวจ"),
    "update_returned": lazy_gettext("ส่งกลับให้แก้"),
    "update_comment": lazy_gettext("ข้อความถึงรายงาน"),
    "update_accepted": lazy_gettext("เห็นชอบแล้ว"),
    "report": lazy_gettext("รายงานพร้อม"),
    "media_lost": lazy_gettext("หลักฐานรับไม่สำเร็จ"),
    "quota_warning": lazy_gettext("ข้อความใกล้หมด"),
    GROUP_DIGEST: lazy_gettext("สรุปประจำสัปดาห์ในกลุ่ม"),
    TURN: lazy_gettext("คำตอบในแชต"),
}
DEAD_CHOICE = "dead"
"""The filter that shows what failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which messages are wanted; fields as they stand in the address."""

    state: str
    kind: str
    person: str
    since: str
    until: str

    def fields(self) -> dict[str, str]:
        """Those that choose anything."""
        given = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: value for name, value in given.items() if value}

    def wanted(self) -> LetterChoice:
        """The same for the store; answers in the chat only when they are asked for."""
        since, until = day_given(self.since, "since"), day_given(self.until, "until")
        known = {each.value for each in OutgoingState}
        states = DEAD if self.state == DEAD_CHOICE else [OutgoingState(self.state)] if self.state in known else ()
        return LetterChoice(
            states=states,
            kinds=[self.kind] if self.kind else (),
            without=() if self.kind else (TURN,),
            person_id=PersonId(self.person) if self.person else None,
            since=datetime.combine(since, time(), BANGKOK) if since else None,
            before=datetime.combine(until, time(), BANGKOK) + timedelta(days=1) if until else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A message as the page shows it, with why it was sent."""

    letter: Letter
    to: str
    kind: str
    state: str
    badge: str
    said: tuple[SaidReminder, ...]
    can_resend: bool


@pages.get("/<agency_id>/reminders/messages")
@for_roles(Role.ADMIN, Role.AUDITOR)
def show(agency_id: AgencyId) -> str:
    """A page of messages, newest first."""
    choice, wrong = _choice(), None
    page = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    with runtime().store.read() as uow:
        agency = existing_agency(uow, agency_id)
        members = uow.people.members(agency_id)
        try:
            found = uow.letters.of_agency(agency_id, choice.wanted(), skip=(page - 1) * PAGE, limit=PAGE + 1)
        except BadInput:
            found, wrong = [], _("วันที่ไม่ถูกต้อง")
        said = uow.reminders.of_messages([letter.id for letter in found[:PAGE]])
        figures = _figures(uow, agency_id)
    return render_template(
        "letters.html",
        agency=agency,
        choice=choice,
        wrong=wrong,
        lines=[_line(letter, said, agency_id) for letter in found[:PAGE]],
        page=page,
        more=len(found) > PAGE,
        people={person.id: person.name for person, _role in members},
        states=STATES,
        kinds=KINDS,
        dead=DEAD_CHOICE,
        figures=figures,
        rule_name=rule_name,
        not_needed=NOT_NEEDED,
        runs_it=may_run(agency_id),
    )


@pages.post("/<agency_id>/reminders/messages/<message_id>/again")
@for_roles(Role.ADMIN)
def again(agency_id: AgencyId, message_id: str) -> Response:
    """Send a message that failed, or that is held, anew."""
    rt = runtime()
    try:
        resend_letter(rt.store, rt.ids, rt.clock, rt.queue, who().person.id, agency_id, message_id)
    except NotFound:
        flash(_("ไม่พบข้อความนี้"), "warning")
    except BadInput:
        flash(_("ข้อความนี้ส่งแล้ว หรือกำลังส่งอยู่"), "warning")
    else:
        flash(_("ส่งข้อความอีกครั้งแล้ว ดูผลได้ในรายการด้านล่าง"), "success")
    return redirect(url_for(".show", agency_id=agency_id), 303)


def _choice() -> Choice:
    names = Choice.__dataclass_fields__
    return Choice(**{name: request.args.get(name, "").strip() for name in names})


def _line(letter: Letter, said: list[SaidReminder], agency_id: AgencyId) -> Line:
    state = OutgoingState(letter.state)
    return Line(
        letter=letter,
        to=letter.name or _("กลุ่มไลน์ของหน่วยงาน"),
        kind=str(KINDS.get(letter.kind, letter.kind)),
        state=str(STATES[state]),
        badge=BADGES[state],
        said=tuple(each for each in said if each.message_id == letter.id and each.agency_id == agency_id),
        can_resend=state in {*DEAD, OutgoingState.HELD} and letter.error != NOT_NEEDED,
    )


def _figures(uow: UnitOfWork, agency_id: AgencyId) -> tuple[object, RoundDelivery] | None:
    """What became of the reminders of the round that matters now."""
    round_ = shown_round(agency_rounds(uow, agency_id), bangkok_day(runtime().clock.now()))
    return (round_, round_delivery(uow, agency_id, round_.fiscal_year, round_.no)) if round_ else None
