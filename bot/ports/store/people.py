"""People, their roles, invitations and sessions."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.agencies import AgencyId
from bot.domain.people import ChatId, Invite, InviteId, Membership, Person, PersonId, Session


class People(Protocol):
    """People, their roles, invitations, sign-in tokens and sessions."""

    def add(self, person: Person) -> None: ...
    def get(self, person_id: PersonId) -> Person | None: ...
    def named(self, agency_id: AgencyId | None, name: str) -> Person | None:
        """The member or invited person of that agency with that name (white space folded); operators for None."""
        ...

    def memberships(self, person_id: PersonId) -> list[Membership]: ...
    def members(self, agency_id: AgencyId | None) -> list[tuple[Person, Membership]]:
        """Everybody with a role in the agency (operators for None), by name, joined or not."""
        ...

    def add_membership(self, membership: Membership) -> None:
        """Give a role; having it already changes nothing."""
        ...

    def end_membership(self, membership: Membership) -> bool:
        """Take a role away; False when they did not have it."""
        ...

    def merge(self, source: PersonId, into: PersonId) -> None:
        """Move roles, invites, assignments and updates of one who never joined to another; forget the first."""
        ...

    def add_invite(self, invite: Invite, code_hash: str) -> None: ...
    def living_invite(self, code_hash: str, now: datetime) -> Invite | None:
        """The invite of that code when it is neither used nor expired."""
        ...

    def invite(self, invite_id: InviteId) -> Invite | None: ...
    def unused_invites(self, agency_id: AgencyId | None) -> list[Invite]:
        """The agency's invites that nobody used, expired ones too, newest first (operators' for None)."""
        ...

    def revoke_invite(self, invite_id: InviteId, now: datetime) -> bool:
        """Let an unused, living invite expire now; False when it was used or had expired."""
        ...

    def use_invite(self, invite_id: InviteId, chat_id: ChatId, now: datetime) -> bool:
        """Spend an invite; False when somebody was faster."""
        ...

    def add_wrong_code(self, chat_id: ChatId, at: datetime) -> None: ...
    def wrong_codes(self, chat_id: ChatId, since: datetime) -> int: ...
    def add_sign_in(self, token_hash: str, person_id: PersonId, expires_at: datetime) -> None: ...
    def sign_in_person(self, token_hash: str, now: datetime) -> PersonId | None:
        """Whose unspent, living sign-in token that is; spends nothing."""
        ...

    def use_sign_in(self, token_hash: str, now: datetime) -> PersonId | None:
        """Spend a sign-in token; None when it is unknown, spent or expired."""
        ...

    def set_language(self, person_id: PersonId, language: str) -> None: ...
    def rename(self, person_id: PersonId, name: str) -> None: ...
    def add_session(
        self, session_hash: str, person_id: PersonId, now: datetime, expires_at: datetime, device: str = ""
    ) -> None: ...
    def session(self, session_hash: str, now: datetime) -> Session | None:
        """The living session of that hash."""
        ...

    def seen(self, session_hash: str, now: datetime) -> None:
        """Note that a living session was used."""
        ...

    def sessions(self, person_id: PersonId, now: datetime) -> list[Session]:
        """A person's living sessions, the one used last first."""
        ...

    def end_session(self, session_hash: str, now: datetime, person_id: PersonId | None = None) -> bool:
        """End a living session, of that person where one is named; False when there is none."""
        ...

    def end_sessions(self, person_id: PersonId, now: datetime, *, but: str | None = None) -> int:
        """End a person's living sessions but one; how many there were."""
        ...
