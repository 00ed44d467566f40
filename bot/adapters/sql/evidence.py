"""Evidence rows: their order in an update, and the bytes still to be fetched from LINE."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, insert, literal, literal_column, or_, select, update
from sqlalchemy.sql.selectable import ScalarSelect

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import acting_posts, chats, evidence, update_parts, updates
from bot.domain.people import ChatId
from bot.domain.updates import Answer, Evidence, EvidenceId, MediaState, Stage, UpdateId
from bot.ports.records import CameWith, WantedMedia


class SqlEvidence(Repository):
    """The evidence half of bot.ports.store.Updates. The update's row is the lock of its evidence."""

    def add_evidence(self, update_id: UpdateId, evidence_: Evidence, chat_id: ChatId | None) -> None:
        """Append."""
        position = _next_position(update_id)
        row = values(evidence_) | {"update_id": update_id, "position": position, "chat_id": chat_id}
        self._rows.change(insert(evidence).values(row))

    def evidence(self, evidence_id: EvidenceId) -> Evidence | None:
        """By id."""
        self._update_id_of(evidence_id)
        row = self._rows.first(
            self._rows.locked(select(*columns(Evidence, evidence)).where(evidence.c.id == evidence_id))
        )
        return load(Evidence, row) if row else None

    def save_evidence(self, evidence_: Evidence) -> None:
        """Overwrite; gone meanwhile (removed, taken back) is nothing to save."""
        self._rows.change(update(evidence).where(evidence.c.id == evidence_.id).values(values(evidence_, "id")))

    def remove_evidence(self, evidence_id: EvidenceId) -> None:
        """Delete."""
        self._rows.change(delete(evidence).where(evidence.c.id == evidence_id))

    def order_evidence(self, update_id: UpdateId, order: Sequence[EvidenceId]) -> None:
        """The positions anew, from 1; whatever is not named keeps its own after them."""
        ours = evidence.c.update_id == update_id
        self._rows.change(update(evidence).where(ours).values(position=evidence.c.position + len(order)))
        for position, evidence_id in enumerate(order, start=1):
            self._rows.change(update(evidence).where(ours, evidence.c.id == evidence_id).values(position=position))

    def copy_evidence(self, source: UpdateId, into: UpdateId, new_ids: Sequence[EvidenceId]) -> None:
        """Append copies, as many as the source has; it needs as many ids."""
        query = select(evidence).where(evidence.c.update_id == source).order_by(evidence.c.position, evidence.c.seq)
        originals = self._rows.all(query)
        if len(new_ids) < len(originals):
            raise ValueError(f"{len(originals)} pieces of evidence need as many ids, not {len(new_ids)}")
        for original, new_id in zip(originals, new_ids, strict=False):
            self.add_evidence(into, load(Evidence, original, id=new_id), original["chat_id"])

    def take_back(self, chat_id: ChatId, message_id: str) -> list[str]:
        """From the drafts of the chat's person, and of those for whom they act."""
        drafts = select(updates.c.id).where(_written_by(chat_id), updates.c.stage == Stage.DRAFT)
        self._rows.change(
            delete(update_parts).where(update_parts.c.message_id == message_id, update_parts.c.update_id.in_(drafts))
        )
        person = select(chats.c.person_id).where(chats.c.id == chat_id).scalar_subquery()
        kept = and_(evidence.c.update_id.is_(None), evidence.c.person_id == person)
        taken = and_(evidence.c.message_id == message_id, or_(evidence.c.update_id.in_(drafts), kept))
        keys = set(self._rows.scalars(select(evidence.c.stored_as).where(taken, evidence.c.stored_as.is_not(None))))
        self._rows.change(delete(evidence).where(taken))
        still_used = self._rows.scalars(select(evidence.c.stored_as).where(evidence.c.stored_as.in_(keys)))
        return sorted(keys.difference(still_used))

    def came_with(self, chat_id: ChatId, message_id: str) -> list[CameWith]:
        """By the person's updates; superseded ones are history."""
        mine = (_written_by(chat_id), updates.c.stage != Stage.SUPERSEDED)
        of_evidence = select(evidence.c.update_id).where(evidence.c.message_id == message_id)
        parts = select(update_parts).join(updates).where(update_parts.c.message_id == message_id, *mine)
        told: dict[UpdateId, list[Answer]] = defaultdict(list)
        for row in self._rows.all(parts.order_by(update_parts.c.seq)):
            told[row["update_id"]] += [row["answer"]] if row["accepted"] else []
        query = select(updates.c.id, updates.c.measure_id, updates.c.stage).where(
            *mine, or_(updates.c.id.in_(of_evidence), updates.c.id.in_(list(told)))
        )
        return [
            CameWith(
                update_id=row["id"],
                measure_id=row["measure_id"],
                stage=row["stage"],
                answers=tuple(dict.fromkeys(told.get(row["id"], ()))),
            )
            for row in self._rows.all(query.order_by(updates.c.id))
        ]

    def is_stored(self, key: str) -> bool:
        """By the index on stored_as."""
        return self._rows.first(select(evidence.c.id).where(evidence.c.stored_as == key).limit(1)) is not None

    def wanted_media(self, now: datetime, limit: int) -> list[WantedMedia]:
        """Oldest first."""
        query = select(*_WANTED_MEDIA).where(_wanted(now)).order_by(evidence.c.seq).limit(limit)
        return [WantedMedia(**row) for row in self._rows.all(query)]

    def claim_media(self, evidence_id: EvidenceId, now: datetime, until: datetime) -> WantedMedia | None:
        """One conditional UPDATE: of two claimants the database lets one through."""
        row = self._rows.changed(
            update(evidence)
            .where(evidence.c.id == evidence_id, _wanted(now))
            .values(fetch_after=until, attempts=evidence.c.attempts + 1)
            .returning(*_WANTED_MEDIA)
        )
        return WantedMedia(**row) if row else None

    def retry_media(self, evidence_id: EvidenceId, at: datetime) -> None:
        """Not before then."""
        self._rows.change(update(evidence).where(evidence.c.id == evidence_id).values(fetch_after=at))

    def _update_id_of(self, evidence_id: EvidenceId) -> UpdateId | None:
        """The update that it belongs to, locked when this unit of work writes."""
        owner = select(evidence.c.update_id).where(evidence.c.id == evidence_id).scalar_subquery()
        found: UpdateId | None = self._rows.scalar(self._rows.locked(select(updates.c.id).where(updates.c.id == owner)))
        return found

    def _evidence_of(self, update_ids: Iterable[UpdateId]) -> dict[UpdateId, tuple[Evidence, ...]]:
        """The evidence of many updates, in order, with one query."""
        found: dict[UpdateId, list[Evidence]] = defaultdict(list)
        query = select(evidence.c.update_id, *columns(Evidence, evidence)).where(evidence.c.update_id.in_(update_ids))
        for row in self._rows.all(query.order_by(evidence.c.position, evidence.c.seq)):
            found[row["update_id"]].append(load(Evidence, row))
        return {update_id: tuple(pieces) for update_id, pieces in found.items()}


_WANTED_MEDIA = (
    evidence.c.id.label("evidence_id"),
    evidence.c.chat_id,
    evidence.c.message_id,
    evidence.c.url,
    evidence.c.attempts,
)


def is_wanted() -> tuple[ColumnElement[bool], ...]:
    """Bytes that can still be fetched: there is a message and a chat to fetch them with."""
    return (
        # A literal, so that the planner sees that the partial index serves.
        evidence.c.media == literal_column(f"'{MediaState.WANTED.value}'"),
        evidence.c.chat_id.is_not(None),
        evidence.c.message_id.is_not(None),
    )


def _written_by(chat_id: ChatId) -> ColumnElement[bool]:
    """Updates that may hold what came in the chat: of its person, or written in another's place."""
    person = select(chats.c.person_id).where(chats.c.id == chat_id).scalar_subquery()
    others = select(acting_posts.c.holder_id).where(acting_posts.c.acting_id == person)
    return or_(updates.c.person_id == person, updates.c.person_id.in_(others))


def _wanted(now: datetime) -> ColumnElement[bool]:
    return and_(*is_wanted(), or_(evidence.c.fetch_after.is_(None), evidence.c.fetch_after <= now))


def _next_position(update_id: UpdateId) -> ScalarSelect[int]:
    last = select(func.coalesce(func.max(evidence.c.position), 0) + 1)
    return last.where(evidence.c.update_id == literal(update_id)).scalar_subquery()
