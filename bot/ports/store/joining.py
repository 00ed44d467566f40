"""Requests to join, and work handed over."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.domain.agencies import AgencyId
from bot.domain.joining import Handover, HandoverId, JoinRequest, JoinRequestId, Offer
from bot.domain.people import ChatId, PersonId
from bot.domain.plans import MeasureId


class JoinRequests(Protocol):
    """Who asked to be let in."""

    def add(self, request: JoinRequest) -> bool:
        """Store it; False when the chat has a pending one."""
        ...

    def get(self, request_id: JoinRequestId) -> JoinRequest | None: ...
    def pending(self, agency_ids: Collection[AgencyId], since: datetime) -> list[JoinRequest]:
        """Those that wait and were made since then, oldest first."""
        ...

    def of_chat(self, chat_id: ChatId, since: datetime) -> list[JoinRequest]:
        """What a chat asked since then, newest first."""
        ...

    def settle(self, request: JoinRequest) -> bool:
        """Write down how a pending one was decided; False when it was decided before."""
        ...

    def forget(self, chat_id: ChatId) -> None:
        """Take a chat's pending request back; it still counts as asked."""
        ...


class Handovers(Protocol):
    """Measures that went, or are offered, from one officer to another."""

    def add(self, handover: Handover) -> None: ...
    def get(self, handover_id: HandoverId) -> Handover | None: ...
    def offered_to(self, person_id: PersonId) -> list[Handover]:
        """Those that wait for the person's answer, oldest first."""
        ...

    def offered_by(self, person_id: PersonId) -> list[Handover]:
        """Those of the person that wait for somebody's answer, oldest first."""
        ...

    def of_agency(self, agency_id: AgencyId) -> list[Handover]:
        """Every one, newest first."""
        ...

    def taken_by(self, person_id: PersonId) -> list[Handover]:
        """Those that the person took, oldest first."""
        ...

    def settle(self, handover_id: HandoverId, state: Offer, at: datetime) -> bool:
        """Write down how an offered one ended; False when it had."""
        ...

    def move(self, giver_id: PersonId, taker_id: PersonId, measure_ids: Collection[MeasureId]) -> None:
        """Let the taker report in the giver's place in the settled order; being a reporter already keeps theirs."""
        ...

    def move_draft(self, update_id: str, taker_id: PersonId) -> None:
        """Let a draft, with all that is in it, be the taker's, who has none of that measure and round."""
        ...
