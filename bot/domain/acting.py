"""Acting posts (รักษาราชการแทน): who does whose work from one day to another, both days included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType

from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId, Role

ActingPostId = NewType("ActingPostId", str)

LONGEST_ACTING = 366
"""Days that one acting post may last; a longer absence is a transfer."""

PASSES_ON = frozenset({Role.OFFICER, Role.HEAD, Role.APPROVER})
"""What somebody who acts may do in the other's place; running the agency's pages is given by the role only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActingPost:
    """One person does another's work in an agency for a while.

    Attributes:
        holder_id: whose work it is.
        acting_id: who does it meanwhile; nobody acts for somebody by way of a third person.
        made_by: None for the program itself.
        ended_at: set when it was ended before its last day; from then on it holds no more.
    """

    id: ActingPostId
    agency_id: AgencyId
    holder_id: PersonId
    acting_id: PersonId
    first_on: date
    last_on: date
    made_at: datetime
    made_by: PersonId | None = None
    ended_at: datetime | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.ended_at is None and self.first_on <= day <= self.last_on

    def overlaps(self, first: date, last: date) -> bool:
        """Whether it holds on some day of a span."""
        return self.ended_at is None and self.first_on <= last and first <= self.last_on


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """An acting post with the roles that come with it."""

    post: ActingPost
    roles: frozenset[Role]


def who_acts(posts: Iterable[ActingPost], day: date) -> Mapping[PersonId, PersonId]:
    """Who acts for whom on a day, by the holder; of one agency's posts."""
    return {post.holder_id: post.acting_id for post in posts if post.holds_on(day)}


def acting_name(name: str, holder: str) -> str:
    """How somebody who acts is named in records and reports."""
    return f"{name} (รักษาราชการแทน {holder})"
