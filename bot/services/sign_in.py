"""Signing in to the web pages with a link from the chat, and staying signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.people import Membership, Person
from bot.ports.outside import Clock, Ids, Keyed
from bot.ports.store import Store

SESSION_LIFE = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who is looking at the page and as what."""

    person: Person
    memberships: tuple[Membership, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """The use case with everything it needs; only keyed hashes of tokens and sessions are stored."""

    store: Store
    clock: Clock
    ids: Ids
    keyed: Keyed

    def whose(self, token: str) -> Person | None:
        """Who the link would sign in; opening it spends nothing (LINE and browsers look ahead)."""
        with self.store.read() as uow:
            person_id = uow.people.sign_in_person(self.keyed.hash("sign-in", token), self.clock.now())
            return uow.people.get(person_id) if person_id else None

    def begin(self, token: str) -> str | None:
        """Spend the link and begin a session; returns the session's secret, None when the link is no good."""
        now = self.clock.now()
        with self.store.write() as uow:
            person_id = uow.people.use_sign_in(self.keyed.hash("sign-in", token), now)
            if person_id is None:
                return None
            session = self.ids.secret()
            uow.people.add_session(self.keyed.hash("session", session), person_id, now, now + SESSION_LIFE)
            return session

    def current(self, session: str) -> SignedIn | None:
        """Who a session belongs to, with the roles of this moment."""
        with self.store.read() as uow:
            person_id = uow.people.session_person(self.keyed.hash("session", session), self.clock.now())
            person = uow.people.get(person_id) if person_id else None
            if person is None:
                return None
            return SignedIn(person=person, memberships=tuple(uow.people.memberships(person.id)))

    def end(self, session: str) -> None:
        """End a session."""
        with self.store.write() as uow:
            uow.people.end_session(self.keyed.hash("session", session), self.clock.now())
