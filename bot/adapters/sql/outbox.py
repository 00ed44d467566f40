"""Outgoing messages, delivered in the order of each chat."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, FromClause, bindparam, exists, func, literal_column, or_, select, tuple_, update

from bot.adapters.sql.rows import Repository, Transaction, columns, load, values
from bot.adapters.sql.tables import outgoing
from bot.domain.errors import StaleWrite
from bot.domain.people import ChatId
from bot.ports.records import Outgoing, OutgoingState


class SqlOutbox(Repository):
    """Keeps bot.ports.store.Outbox."""

    def add(self, message: Outgoing) -> bool:
        """Insert unless its key is there."""
        insert = self._rows.insert(outgoing).values(values(message))
        once = insert.on_conflict_do_nothing(index_elements=["key"])
        return self._rows.changed(once.returning(outgoing.c.seq)) is not None

    def get(self, message_id: str) -> Outgoing | None:
        """By id."""
        query = select(*columns(Outgoing, outgoing)).where(outgoing.c.id == message_id)
        row = self._rows.first(self._rows.locked(query))
        return load(Outgoing, row) if row else None

    def save(self, message: Outgoing) -> None:
        """Overwrite; a claim lasts for as long as `next_try_at` is left where the claim put it."""
        changed = update(outgoing).where(outgoing.c.id == message.id).values(values(message, "id"))
        if self._rows.change(changed) == 0:
            raise StaleWrite(f"message {message.id} is gone")

    def save_all(self, messages: Collection[Outgoing]) -> None:
        """One statement with many rows."""
        if messages:
            self._rows.change(_OVERWRITE, [{f"the_{k}": v for k, v in values(each).items()} for each in messages])

    def claim(self, chat_ids: Collection[ChatId], now: datetime, until: datetime) -> list[Outgoing]:
        """One conditional UPDATE: of two claimants the database lets one through."""
        if not chat_ids:
            return []
        oldest = (
            select(outgoing.c.id)
            .where(
                outgoing.c.chat_id.in_(chat_ids),
                _queued(outgoing),
                outgoing.c.next_try_at <= now,
                ~exists().where(*_same_chat_before()),
                _stands_for_itself(),
            )
            .with_for_update(skip_locked=True)  # which SQLite neither has nor needs: its writers are alone
        )
        changed = (
            update(outgoing)
            .where(outgoing.c.id.in_(oldest), _queued(outgoing), outgoing.c.next_try_at <= now)
            .values(next_try_at=until, claimed_until=until)
            .returning(*columns(Outgoing, outgoing))
        )
        return sorted((load(Outgoing, row) for row in self._rows.all_changed(changed)), key=lambda m: m.created_at)

    def claim_with(self, multicast_keys: Collection[str], until: datetime) -> list[Outgoing]:
        """Nobody else claims them: the first of each key is claimed."""
        if not multicast_keys:
            return []
        changed = (
            update(outgoing)
            .where(outgoing.c.multicast_key.in_(multicast_keys), _queued(outgoing))
            .values(next_try_at=until, claimed_until=until)
            .returning(*columns(Outgoing, outgoing), outgoing.c.seq)
        )
        rows = sorted(self._rows.all_changed(changed), key=lambda row: int(row["seq"]))
        return [load(Outgoing, row) for row in rows]

    def extend(self, message_ids: Collection[str], until: datetime) -> None:
        """Move the claims' end."""
        if message_ids:
            still = update(outgoing).where(outgoing.c.id.in_(message_ids), _queued(outgoing))
            self._rows.change(still.values(next_try_at=until, claimed_until=until))

    def chats_due(self, now: datetime, limit: int) -> list[ChatId]:
        """Longest waiting first."""
        query = (
            select(outgoing.c.chat_id)
            .where(
                _queued(outgoing),
                outgoing.c.next_try_at <= now,
                ~exists().where(*_same_chat_before()),
                _stands_for_itself(),
            )
            .order_by(outgoing.c.next_try_at, outgoing.c.seq)
            .limit(limit)
        )
        return list(self._rows.scalars(query))

    def held(self, chat_id: ChatId) -> list[Outgoing]:
        """Oldest first."""
        query = (
            select(*columns(Outgoing, outgoing))
            .where(outgoing.c.chat_id == chat_id, outgoing.c.state == OutgoingState.HELD)
            .order_by(outgoing.c.created_at, outgoing.c.seq)
        )
        return [load(Outgoing, row) for row in self._rows.all(query)]

    def newest(self, chat_id: ChatId, kind: str) -> Outgoing | None:
        """By the moment it was made, then by arrival."""
        query = (
            select(*columns(Outgoing, outgoing))
            .where(outgoing.c.chat_id == chat_id, outgoing.c.kind == kind)
            .order_by(outgoing.c.created_at.desc(), outgoing.c.seq.desc())
            .limit(1)
        )
        row = self._rows.first(query)
        return load(Outgoing, row) if row else None

    def with_keys(self, keys: Collection[str]) -> set[str]:
        """Those that are there."""
        return set(self._rows.scalars(select(outgoing.c.key).where(outgoing.c.key.in_(keys)))) if keys else set()

    def in_states(self, states: Collection[OutgoingState], limit: int) -> list[Outgoing]:
        """Newest first."""
        query = (
            select(*columns(Outgoing, outgoing))
            .where(outgoing.c.state.in_(states))
            .order_by(outgoing.c.seq.desc())
            .limit(limit)
        )
        return [load(Outgoing, row) for row in self._rows.all(query)]


def messages_due(rows: Transaction, now: datetime) -> int:
    """How many messages are due: those being delivered count, those behind one that waits for a later try do not."""
    held_up = exists().where(
        *_same_chat_before(),
        _earlier.c.next_try_at > now,
        or_(_earlier.c.claimed_until.is_(None), _earlier.c.claimed_until != _earlier.c.next_try_at),
    )
    being_delivered = outgoing.c.claimed_until == outgoing.c.next_try_at
    return int(
        rows.scalar(
            select(func.count()).where(_queued(outgoing), or_(outgoing.c.next_try_at <= now, being_delivered), ~held_up)
        )
    )


_earlier = outgoing.alias("earlier")
_first = outgoing.alias("first")

_OVERWRITE = (
    update(outgoing)
    .where(outgoing.c.id == bindparam("the_id"))
    .values({column: bindparam(f"the_{column.name}") for column in columns(Outgoing, outgoing) if column.name != "id"})
)


def _queued(table: FromClause) -> ColumnElement[bool]:
    # A literal, so that the planner sees that the partial index serves.
    return table.c.state == literal_column(f"'{OutgoingState.QUEUED.value}'")


def _stands_for_itself() -> ColumnElement[bool]:
    """It goes alone, or is the first queued of those that go in one call."""
    before = (_queued(_first), _first.c.multicast_key == outgoing.c.multicast_key, _first.c.seq < outgoing.c.seq)
    return or_(outgoing.c.multicast_key.is_(None), ~exists().where(*before))


def _same_chat_before() -> tuple[ColumnElement[bool], ...]:
    """An earlier queued message of the same chat."""
    return (
        _queued(_earlier),
        _earlier.c.chat_id == outgoing.c.chat_id,
        tuple_(_earlier.c.created_at, _earlier.c.seq) < tuple_(outgoing.c.created_at, outgoing.c.seq),
    )
