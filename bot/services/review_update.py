"""Submitting an update, and accepting it or sending it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.conversation.types import Message
from bot.domain.agencies import AgencyId
from bot.domain.errors import NotFound
from bot.domain.people import ChatId, PersonId, Role
from bot.domain.plans import Measure
from bot.domain.updates import Review, Stage, Update, UpdateId
from bot.ports.records import Outgoing
from bot.ports.store import UnitOfWork
from bot.services.import_plan import importer_id
from bot.services.logbook import Action, note
from bot.services.notices import Notices


def submit_update(uow: UnitOfWork, notices: Notices, update_id: UpdateId, at: datetime) -> list[ChatId]:
    """Put a draft in force in place of the officer's earlier one, and ask for review where the agency has it.

    Returns the chats that were told something.
    """
    update = uow.updates.get(update_id)
    if update is None or update.stage is not Stage.DRAFT:
        return []
    measure = uow.plans.measure(update.measure_id)
    if measure is None:
        return []
    return put_in_force(uow, notices, measure, update, at)


def put_in_force(uow: UnitOfWork, notices: Notices, measure: Measure, update: Update, at: datetime) -> list[ChatId]:
    """Let a stored update stand in place of the officer's earlier one, as submit_update says."""
    replaced = {update.person_id, importer_id(measure.agency_id)}
    for old in uow.updates.in_force([update.measure_id]):
        if old.person_id in replaced and old.round_no is update.round_no:
            uow.updates.save(replace(old, stage=Stage.SUPERSEDED))
    reviewers = _reviewers(uow, measure.agency_id, update.person_id)
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
    asked = [_ask_review(uow, notices, reviewer, measure, submitted) for reviewer in reviewers or []]
    return [message.chat_id for message in asked if message]


def _reviewers(uow: UnitOfWork, agency_id: AgencyId, officer: PersonId) -> list[PersonId] | None:
    """Who reviews: the heads, or the admins where they chose to; None where submitting is accepting."""
    members = uow.people.members(agency_id)
    heads = [p.id for p, m in members if m.role is Role.HEAD]
    admins = [p.id for p, m in members if m.role is Role.ADMIN]
    if heads:
        return heads
    return admins if uow.agencies.settings(agency_id).review_by_admin else None


def _ask_review(
    uow: UnitOfWork, notices: Notices, reviewer: PersonId, measure: Measure, update: Update
) -> Outgoing | None:
    agency = uow.agencies.get(measure.agency_id)
    officer = uow.people.get(update.person_id)
    message = Message(
        name="review_request",
        values={
            "officer": officer.name if officer else "",
            "agency": agency.name if agency else "",
            "no": measure.no,
            "title": measure.title,
            "status": update.status.thai if update.status else "",
            "summary": update.summary or update.obstacles or "",
            "outcome": update.outcome or "",
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
    _write_down(uow, notices, update, measure, by, Action.UPDATE_ACCEPTED if accept else Action.UPDATE_RETURNED)
    if accept:
        return []  # good news waits for งานของฉัน: pushes are counted
    reviewer = uow.people.get(by)
    values = {"no": measure.no, "title": measure.title, "reason": reason or "", "by": reviewer.name if reviewer else ""}
    told = notices.tell_person(uow, update.person_id, "update_returned", Message(name="update_returned", values=values))
    return [told.chat_id] if told else []


def _write_down(
    uow: UnitOfWork, notices: Notices, update: Update, measure: Measure, by: PersonId, action: Action
) -> None:
    officer = uow.people.get(update.person_id)
    details = {"no": measure.no, "year": measure.fiscal_year, "round": update.round_no.value}
    person = officer.name if officer else ""
    note(uow, notices.ids, notices.clock.now(), by, action, measure.agency_id, person=person, **details)
