"""Asking to change what a locked round holds, and an admin's answer; whoever asked and who decides are told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.conversation.types import Message
from bot.domain.calendar import bangkok_day
from bot.domain.errors import BadInput, NotFound
from bot.domain.people import ChatId, PersonId, Role
from bot.domain.plans import Measure
from bot.domain.reopenings import MOST_DAYS, USUAL_DAYS, Reopening, ReopeningId, Reply
from bot.ports.store import UnitOfWork
from bot.services.logbook import Action, note
from bot.services.notices import Notices


def ask_reopening(uow: UnitOfWork, notices: Notices, request: Reopening) -> list[ChatId]:
    """Keep the request and tell the agency's admins; returns the chats that were told.

    Asking again about the same while it waits changes nothing.
    """
    measure = uow.plans.measure(request.measure_id)
    if measure is None or not uow.reopenings.add(request):
        return []
    officer = uow.people.get(request.person_id)
    values = _values(measure, request) | {"officer": officer.name if officer else "", "reason": request.reason}
    message = Message(name="reopening_request", values=values)
    admins = dict.fromkeys(p.id for p, m in uow.people.members(request.agency_id) if m.role is Role.ADMIN)
    key = f"reopening-{request.id}"
    told = [notices.tell_person(uow, each, "reopening", message, key=f"{key}-{each}") for each in admins]
    return [each.chat_id for each in told if each]


def answer_reopening(
    uow: UnitOfWork,
    notices: Notices,
    at: datetime,
    by: PersonId,
    reopening_id: ReopeningId,
    *,
    allow: bool,
    until: date | None = None,
) -> tuple[Reopening, list[ChatId]]:
    """Open the measure again for the officer until that day, or not; returns the request and the chats told.

    Raises:
        NotFound: there is no such request, or it was answered before, or it is not theirs to answer.
        BadInput: the day is past or too far away.
    """
    request = uow.reopenings.get(reopening_id)
    roles = {m.role for m in uow.people.memberships(by) if request and m.agency_id == request.agency_id}
    measure = uow.plans.measure(request.measure_id) if request else None
    if request is None or measure is None or Role.ADMIN not in roles:
        raise NotFound("there is no such request")
    today = bangkok_day(at)
    last = (until or today + timedelta(days=USUAL_DAYS)) if allow else None
    if last is not None and not today <= last <= today + timedelta(days=MOST_DAYS):
        raise BadInput(f"a measure is opened again for at most {MOST_DAYS} days", field="until")
    if not uow.reopenings.settle(request.id, Reply.ALLOWED if allow else Reply.DENIED, at, by, last):
        raise NotFound("it was answered before")
    officer = uow.people.get(request.person_id)
    action = Action.REOPENED if allow else Action.REOPENING_DENIED
    details = {"no": measure.no, "year": measure.fiscal_year, "round": request.round_no.value}
    note(uow, notices.ids, at, by, action, request.agency_id, person=officer.name if officer else "", **details)
    values = _values(measure, request) | {"allowed": allow, "until": last}
    message = Message(name="reopening_answered", values=values)
    told = notices.tell_person(uow, request.person_id, "reopening", message)
    return request, [told.chat_id] if told else []


def _values(measure: Measure, request: Reopening) -> dict[str, object]:
    return {
        "no": measure.no,
        "title": measure.title,
        "year": measure.fiscal_year,
        "round_no": request.round_no.value,
    }
