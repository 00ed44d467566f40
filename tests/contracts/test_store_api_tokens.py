"""Tokens are found by their secret's hash on both databases, and revoked once."""

from __future__ import annotations

from typing import Any

from bot.domain.api_tokens import ApiToken, ApiTokenId, Scope
from bot.ports.store import Store
from tests.contracts.office import AGENCY, NOW, SOMCHAI, later


def a_token(number: int = 1, **fields: Any) -> ApiToken:
    return ApiToken(
        **{
            "id": ApiTokenId(f"token-{number}"),
            "person_id": SOMCHAI,
            "agency_id": AGENCY,
            "name": "เว็บไซต์",
            "scopes": (Scope.COMPLETENESS, Scope.READ),
            "made_at": NOW,
            "expires_at": later(hours=1),
        }
        | fields
    )


def test_a_token_is_found_by_its_secret_and_remembers_its_use(office: Store) -> None:
    with office.write() as uow:
        uow.api_tokens.add(a_token(), "hash-1")
    with office.write() as uow:
        assert uow.api_tokens.of_hash("hash-1") == a_token()
        assert uow.api_tokens.of_hash("hash-2") is None
        uow.api_tokens.used(ApiTokenId("token-1"), later(minutes=5))
    with office.read() as uow:
        assert uow.api_tokens.of_hash("hash-1") == a_token(used_at=later(minutes=5))


def test_tokens_of_an_agency_and_of_a_person_for_all_agencies_are_apart_newest_first(office: Store) -> None:
    everywhere = a_token(3, agency_id=None, scopes=(Scope.COMPLETENESS,))
    newer = a_token(2, made_at=later(minutes=1))
    with office.write() as uow:
        for number, token in enumerate((a_token(), newer, everywhere)):
            uow.api_tokens.add(token, f"hash-{number}")
        assert uow.api_tokens.of_agency(AGENCY) == [newer, a_token()]
        assert uow.api_tokens.of_person(SOMCHAI) == [everywhere]


def test_a_token_is_revoked_once_and_kept(office: Store) -> None:
    with office.write() as uow:
        uow.api_tokens.add(a_token(), "hash-1")
        assert uow.api_tokens.revoke(ApiTokenId("token-1"), later(minutes=1))
        assert not uow.api_tokens.revoke(ApiTokenId("token-1"), later(minutes=2))
        assert not uow.api_tokens.revoke(ApiTokenId("token-9"), later(minutes=2))
        found = uow.api_tokens.of_hash("hash-1")
        assert found is not None
        assert not found.is_living(NOW)
