"""Outgoing messages as an agency's admin sees them: to whom, why and what became of them, never the words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId
from bot.ports.records import Letter, OutgoingState


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterChoice:
    """Which messages are wanted; what is left empty chooses nothing.

    Attributes:
        kinds: only these kinds.
        without: none of these kinds.
        since: made at that moment or later, and before `before`.
    """

    states: Collection[OutgoingState] = ()
    kinds: Collection[str] = ()
    without: Collection[str] = ()
    person_id: PersonId | None = None
    since: datetime | None = None
    before: datetime | None = None


class Letters(Protocol):
    """Messages to the members and groups of an agency; reminders about another agency's work are left out."""

    def of_agency(self, agency_id: AgencyId, choice: LetterChoice, *, skip: int, limit: int) -> list[Letter]:
        """Newest first."""
        ...

    def get(self, agency_id: AgencyId, message_id: str) -> Letter | None:
        """One of them; None where the agency has no such message."""
        ...

    def states(self, message_ids: Collection[str]) -> dict[str, OutgoingState]:
        """What became of those of the messages that are stored."""
        ...
