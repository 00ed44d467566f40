"""Submitting an update, and accepting it or sending it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from bot.conversation.flows import returned
from bot.conversation.types import Message
from bot.domain.acting import acting_name, who_acts
from bot.domain.agencies import AgencyId
from bot.domain.calendar import bangkok_day
from bot.domain.errors import NotFound
from bot.domain.people import ChatId, PersonId, Role
from bot.domain.plans import Measure
from bot.domain.updates import Answer, Review, Stage, Update, UpdateId
from bot.domain.webhooks import HookEvent
from bot.ports.records import Outgoing
from bot.ports.store import UnitOfWork
from bot.services.hand_over import predecessors, successors
from bot.services.import_plan import importer_id
from bot.services.logbook import Action, note
from bot.services.notices import Notices
from bot.services.webhooks import announce_update


def submit_update(
    uow: UnitOfWork, notices: Notices, update_id: UpdateId, at: datetime, by: PersonId | None = None
) -> list[ChatId]:
    """Put a draft in force in place of the officer's earlier one, and ask for review where the agency has it.

    `by` is who submits it; somebody else than the officer acts in their place, and is written down.

    Returns the chats that were told something.
    """
    update = uow.updates.get(update_id)
    if update is None or update.stage is not Stage.DRAFT:
        return []
    measure = uow.plans.measure(update.measure_id)
    if measure is None:
        return []
    acted_by = by if by is not None and by != update.person_id else None
    return put_in_force(uow, notices, measure, replace(update, acted_by=acted_by), at)


def put_in_force(uow: UnitOfWork, notices: Notices, measure: Measure, update: Update, at: datetime) -> list[ChatId]:
    """Let a stored update stand in place of the officer's earlier one, as submit_update says."""
    before = predecessors(uow, update.person_id).get(measure.id, set())
    replaced = {update.person_id, importer_id(measure.agency_id), *before}
    for old in uow.updates.in_force([update.measure_id]):
        if old.person_id in replaced and old.round_no is update.round_no:
            uow.updates.save(replace(old, stage=Stage.SUPERSEDED))
    reviewers = _reviewers(uow, measure, update.person_id, bangkok_day(at))
    review = Review.ACCEPTED if reviewers is None else Review.PENDING
    submitted = replace(
        update,
        stage=Stage.SUBMITTED,
        submitted_at=at,
        review=review,
        review_reason=None,
        reviewed_at=None,
        evidence=update.evidence,
    )
    uow.updates.save(submitted)
    for answer in Answer:  # only which messages they were is kept, to say so of one that is taken back later
        sent = uow.updates.sent_parts(update.id, answer)
        uow.updates.accept_parts(update.id, answer, [replace(part, text="") for part in sent if part.accepted])
    announce_update(uow, notices.ids, at, HookEvent.UPDATE_SUBMITTED, measure, submitted)
    asked = [_ask_review(uow, notices, reviewer, measure, submitted) for reviewer in reviewers or []]
    return [message.chat_id for message in asked if message]


def _reviewers(uow: UnitOfWork, measure: Measure, officer: PersonId, today: date) -> list[PersonId] | None:
    """Who reviews: the heads of the division or whoever acts for them, or the admins where they chose to; else None."""
    agency_id = measure.agency_id
    members = uow.people.members(agency_id)
    heads = [p.id for p, m in members if m.role is Role.HEAD]
    admins = [p.id for p, m in members if m.role is Role.ADMIN]
    if heads:
        acting = who_acts(uow.acting.on(today, agency_id=agency_id), today)
        mine = uow.divisions.of_agency(agency_id).reviewers(heads, officer, measure.id)
        return list(dict.fromkeys(acting.get(head, head) for head in mine))
    return admins if uow.agencies.settings(agency_id).review_by_admin else None


def _ask_review(
    uow: UnitOfWork, notices: Notices, reviewer: PersonId, measure: Measure, update: Update
) -> Outgoing | None:
    agency = uow.agencies.get(measure.agency_id)
    message = Message(
        name="review_request",
        values={
            "officer": _officer_name(uow, update),
            "agency": agency.name if agency else "",
            "no": measure.no,
            "title": measure.title,
            "status": update.status.thai if update.status else "",
            "summary": update.summary or update.obstacles or "",
            "outcome": update.outcome or "",
            "expected_on": update.expected_on,
        },
    )
    return notices.tell_person(uow, reviewer, "review_request", message, key=f"review-{update.id}-{reviewer}")


def decide_review(
    uow: UnitOfWork, notices: Notices, update_id: UpdateId, by: PersonId, *, accept: bool, reason: str | None
) -> list[ChatId]:
    """Accept an update in force, or return it to its officer, who is told the reason once.

    Returns the chats that were told something.

    Raises:
        NotFound: the update is not in force any more.
    """
    update = uow.updates.get(update_id)
    if update is None or update.stage is not Stage.SUBMITTED:
        raise NotFound("the update has been replaced or is gone")
    measure = uow.plans.measure(update.measure_id)
    if measure is None:
        raise NotFound("the measure is gone")
    review = Review.ACCEPTED if accept else Review.RETURNED
    if update.review is review:
        return []
    at = notices.clock.now()
    uow.updates.save(replace(update, review=review, review_reason=None if accept else reason, reviewed_at=at))
    event = HookEvent.UPDATE_ACCEPTED if accept else HookEvent.UPDATE_RETURNED
    announce_update(uow, notices.ids, at, event, measure, update)
    write_down(uow, notices, update, measure, by, Action.UPDATE_ACCEPTED if accept else Action.UPDATE_RETURNED)
    if accept:
        return []  # good news waits for งานของฉัน: pushes are counted
    reviewer = name_at_review(uow, by, measure.agency_id, bangkok_day(at))
    values = {"no": measure.no, "title": measure.title, "reason": reason or "", "by": reviewer}
    message = Message(name="update_returned", values=values, choices=returned.choices(reason, update))
    mends = who_mends(uow, measure, update, bangkok_day(at))
    told = [notices.tell_person(uow, each, "update_returned", message) for each in mends]
    return [each.chat_id for each in told if each]


def who_mends(uow: UnitOfWork, measure: Measure, update: Update, today: date) -> list[PersonId]:
    """Whoever would change an update: its officer or who took the measure over, and who acts for the officer today."""
    acting = _acting_for(uow, measure, update, today)
    heirs = successors(uow, update.person_id, measure.id)
    return list(dict.fromkeys([*(heirs or [update.person_id]), *([acting] if acting else [])]))


def _acting_for(uow: UnitOfWork, measure: Measure, update: Update, today: date) -> PersonId | None:
    """Who does the officer's work today."""
    return who_acts(uow.acting.on(today, agency_id=measure.agency_id), today).get(update.person_id)


def _officer_name(uow: UnitOfWork, update: Update) -> str:
    """The officer, or who acted for them."""
    officer = uow.people.get(update.person_id)
    acting = uow.people.get(update.acted_by) if update.acted_by else None
    name = officer.name if officer else ""
    return acting_name(acting.name, name) if acting else name


def name_at_review(uow: UnitOfWork, person_id: PersonId, agency_id: AgencyId, today: date) -> str:
    """How a reviewer is named: a head's stand-in with the head's name."""
    person = uow.people.get(person_id)
    if person is None:
        return ""
    own = {m.role for m in uow.people.memberships(person_id) if m.agency_id == agency_id}
    if own & {Role.HEAD, Role.ADMIN}:
        return person.name
    heads = {p.id: p.name for p, m in uow.people.members(agency_id) if m.role is Role.HEAD}
    posts = uow.acting.on(today, agency_id=agency_id, acting_id=person_id)
    held = next((heads[post.holder_id] for post in posts if post.holder_id in heads), None)
    return acting_name(person.name, held) if held else person.name


def write_down(
    uow: UnitOfWork, notices: Notices, update: Update, measure: Measure, by: PersonId, action: Action
) -> None:
    """Put what was done with an update into the log."""
    officer = uow.people.get(update.person_id)
    details = {"no": measure.no, "year": measure.fiscal_year, "round": update.round_no.value}
    person = officer.name if officer else ""
    note(uow, notices.ids, notices.clock.now(), by, action, measure.agency_id, person=person, **details)
