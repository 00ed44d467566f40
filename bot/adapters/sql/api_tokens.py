"""Tokens of other programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import api_tokens
from bot.domain.agencies import AgencyId
from bot.domain.api_tokens import ApiToken, ApiTokenId, Scope
from bot.domain.people import PersonId


class SqlApiTokens(Repository):
    """Keeps bot.ports.store.ApiTokens."""

    def add(self, token: ApiToken, token_hash: str) -> None:
        """Insert."""
        self._rows.change(insert(api_tokens).values(token_hash=token_hash, **values(token)))

    def of_hash(self, token_hash: str) -> ApiToken | None:
        """By secret."""
        found = self._where(api_tokens.c.token_hash == token_hash)
        return found[0] if found else None

    def used(self, token_id: ApiTokenId, at: datetime) -> None:
        """Write the moment down."""
        self._rows.change(update(api_tokens).where(api_tokens.c.id == token_id).values(used_at=at))

    def of_agency(self, agency_id: AgencyId) -> list[ApiToken]:
        """The newest first."""
        return self._where(api_tokens.c.agency_id == agency_id)

    def of_person(self, person_id: PersonId) -> list[ApiToken]:
        """The newest first."""
        return self._where(api_tokens.c.person_id == person_id, api_tokens.c.agency_id.is_(None))

    def revoke(self, token_id: ApiTokenId, at: datetime) -> bool:
        """Write the moment down once."""
        living = update(api_tokens).where(api_tokens.c.id == token_id, api_tokens.c.revoked_at.is_(None))
        return self._rows.change(living.values(revoked_at=at)) == 1

    def _where(self, *conditions: ColumnElement[bool]) -> list[ApiToken]:
        query = select(*columns(ApiToken, api_tokens)).where(*conditions)
        rows = self._rows.all(query.order_by(api_tokens.c.made_at.desc(), api_tokens.c.id.desc()))
        loaded = (load(ApiToken, row) for row in rows)
        return [replace(token, scopes=tuple(map(Scope, token.scopes))) for token in loaded]
