"""Evidence that waits for an update."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Update, func, insert, literal, select, update

from bot.adapters.sql.rows import Repository, columns, load, values
from bot.adapters.sql.tables import evidence
from bot.domain.people import ChatId, PersonId
from bot.domain.plans import MeasureId
from bot.domain.updates import Evidence, EvidenceId, KeptEvidence, UpdateId


class SqlInbox(Repository):
    """Keeps bot.ports.store.Inbox."""

    def of(self, person_id: PersonId) -> list[KeptEvidence]:
        """An album stands where its first photo came."""
        query = select(*columns(Evidence, evidence), evidence.c.measure_id, evidence.c.seq).where(*_kept(person_id))
        rows = self._rows.all(query.order_by(evidence.c.seq))
        began: dict[str, int] = {}
        for row in rows:
            began.setdefault(row["group_id"] or row["id"], row["seq"])
        chosen = sorted(rows, key=lambda r: (began[r["group_id"] or r["id"]], r["group_index"] or 0, r["seq"]))
        return [KeptEvidence(evidence=load(Evidence, row), measure_id=row["measure_id"]) for row in chosen]

    def keep(self, person_id: PersonId, evidence_: Evidence, measure_id: MeasureId | None, chat_id: ChatId) -> None:
        """Insert."""
        owned = {"person_id": person_id, "measure_id": measure_id, "chat_id": chat_id, "position": 0}
        self._rows.change(insert(evidence).values(values(evidence_) | owned))

    def put(self, person_id: PersonId, evidence_ids: Sequence[EvidenceId], measure_id: MeasureId | None) -> None:
        """Those that are still there."""
        self._rows.change(_of(person_id, evidence_ids).values(measure_id=measure_id))

    def use(self, person_id: PersonId, evidence_ids: Sequence[EvidenceId], update_id: UpdateId) -> None:
        """Those that are still there; they are the update's then, and nobody's inbox's."""
        last = select(func.coalesce(func.max(evidence.c.position), 0)).where(evidence.c.update_id == literal(update_id))
        position = int(self._rows.scalar(last) or 0)
        for place, evidence_id in enumerate(evidence_ids, start=position + 1):
            moved = _of(person_id, [evidence_id])
            self._rows.change(moved.values(update_id=update_id, position=place, person_id=None, measure_id=None))

    def hand_over(self, giver_id: PersonId, taker_id: PersonId, measure_ids: Collection[MeasureId]) -> None:
        """Those put to them; the rest stays the giver's."""
        theirs = update(evidence).where(*_kept(giver_id), evidence.c.measure_id.in_(measure_ids))
        self._rows.change(theirs.values(person_id=taker_id))


def _kept(person_id: PersonId) -> tuple[ColumnElement[bool], ...]:
    return evidence.c.update_id.is_(None), evidence.c.person_id == person_id


def _of(person_id: PersonId, evidence_ids: Sequence[EvidenceId]) -> Update:
    return update(evidence).where(*_kept(person_id), evidence.c.id.in_(evidence_ids))
