"""Requests to join, and work handed over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, delete, insert, select, update

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import assignments, handovers, join_requests, updates
from bot.domain.agencies import AgencyId
from bot.domain.joining import Asked, Handover, HandoverId, JoinRequest, JoinRequestId, Offer
from bot.domain.people import ChatId, PersonId
from bot.domain.plans import MeasureId
from bot.domain.updates import Stage


class SqlJoinRequests(Repository):
    """Keeps bot.ports.store.JoinRequests."""

    def add(self, request: JoinRequest) -> bool:
        """Insert unless one is pending."""
        new = self._rows.insert(join_requests).values(values(request))
        return self._rows.changed(new.on_conflict_do_nothing().returning(join_requests.c.seq)) is not None

    def get(self, request_id: JoinRequestId) -> JoinRequest | None:
        """By id."""
        row = self._rows.first(select(*columns(JoinRequest, join_requests)).where(join_requests.c.id == request_id))
        return load(JoinRequest, row) if row else None

    def pending(self, agency_ids: Collection[AgencyId], since: datetime) -> list[JoinRequest]:
        """Oldest first."""
        if not agency_ids:
            return []
        table = join_requests
        query = select(*columns(JoinRequest, table)).where(
            table.c.agency_id.in_(agency_ids), table.c.state == Asked.PENDING, table.c.asked_at >= since
        )
        return [load(JoinRequest, row) for row in self._rows.all(query.order_by(table.c.seq))]

    def of_chat(self, chat_id: ChatId, since: datetime) -> list[JoinRequest]:
        """Newest first."""
        table = join_requests
        query = select(*columns(JoinRequest, table)).where(table.c.chat_id == chat_id, table.c.asked_at >= since)
        return [load(JoinRequest, row) for row in self._rows.all(query.order_by(table.c.seq.desc()))]

    def settle(self, request: JoinRequest) -> bool:
        """Once."""
        pending = update(join_requests).where(join_requests.c.id == request.id, join_requests.c.state == Asked.PENDING)
        return self._rows.change(pending.values(values(request, "id"))) == 1

    def forget(self, chat_id: ChatId) -> None:
        """It stays as withdrawn: whoever asks again and again is counted."""
        table = join_requests
        waits = update(table).where(table.c.chat_id == chat_id, table.c.state == Asked.PENDING)
        self._rows.change(waits.values(state=Asked.WITHDRAWN))


class SqlHandovers(Repository):
    """Keeps bot.ports.store.Handovers."""

    def add(self, handover: Handover) -> None:
        """Insert."""
        self._rows.change(insert(handovers).values(values(handover)))

    def get(self, handover_id: HandoverId) -> Handover | None:
        """By id."""
        row = self._rows.first(select(*columns(Handover, handovers)).where(handovers.c.id == handover_id))
        return load(Handover, row) if row else None

    def offered_to(self, person_id: PersonId) -> list[Handover]:
        """Oldest first."""
        return self._found(handovers.c.taker_id == person_id, handovers.c.state == Offer.OFFERED)

    def offered_by(self, person_id: PersonId) -> list[Handover]:
        """Oldest first."""
        return self._found(handovers.c.giver_id == person_id, handovers.c.state == Offer.OFFERED)

    def of_agency(self, agency_id: AgencyId) -> list[Handover]:
        """Newest first."""
        return self._found(handovers.c.agency_id == agency_id)[::-1]

    def taken_by(self, person_id: PersonId) -> list[Handover]:
        """Oldest first."""
        return self._found(handovers.c.taker_id == person_id, handovers.c.state == Offer.TAKEN)

    def settle(self, handover_id: HandoverId, state: Offer, at: datetime) -> bool:
        """Once."""
        offered = update(handovers).where(handovers.c.id == handover_id, handovers.c.state == Offer.OFFERED)
        return self._rows.change(offered.values(state=state, settled_at=at)) == 1

    def move(self, giver_id: PersonId, taker_id: PersonId, measure_ids: Collection[MeasureId]) -> None:
        """Put one name in place of the other, or take the first away where the second is there."""
        table = assignments
        theirs = select(table.c.measure_id).where(table.c.person_id == taker_id, table.c.measure_id.in_(measure_ids))
        there = set(self._rows.scalars(theirs))
        mine = (table.c.person_id == giver_id, table.c.measure_id.in_(set(measure_ids) - there))
        self._rows.change(update(table).where(*mine).values(person_id=taker_id))
        self._rows.change(delete(table).where(table.c.person_id == giver_id, table.c.measure_id.in_(there)))

    def move_draft(self, update_id: str, taker_id: PersonId) -> None:
        """Overwrite whose it is."""
        draft = update(updates).where(updates.c.id == update_id, updates.c.stage == Stage.DRAFT)
        self._rows.change(draft.values(person_id=taker_id))

    def _found(self, *conditions: ColumnElement[bool]) -> list[Handover]:
        query = select(*columns(Handover, handovers)).where(*conditions)
        return [load(Handover, row) for row in self._rows.all(query.order_by(handovers.c.seq))]
