"""People, roles, invites, sign-in tokens and sessions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, insert, or_, select, update

from bot.adapters.sql.merging import merge_people
from bot.adapters.sql.rows import columns, load, values
from bot.adapters.sql.sessions import SqlSessions
from bot.adapters.sql.tables import invites, memberships, people, sign_ins, wrong_codes
from bot.domain.agencies import AgencyId
from bot.domain.people import ChatId, Invite, InviteId, Membership, Person, PersonId
from bot.domain.text import fold_space


class SqlPeople(SqlSessions):
    """Keeps bot.ports.store.People."""

    def add(self, person: Person) -> None:
        """Insert."""
        self._rows.change(insert(people).values(values(person)))

    def get(self, person_id: PersonId) -> Person | None:
        """By id."""
        row = self._rows.first(select(*columns(Person, people)).where(people.c.id == person_id))
        return load(Person, row) if row else None

    def named(self, agency_id: AgencyId | None, name: str) -> Person | None:
        """The member or invited person of that name; of several, the one made first."""
        wanted = fold_space(name)
        of_agency = select(*columns(Person, people)).where(
            or_(
                people.c.id.in_(select(memberships.c.person_id).where(memberships.c.agency_id == agency_id)),
                people.c.id.in_(select(invites.c.person_id).where(invites.c.agency_id == agency_id)),
            )
        )
        rows = self._rows.all(of_agency.order_by(people.c.id))
        return next((load(Person, row) for row in rows if fold_space(row["name"]) == wanted), None)

    def memberships(self, person_id: PersonId) -> list[Membership]:
        """In the order given."""
        query = select(*columns(Membership, memberships)).where(memberships.c.person_id == person_id)
        return [load(Membership, row) for row in self._rows.all(query.order_by(memberships.c.seq))]

    def members(self, agency_id: AgencyId | None) -> list[tuple[Person, Membership]]:
        """By name, then in the order given."""
        query = (
            select(*columns(Person, people), *columns(Membership, memberships))
            .join_from(memberships, people)
            .where(memberships.c.agency_id == agency_id)
            .order_by(memberships.c.seq)
        )
        # Sorted here, because each database would sort Thai in its own way.
        rows = sorted(self._rows.all(query), key=lambda row: (row["name"], row["person_id"]))
        return [(load(Person, row), load(Membership, row)) for row in rows]

    def add_membership(self, membership: Membership) -> None:
        """Insert unless it is there."""
        self._rows.change(self._rows.insert(memberships).values(values(membership)).on_conflict_do_nothing())

    def end_membership(self, membership: Membership) -> bool:
        """Delete."""
        held = [memberships.c[name] == value for name, value in values(membership).items()]
        return self._rows.change(delete(memberships).where(*held)) > 0

    def merge(self, source: PersonId, into: PersonId) -> None:
        """Everything of the one becomes the other's."""
        merge_people(self._rows, source, into)

    def add_invite(self, invite: Invite, code_hash: str) -> None:
        """Insert."""
        self._rows.change(insert(invites).values(code_hash=code_hash, **values(invite)))

    def living_invite(self, code_hash: str, now: datetime) -> Invite | None:
        """Neither used nor expired."""
        row = self._rows.first(
            select(*columns(Invite, invites)).where(
                invites.c.code_hash == code_hash, invites.c.used_at.is_(None), invites.c.expires_at > now
            )
        )
        return load(Invite, row) if row else None

    def invite(self, invite_id: InviteId) -> Invite | None:
        """By id, living or not."""
        row = self._rows.first(select(*columns(Invite, invites)).where(invites.c.id == invite_id))
        return load(Invite, row) if row else None

    def unused_invites(self, agency_id: AgencyId | None) -> list[Invite]:
        """Newest first, expired ones too."""
        query = select(*columns(Invite, invites)).where(invites.c.agency_id == agency_id, invites.c.used_at.is_(None))
        return [load(Invite, row) for row in self._rows.all(query.order_by(invites.c.id.desc()))]

    def revoke_invite(self, invite_id: InviteId, now: datetime) -> bool:
        """Let it expire."""
        living = update(invites).where(
            invites.c.id == invite_id, invites.c.used_at.is_(None), invites.c.expires_at > now
        )
        return self._rows.change(living.values(expires_at=now)) == 1

    def use_invite(self, invite_id: InviteId, chat_id: ChatId, now: datetime) -> bool:
        """Spend it unless somebody did."""
        spend = update(invites).where(invites.c.id == invite_id, invites.c.used_at.is_(None))
        return self._rows.change(spend.values(used_at=now, used_in_chat=chat_id)) == 1

    def add_wrong_code(self, chat_id: ChatId, at: datetime) -> None:
        """Insert."""
        self._rows.change(insert(wrong_codes).values(chat_id=chat_id, at=at))

    def wrong_codes(self, chat_id: ChatId, since: datetime) -> int:
        """How many since then."""
        query = select(func.count()).where(wrong_codes.c.chat_id == chat_id, wrong_codes.c.at >= since)
        return int(self._rows.scalar(query))

    def add_sign_in(self, token_hash: str, person_id: PersonId, expires_at: datetime) -> None:
        """Insert."""
        self._rows.change(insert(sign_ins).values(token_hash=token_hash, person_id=person_id, expires_at=expires_at))

    def sign_in_person(self, token_hash: str, now: datetime) -> PersonId | None:
        """Look only."""
        person: PersonId | None = self._rows.scalar(
            select(sign_ins.c.person_id).where(
                sign_ins.c.token_hash == token_hash, sign_ins.c.used_at.is_(None), sign_ins.c.expires_at > now
            )
        )
        return person

    def use_sign_in(self, token_hash: str, now: datetime) -> PersonId | None:
        """Spend it if it lives."""
        row = self._rows.changed(
            update(sign_ins)
            .where(sign_ins.c.token_hash == token_hash, sign_ins.c.used_at.is_(None), sign_ins.c.expires_at > now)
            .values(used_at=now)
            .returning(sign_ins.c.person_id)
        )
        return row["person_id"] if row else None

    def set_language(self, person_id: PersonId, language: str) -> None:
        """Overwrite."""
        self._rows.change(update(people).where(people.c.id == person_id).values(language=language))

    def rename(self, person_id: PersonId, name: str) -> None:
        """Overwrite."""
        self._rows.change(update(people).where(people.c.id == person_id).values(name=name))
