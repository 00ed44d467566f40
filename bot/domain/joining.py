"""Asking to join without a code, and work handed over from one officer to another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.agencies import AgencyId
from bot.domain.people import ChatId, PersonId
from bot.domain.plans import MeasureId

JoinRequestId = NewType("JoinRequestId", str)
HandoverId = NewType("HandoverId", str)

LONGEST_ASKER = 150
"""Letters of the name and division that somebody asks under."""
REQUESTS_PER_DAY = 3
REQUEST_LIFE = timedelta(days=30)
"""A request that nobody decides on is forgotten after that."""


class Asked(StrEnum):
    """The life of a request."""

    PENDING = "pending"
    APPROVED = "approved"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinRequest:
    """Somebody without a code asks an agency to let them in; `name` is as they typed it."""

    id: JoinRequestId
    chat_id: ChatId
    agency_id: AgencyId
    name: str
    asked_at: datetime
    state: Asked = Asked.PENDING
    settled_at: datetime | None = None
    settled_by: PersonId | None = None
    person_id: PersonId | None = None

    @property
    def person_name(self) -> str:
        """The name alone: what stands before a comma or a new line."""
        return self._split()[0]

    @property
    def division(self) -> str:
        """The division that was named after the name, as it was typed."""
        return self._split()[1]

    def _split(self) -> tuple[str, str]:
        name, *rest = (part.strip() for part in re.split(r"[,\n/]", self.name, maxsplit=1))
        return name, (rest[0] if rest else "")


class Offer(StrEnum):
    """The life of a handover."""

    OFFERED = "offered"
    TAKEN = "taken"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Measures that go from one officer to another for good."""

    id: HandoverId
    agency_id: AgencyId
    giver_id: PersonId
    taker_id: PersonId
    measure_ids: tuple[MeasureId, ...]
    offered_at: datetime
    offered_by: PersonId | None = None
    state: Offer = Offer.OFFERED
    settled_at: datetime | None = None
