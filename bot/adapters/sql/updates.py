"""Drafts and submitted updates, and the messages of an answer being given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, RowMapping, Select, delete, insert, literal_column, select, update

from bot.adapters.sql.evidence import SqlEvidence
from bot.adapters.sql.rows import columns, load, values
from bot.adapters.sql.tables import update_parts, updates
from bot.conversation.sent_parts import SentPart
from bot.domain.errors import StaleWrite
from bot.domain.people import PersonId
from bot.domain.plans import MeasureId
from bot.domain.rounds import RoundNo
from bot.domain.updates import Answer, EvidenceId, Stage, Update, UpdateId


class SqlUpdates(SqlEvidence):
    """Keeps bot.ports.store.Updates."""

    def get(self, update_id: UpdateId) -> Update | None:
        """By id."""
        return self._one(updates.c.id == update_id)

    def add(self, update_: Update, *, replaces: UpdateId | None = None) -> None:
        """Insert without evidence."""
        self._rows.change(insert(updates).values(replaces=replaces, **values(update_, "evidence")))

    def save(self, update_: Update) -> None:
        """Overwrite all but evidence and what it replaces."""
        changed = update(updates).where(updates.c.id == update_.id).values(values(update_, "id", "evidence"))
        if self._rows.change(changed) == 0:
            raise StaleWrite(f"update {update_.id} is gone")

    def delete(self, update_id: UpdateId) -> None:
        """What hangs on it goes with it, by the database's cascade."""
        self._rows.change(delete(updates).where(updates.c.id == update_id))

    def replaces(self, update_id: UpdateId) -> UpdateId | None:
        """The submitted update that this draft corrects."""
        found: UpdateId | None = self._rows.scalar(select(updates.c.replaces).where(updates.c.id == update_id))
        return found

    def draft(self, person_id: PersonId, measure_id: MeasureId, round_no: RoundNo) -> Update | None:
        """There is at most one."""
        return self._one(
            _is(Stage.DRAFT),
            updates.c.person_id == person_id,
            updates.c.measure_id == measure_id,
            updates.c.round_no == round_no,
        )

    def drafts_of(self, person_id: PersonId) -> list[Update]:
        """Oldest first."""
        query = select(*columns(Update, updates)).where(_is(Stage.DRAFT), updates.c.person_id == person_id)
        return self._load(query.order_by(updates.c.started_at, updates.c.id))

    def sent_by(self, person_id: PersonId, limit: int) -> list[Update]:
        """By the index on person and stage."""
        sent = (updates.c.person_id == person_id, updates.c.stage.in_([Stage.SUBMITTED, Stage.SUPERSEDED]))
        query = select(*columns(Update, updates)).where(*sent, updates.c.submitted_at.is_not(None))
        return self._load(query.order_by(updates.c.submitted_at.desc(), updates.c.id).limit(limit))

    def in_force(self, measure_ids: Collection[MeasureId]) -> list[Update]:
        """Oldest submission first."""
        query = select(*columns(Update, updates)).where(_is(Stage.SUBMITTED), updates.c.measure_id.in_(measure_ids))
        return self._load(query.order_by(updates.c.submitted_at, updates.c.id))

    def ever_submitted(self, measure_id: MeasureId, round_no: RoundNo) -> list[Update]:
        """Oldest submission first."""
        sent = updates.c.stage.in_([Stage.SUBMITTED, Stage.SUPERSEDED])
        query = select(*columns(Update, updates)).where(
            sent, updates.c.measure_id == measure_id, updates.c.round_no == round_no
        )
        return self._load(query.order_by(updates.c.submitted_at, updates.c.id))

    def parts(self, update_id: UpdateId) -> Mapping[Answer, tuple[str, ...]]:
        """In the order in which they came."""
        found: dict[Answer, list[str]] = defaultdict(list)
        pending = (update_parts.c.update_id == update_id, ~update_parts.c.accepted)
        for row in self._rows.all(select(update_parts).where(*pending).order_by(update_parts.c.seq)):
            found[row["answer"]].append(row["text"])
        return {answer: tuple(texts) for answer, texts in found.items()}

    def add_part(self, update_id: UpdateId, answer: Answer, text: str, message_id: str) -> None:
        """Append."""
        part = {"update_id": update_id, "answer": answer, "text": text, "message_id": message_id}
        self._rows.change(insert(update_parts).values(part))

    def forget_parts(self, update_id: UpdateId, answer: Answer) -> None:
        """Delete."""
        self._rows.change(delete(update_parts).where(*_of(update_id, answer), ~update_parts.c.accepted))

    def sent_parts(self, update_id: UpdateId, answer: Answer) -> Sequence[SentPart]:
        """In the order in which they came."""
        query = select(*columns(SentPart, update_parts)).where(*_of(update_id, answer)).order_by(update_parts.c.seq)
        return [load(SentPart, row) for row in self._rows.all(query)]

    def accept_parts(self, update_id: UpdateId, answer: Answer, parts: Sequence[SentPart]) -> None:
        """All anew."""
        self._rows.change(delete(update_parts).where(*_of(update_id, answer)))
        for part in parts:
            row = values(part) | {"update_id": update_id, "answer": answer, "accepted": True}
            self._rows.change(insert(update_parts).values(row))

    def mend_part(self, update_id: UpdateId, answer: Answer, text: str, mended: str) -> None:
        """Overwrite the text alone."""
        meant = (*_of(update_id, answer), ~update_parts.c.accepted, update_parts.c.text == text)
        self._rows.change(update(update_parts).where(*meant).values(text=mended))

    def update_of_evidence(self, evidence_id: EvidenceId) -> Update | None:
        """The update that the piece belongs to."""
        update_id = self._update_id_of(evidence_id)
        return self.get(update_id) if update_id else None

    def _one(self, *conditions: ColumnElement[bool]) -> Update | None:
        """One update, locked when this unit of work writes: evidence is read after that, so it is as new."""
        found = self._load(self._rows.locked(select(*columns(Update, updates)).where(*conditions)))
        return found[0] if found else None

    def _load(self, query: Select[tuple[object, ...]]) -> list[Update]:
        rows: Sequence[RowMapping] = self._rows.all(query)
        if not rows:
            return []
        evidence = self._evidence_of([row["id"] for row in rows])
        return [load(Update, row, evidence=evidence.get(row["id"], ())) for row in rows]


def _of(update_id: UpdateId, answer: Answer) -> tuple[ColumnElement[bool], ...]:
    return update_parts.c.update_id == update_id, update_parts.c.answer == answer


def _is(stage: Stage) -> ColumnElement[bool]:
    # A literal, so that the planner sees that the partial index serves.
    return updates.c.stage == literal_column(f"'{stage.value}'")
