"""Tokens of other programs: made, revoked, and held against what they are shown for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.agencies import AgencyId
from bot.domain.api_tokens import TOKEN_LIFE, ApiToken, ApiTokenId, Scope
from bot.domain.errors import BadInput, NotAllowed, NotFound
from bot.domain.people import Membership, Person, PersonId, Role
from bot.domain.text import clean
from bot.ports.outside import Ids, Keyed
from bot.ports.store import Store, UnitOfWork
from bot.services.logbook import Action, note

PREFIX = "kaona_"
"""What a token begins with, so that one that leaked is recognised for what it is."""

LONGEST_NAME = 100
_USE_IS_NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Who a token speaks for, with their roles of this moment."""

    token: ApiToken
    person: Person
    memberships: tuple[Membership, ...]

    def agencies(self, scope: Scope) -> tuple[AgencyId, ...]:
        """The agencies in which the token may be used so; an operator's roles name none."""
        if scope not in self.token.scopes:
            return ()
        held = dict.fromkeys(m.agency_id for m in self.memberships if m.agency_id and m.role in scope.roles)
        return tuple(each for each in held if self.token.agency_id in (None, each))

    def may(self, scope: Scope, agency_id: AgencyId) -> bool:
        """Whether the token may be used so in that agency."""
        if scope not in self.token.scopes or self.token.agency_id not in (None, agency_id):
            return False
        if Role.OPERATOR in scope.roles and any(m.role is Role.OPERATOR for m in self.memberships):
            return True
        return agency_id in self.agencies(scope)


def make_token(
    uow: UnitOfWork,
    ids: Ids,
    keyed: Keyed,
    at: datetime,
    by: PersonId,
    agency_id: AgencyId | None,
    name: str,
    scopes: Collection[Scope],
) -> tuple[ApiToken, str]:
    """Make a token; its secret is returned once and kept only as a hash.

    Raises:
        BadInput: no name, a long one, or no scope; `field` names it.
        NotAllowed: its maker may not do there what it is for.
    """
    name = " ".join(clean(name).split())
    if not name or len(name) > LONGEST_NAME:
        raise BadInput(f"a token has a name of at most {LONGEST_NAME} letters", field="name")
    if not scopes:
        raise BadInput("a token is for something", field="scopes")
    ordered = tuple(scope for scope in Scope if scope in scopes)
    token = ApiToken(
        id=ApiTokenId(ids.new()),
        person_id=by,
        agency_id=agency_id,
        name=name,
        scopes=ordered,
        made_at=at,
        expires_at=at + TOKEN_LIFE,
    )
    held = uow.people.memberships(by)
    if not all(any(m.role in scope.roles and agency_id in (None, m.agency_id) for m in held) for scope in ordered):
        raise NotAllowed("nobody makes a token for what they may not do")
    secret = PREFIX + ids.secret()
    uow.api_tokens.add(token, keyed.hash("api-token", secret))
    note(uow, ids, at, by, Action.ACCESS_GIVEN, agency_id, name=name, scopes=[scope.value for scope in ordered])
    return token, secret


def revoke_token(
    uow: UnitOfWork, ids: Ids, at: datetime, by: PersonId, agency_id: AgencyId, token_id: ApiTokenId
) -> ApiToken:
    """Let an agency's token open nothing more.

    Raises:
        NotFound: the agency has no such living token.
    """
    token = next((each for each in uow.api_tokens.of_agency(agency_id) if each.id == token_id), None)
    if token is None or not uow.api_tokens.revoke(token_id, at):
        raise NotFound("there is no such token")
    note(uow, ids, at, by, Action.ACCESS_TAKEN, agency_id, name=token.name)
    return token


def bearer_of(store: Store, keyed: Keyed, secret: str, now: datetime) -> Bearer | None:
    """Who a token speaks for; None when it is unknown, revoked or over."""
    with store.read() as uow:
        token = uow.api_tokens.of_hash(keyed.hash("api-token", secret))
        person = uow.people.get(token.person_id) if token and token.is_living(now) else None
        if token is None or person is None:
            return None
        found = Bearer(token=token, person=person, memberships=tuple(uow.people.memberships(person.id)))
    if token.used_at is None or now - token.used_at >= _USE_IS_NOTED_EVERY:
        with store.write() as uow:
            uow.api_tokens.used(token.id, now)
    return found
