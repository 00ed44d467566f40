"""Groups and rooms that the bot is in."""

from __future__ import annotations

from typing import Protocol

from bot.domain.agencies import AgencyId
from bot.domain.people import ChatId, PersonId
from bot.ports.records import Group


class Groups(Protocol):
    """Groups and rooms; each has a chat of its own kind, and messages for it go through the outbox like any other."""

    def get(self, chat_id: ChatId) -> Group | None: ...
    def save(self, group: Group) -> None:
        """Insert or overwrite."""
        ...

    def of_agency(self, agency_id: AgencyId) -> list[Group]:
        """The groups that serve the agency and that the bot is still in, first linked first."""
        ...

    def waiting_for(self, person_id: PersonId) -> Group | None:
        """The group that the person asked last to link and has still to say for which agency."""
        ...
