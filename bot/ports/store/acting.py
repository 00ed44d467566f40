"""Who acts for whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from bot.domain.acting import ActingPost, ActingPostId
from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId


class Acting(Protocol):
    """Acting posts; one that was ended early is kept with the moment of its end."""

    def add(self, post: ActingPost) -> None: ...
    def get(self, post_id: ActingPostId) -> ActingPost | None: ...
    def on(
        self, day: date, *, agency_id: AgencyId | None = None, acting_id: PersonId | None = None
    ) -> list[ActingPost]:
        """Those that hold on a day: of everybody, of an agency, of a person who acts; in the order made."""
        ...

    def since(self, day: date, agency_id: AgencyId | None = None) -> list[ActingPost]:
        """Those that hold on that day or will later, the earliest first."""
        ...

    def of_agency(self, agency_id: AgencyId) -> list[ActingPost]:
        """All there ever were, the latest first."""
        ...

    def end(self, post_id: ActingPostId, at: datetime) -> bool:
        """Let it hold no more; False when it had ended or is not there."""
        ...
