"""Tokens with which other programs read, and hand in updates: limited in scope, in time and to whom they belong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.agencies import AgencyId
from bot.domain.people import PersonId, Role

ApiTokenId = NewType("ApiTokenId", str)

TOKEN_LIFE = timedelta(days=365)


class Scope(StrEnum):
    """What a token may be used for."""

    COMPLETENESS = "completeness"
    READ = "read"
    SUBMIT = "submit"

    @property
    def roles(self) -> frozenset[Role]:
        """Which of its maker's roles in an agency it stands on; without one it opens nothing there any more."""
        return _ROLES[self]


_ROLES = {
    Scope.COMPLETENESS: frozenset({Role.ADMIN, Role.AUDITOR, Role.OVERSEER, Role.OPERATOR}),
    Scope.READ: frozenset({Role.ADMIN, Role.AUDITOR}),
    Scope.SUBMIT: frozenset({Role.ADMIN}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """A token; the secret itself is kept only as a keyed hash.

    Attributes:
        person_id: who made it; it can do nothing that they cannot.
        agency_id: the one agency that it is for; None for every agency of its maker.
        used_at: about when it was used last.
    """

    id: ApiTokenId
    person_id: PersonId
    agency_id: AgencyId | None
    name: str
    scopes: tuple[Scope, ...]
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    def is_living(self, now: datetime) -> bool:
        """Whether it opens anything."""
        return self.revoked_at is None and now < self.expires_at
