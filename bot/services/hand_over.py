"""Measures go from one officer to another for good: drafts, evidence and what was sent go with them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.conversation.types import Message
from bot.domain.agencies import AgencyId
from bot.domain.errors import BadInput, NotFound
from bot.domain.joining import Handover, HandoverId, Offer
from bot.domain.people import ChatId, Membership, Person, PersonId, Role
from bot.domain.plans import Measure, MeasureId
from bot.domain.updates import Answer, EvidenceId, Update
from bot.ports.store import UnitOfWork
from bot.services.logbook import Action, note
from bot.services.notices import Notices


def offer_handover(
    uow: UnitOfWork,
    notices: Notices,
    at: datetime,
    giver_id: PersonId,
    agency_id: AgencyId,
    taker_id: PersonId,
    measure_ids: Collection[MeasureId],
) -> tuple[Handover, list[ChatId]]:
    """An officer offers measures to a colleague, who is asked; nothing moves before they accept.

    Raises:
        NotFound: one of them has no role in the agency.
        BadInput: none of the measures is the officer's, or they offer them to themselves.
    """
    giver, taker, measures = _checked(uow, agency_id, giver_id, taker_id, measure_ids)
    handover = _record(notices, at, giver_id, agency_id, giver, taker, measures)
    uow.handovers.add(handover)
    _write_down(uow, notices, at, giver_id, Action.HANDOVER_OFFERED, agency_id, giver, taker, measures)
    message = Message(name="handover_offer", values=_values(uow, agency_id, giver, taker, measures))
    told = notices.tell_person(uow, taker.id, "handover_offer", message, key=f"handover-{handover.id}")
    return handover, [told.chat_id] if told else []


def settle_handover(
    uow: UnitOfWork, notices: Notices, at: datetime, by: PersonId, handover_id: HandoverId, state: Offer
) -> list[ChatId]:
    """The colleague takes or declines an offer, or its officer withdraws it; the other one is told.

    Raises:
        NotFound: it is not theirs to settle, or it was settled before.
    """
    offer = uow.handovers.get(handover_id)
    may = {Offer.TAKEN: "taker_id", Offer.DECLINED: "taker_id", Offer.WITHDRAWN: "giver_id"}
    if offer is None or getattr(offer, may[state]) != by or not uow.handovers.settle(handover_id, state, at):
        raise NotFound("there is no such offer any more")
    giver, taker = _person(uow, offer.giver_id), _person(uow, offer.taker_id)
    found = (uow.plans.measure(measure_id) for measure_id in offer.measure_ids)
    measures = [measure for measure in found if measure is not None]
    action = Action.HANDOVER_ENDED
    if state is Offer.TAKEN:
        action = Action.HANDED_OVER
        _move(uow, notices, offer.agency_id, giver, taker, measures)
    _write_down(uow, notices, at, by, action, offer.agency_id, giver, taker, measures)
    other = giver if by == taker.id else taker
    values = _values(uow, offer.agency_id, giver, taker, measures) | {"state": state.value, "mine": other == giver}
    told = notices.tell_person(uow, other.id, "handover_settled", Message(name="handover_settled", values=values))
    return [told.chat_id] if told else []


def hand_over(
    uow: UnitOfWork,
    notices: Notices,
    at: datetime,
    by: PersonId,
    agency_id: AgencyId,
    giver_id: PersonId,
    taker_id: PersonId,
    measure_ids: Collection[MeasureId],
) -> tuple[Handover, list[ChatId]]:
    """An admin moves measures at once; both are told. Raises as offer_handover does."""
    uow.agencies.hold(agency_id)
    giver, taker, measures = _checked(uow, agency_id, giver_id, taker_id, measure_ids)
    handover = replace(_record(notices, at, by, agency_id, giver, taker, measures), state=Offer.TAKEN, settled_at=at)
    uow.handovers.add(handover)
    _move(uow, notices, agency_id, giver, taker, measures)
    _write_down(uow, notices, at, by, Action.HANDED_OVER, agency_id, giver, taker, measures)
    told = []
    for person in (giver, taker):
        values = _values(uow, agency_id, giver, taker, measures) | {"state": "moved", "mine": person == giver}
        message = Message(name="handover_settled", values=values)
        told.append(notices.tell_person(uow, person.id, "handover_settled", message))
    return handover, [each.chat_id for each in told if each]


def predecessors(uow: UnitOfWork, person_id: PersonId) -> dict[MeasureId, set[PersonId]]:
    """From whom a person took each measure over, and from whom those had taken it."""
    found: dict[MeasureId, set[PersonId]] = {}
    waiting = uow.handovers.taken_by(person_id)
    for handover in waiting:
        fresh = False
        for measure_id in handover.measure_ids:
            before = found.setdefault(measure_id, set())
            fresh = fresh or handover.giver_id not in before
            before.add(handover.giver_id)
        if fresh:
            waiting += uow.handovers.taken_by(handover.giver_id)
    return {measure_id: before - {person_id} for measure_id, before in found.items()}


def successors(uow: UnitOfWork, person_id: PersonId, measure_id: MeasureId) -> list[PersonId]:
    """Who reports on a measure now that a person handed it over."""
    reporters = {person.id for person in uow.plans.reporters([measure_id])[measure_id]}
    return [each for each in reporters if person_id in predecessors(uow, each).get(measure_id, set())]


def _checked(
    uow: UnitOfWork,
    agency_id: AgencyId,
    giver_id: PersonId,
    taker_id: PersonId,
    measure_ids: Collection[MeasureId],
) -> tuple[Person, Person, list[Measure]]:
    members = {person.id: person for person, _ in uow.people.members(agency_id)}
    giver = uow.people.get(giver_id)
    if giver is None or taker_id not in members:
        raise NotFound("both must belong to the agency")
    mine = [m for m in uow.plans.assigned_to(giver_id) if m.agency_id == agency_id and m.id in measure_ids]
    if giver_id == taker_id or not mine:
        raise BadInput("there is nothing to hand over", field="measures")
    return giver, members[taker_id], mine


def _record(
    notices: Notices,
    at: datetime,
    by: PersonId,
    agency_id: AgencyId,
    giver: Person,
    taker: Person,
    measures: Sequence[Measure],
) -> Handover:
    return Handover(
        id=HandoverId(notices.ids.new()),
        agency_id=agency_id,
        giver_id=giver.id,
        taker_id=taker.id,
        measure_ids=tuple(measure.id for measure in measures),
        offered_at=at,
        offered_by=by,
    )


def _move(
    uow: UnitOfWork, notices: Notices, agency_id: AgencyId, giver: Person, taker: Person, measures: Sequence[Measure]
) -> None:
    ids = {measure.id for measure in measures}
    for draft in uow.updates.drafts_of(giver.id):
        if draft.measure_id in ids:
            _move_draft(uow, notices, draft, taker.id)
    uow.inbox.hand_over(giver.id, taker.id, ids)
    uow.handovers.move(giver.id, taker.id, ids)
    uow.people.add_membership(Membership(person_id=taker.id, role=Role.OFFICER, agency_id=agency_id))


def _move_draft(uow: UnitOfWork, notices: Notices, draft: Update, taker_id: PersonId) -> None:
    """Let the draft be the taker's; where they have one of their own, nothing of either is lost."""
    own = uow.updates.draft(taker_id, draft.measure_id, draft.round_no)
    if own is None:
        uow.handovers.move_draft(draft.id, taker_id)
        return
    typed = uow.updates.parts(draft.id)
    texts = {
        answer.value: _joined(own.answer(answer), draft.answer(answer), *typed.get(answer, ())) for answer in Answer
    }
    uow.updates.save(
        replace(
            own,
            status=own.status or draft.status,
            expected_on=own.expected_on or draft.expected_on,
            remark=_joined(own.remark, draft.remark),
            **texts,  # type: ignore[arg-type]
        )
    )
    uow.updates.copy_evidence(draft.id, own.id, [EvidenceId(notices.ids.new()) for _ in draft.evidence])
    uow.updates.delete(draft.id)


def _joined(*texts: str | None) -> str | None:
    """The texts one under another, each once."""
    return "\n".join(dict.fromkeys(text for text in texts if text)) or None


def _person(uow: UnitOfWork, person_id: PersonId) -> Person:
    return uow.people.get(person_id) or Person(id=person_id, name="")


def _values(
    uow: UnitOfWork, agency_id: AgencyId, giver: Person, taker: Person, measures: Sequence[Measure]
) -> dict[str, object]:
    agency = uow.agencies.get(agency_id)
    return {
        "giver": giver.name,
        "taker": taker.name,
        "agency": agency.name if agency else "",
        "measures": [{"no": measure.no, "title": measure.title, "year": measure.fiscal_year} for measure in measures],
    }


def _write_down(
    uow: UnitOfWork,
    notices: Notices,
    at: datetime,
    by: PersonId,
    action: Action,
    agency_id: AgencyId,
    giver: Person,
    taker: Person,
    measures: Sequence[Measure],
) -> None:
    numbers = [measure.no for measure in measures]
    note(uow, notices.ids, at, by, action, agency_id, person=giver.name, taker=taker.name, numbers=numbers)
