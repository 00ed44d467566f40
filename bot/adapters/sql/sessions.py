"""The sessions of signed-in people."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, insert, select, update

from bot.adapters.sql.rows import Repository
from bot.adapters.sql.tables import sessions
from bot.domain.people import PersonId, Session


class SqlSessions(Repository):
    """The part of bot.ports.store.People that concerns sessions."""

    def add_session(
        self, session_hash: str, person_id: PersonId, now: datetime, expires_at: datetime, device: str = ""
    ) -> None:
        """Insert."""
        row = {"session_hash": session_hash, "person_id": person_id, "device": device}
        self._rows.change(insert(sessions).values(**row, started_at=now, seen_at=now, expires_at=expires_at))

    def session(self, session_hash: str, now: datetime) -> Session | None:
        """By hash."""
        row = self._rows.first(select(sessions).where(sessions.c.session_hash == session_hash, *_alive(now)))
        return _session(row) if row else None

    def seen(self, session_hash: str, now: datetime) -> None:
        """Overwrite the moment."""
        alive = update(sessions).where(sessions.c.session_hash == session_hash, *_alive(now))
        self._rows.change(alive.values(seen_at=now))

    def sessions(self, person_id: PersonId, now: datetime) -> list[Session]:
        """The one used last first."""
        found = self._rows.all(select(sessions).where(sessions.c.person_id == person_id, *_alive(now)))
        return sorted(map(_session, found), key=lambda each: (each.seen_at, each.key), reverse=True)

    def end_session(self, session_hash: str, now: datetime, person_id: PersonId | None = None) -> bool:
        """End it if it lives."""
        alive = update(sessions).where(sessions.c.session_hash == session_hash, sessions.c.ended_at.is_(None))
        if person_id is not None:
            alive = alive.where(sessions.c.person_id == person_id)
        return self._rows.change(alive.values(ended_at=now)) == 1

    def end_sessions(self, person_id: PersonId, now: datetime, *, but: str | None = None) -> int:
        """End those that live."""
        alive = update(sessions).where(sessions.c.person_id == person_id, *_alive(now))
        if but is not None:
            alive = alive.where(sessions.c.session_hash != but)
        return self._rows.change(alive.values(ended_at=now))


def _alive(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return sessions.c.ended_at.is_(None), sessions.c.expires_at > now


def _session(row: RowMapping) -> Session:
    return Session(
        key=row["session_hash"],
        person_id=row["person_id"],
        started_at=row["started_at"],
        expires_at=row["expires_at"],
        seen_at=row["seen_at"] or row["started_at"],
        device=row["device"],
    )
