"""Outgoing messages as an agency's admin sees them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, exists, or_, select

from bot.adapters.sql.rows import Repository, load
from bot.adapters.sql.tables import chats, groups, memberships, outgoing, people, reminders
from bot.domain.agencies import AgencyId
from bot.ports.records import Letter, OutgoingState
from bot.ports.store.letters import LetterChoice

REMINDER = "reminder"
AT_ONCE = 500
"""Ids in one query."""


class SqlLetters(Repository):
    """Keeps bot.ports.store.Letters."""

    def of_agency(self, agency_id: AgencyId, choice: LetterChoice, *, skip: int, limit: int) -> list[Letter]:
        """Newest first."""
        query = _chosen(_of_agency(agency_id), choice).order_by(outgoing.c.seq.desc()).offset(skip).limit(limit)
        return [load(Letter, row) for row in self._rows.all(query)]

    def get(self, agency_id: AgencyId, message_id: str) -> Letter | None:
        """By id."""
        row = self._rows.first(_of_agency(agency_id).where(outgoing.c.id == message_id))
        return load(Letter, row) if row else None

    def states(self, message_ids: Collection[str]) -> dict[str, OutgoingState]:
        """In pieces that every database takes."""
        found: dict[str, OutgoingState] = {}
        wanted = list(message_ids)
        for some in (wanted[first : first + AT_ONCE] for first in range(0, len(wanted), AT_ONCE)):
            rows = self._rows.all(select(outgoing.c.id, outgoing.c.state).where(outgoing.c.id.in_(some)))
            found |= {row["id"]: row["state"] for row in rows}
        return found


def _of_agency(agency_id: AgencyId) -> Select[Any]:
    members = select(memberships.c.person_id).where(memberships.c.agency_id == agency_id)
    linked = select(groups.c.chat_id).where(groups.c.agency_id == agency_id)
    of_message = reminders.c.message_id == outgoing.c.id
    is_ours = or_(exists().where(of_message, reminders.c.agency_id == agency_id), ~exists().where(of_message))
    life = ("state", "created_at", "next_try_at", "expires_at", "attempts", "sent_at", "error", "request_id")
    told = ("id", "kind", *life)
    return (
        select(*(outgoing.c[name] for name in told), people.c.id.label("person_id"), people.c.name)
        .join(chats, chats.c.id == outgoing.c.chat_id)
        .outerjoin(people, people.c.id == chats.c.person_id)
        .where(
            or_(chats.c.person_id.in_(members), chats.c.id.in_(linked)),
            or_(outgoing.c.kind != REMINDER, is_ours),
        )
    )


def _chosen(query: Select[Any], choice: LetterChoice) -> Select[Any]:
    if choice.states:
        query = query.where(outgoing.c.state.in_(choice.states))
    if choice.kinds:
        query = query.where(outgoing.c.kind.in_(choice.kinds))
    if choice.without:
        query = query.where(outgoing.c.kind.not_in(choice.without))
    if choice.person_id is not None:
        query = query.where(people.c.id == choice.person_id)
    if choice.since is not None:
        query = query.where(outgoing.c.created_at >= choice.since)
    if choice.before is not None:
        query = query.where(outgoing.c.created_at < choice.before)
    return query
