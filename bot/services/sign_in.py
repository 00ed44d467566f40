"""Signing in to the web pages with a link from the chat, and staying signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.people import Membership, Person, Role
from bot.ports.outside import Clock, Ids, Keyed
from bot.ports.store import Store
from bot.services.logbook import Action, note

SESSION_LIFE = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=10)
"""How exactly it is kept when a session was used last: a page is not to cost a write."""
WEB_ROLES = frozenset({Role.ADMIN, Role.AUDITOR, Role.OVERSEER, Role.OPERATOR})
"""Officers, heads and approvers do everything in the chat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who is looking at the page and as what; `session` is the key of the session they use."""

    person: Person
    memberships: tuple[Membership, ...]
    session: str = ""


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

    def begin(self, token: str, device: str = "") -> str | None:
        """Spend the link and begin a session; returns the session's secret, None when the link is no good."""
        now = self.clock.now()
        with self.store.write() as uow:
            person_id = uow.people.use_sign_in(self.keyed.hash("sign-in", token), now)
            if person_id is None:
                return None
            session = self.ids.secret()
            uow.people.add_session(self.key_of(session), person_id, now, now + SESSION_LIFE, device)
            held = (m for m in uow.people.memberships(person_id) if m.role in WEB_ROLES)
            for agency_id in dict.fromkeys(membership.agency_id for membership in held):
                note(uow, self.ids, now, person_id, Action.SIGNED_IN, agency_id, device=device)
            return session

    def current(self, session: str) -> SignedIn | None:
        """Who a session belongs to, with the roles of this moment."""
        now = self.clock.now()
        with self.store.read() as uow:
            known = uow.people.session(self.key_of(session), now)
            person = uow.people.get(known.person_id) if known else None
            if known is None or person is None:
                return None
            found = SignedIn(person=person, memberships=tuple(uow.people.memberships(person.id)), session=known.key)
        if now - known.seen_at >= SEEN_EVERY:
            with self.store.write() as uow:
                uow.people.seen(known.key, now)
        return found

    def key_of(self, session: str) -> str:
        """The key under which a session is kept."""
        return self.keyed.hash("session", session)

    def end(self, session: str) -> None:
        """End a session."""
        with self.store.write() as uow:
            uow.people.end_session(self.key_of(session), self.clock.now())
