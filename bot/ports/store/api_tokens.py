"""Tokens of other programs."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.agencies import AgencyId
from bot.domain.api_tokens import ApiToken, ApiTokenId
from bot.domain.people import PersonId


class ApiTokens(Protocol):
    """Tokens of other programs; spent and revoked ones are kept."""

    def add(self, token: ApiToken, token_hash: str) -> None: ...
    def of_hash(self, token_hash: str) -> ApiToken | None:
        """The token of that secret, living or not."""
        ...

    def used(self, token_id: ApiTokenId, at: datetime) -> None:
        """Remember that it was used."""
        ...

    def of_agency(self, agency_id: AgencyId) -> list[ApiToken]:
        """Those made for that one agency, the newest first."""
        ...

    def of_person(self, person_id: PersonId) -> list[ApiToken]:
        """Those that a person made for all of their agencies, the newest first."""
        ...

    def revoke(self, token_id: ApiTokenId, at: datetime) -> bool:
        """Let it open nothing more; False when it was revoked before or is not there."""
        ...
