"""Evidence that waits for an update."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.people import ChatId, PersonId
from bot.domain.plans import MeasureId
from bot.domain.updates import Evidence, EvidenceId, KeptEvidence, UpdateId


class Inbox(Protocol):
    """Each officer's inbox of evidence (คลังหลักฐาน); single pieces are changed by `Updates` as any evidence."""

    def of(self, person_id: PersonId) -> Sequence[KeptEvidence]:
        """All that the person keeps, oldest first, albums in the order in which their photos were chosen."""
        ...

    def keep(self, person_id: PersonId, evidence: Evidence, measure_id: MeasureId | None, chat_id: ChatId) -> None:
        """Add to the inbox; its bytes are fetched with the chat it came from."""
        ...

    def put(self, person_id: PersonId, evidence_ids: Sequence[EvidenceId], measure_id: MeasureId | None) -> None:
        """Say which measure the person's pieces are for; None takes that back."""
        ...

    def use(self, person_id: PersonId, evidence_ids: Sequence[EvidenceId], update_id: UpdateId) -> None:
        """Move the person's pieces to the end of the update's evidence, in the order given."""
        ...

    def hand_over(self, giver_id: PersonId, taker_id: PersonId, measure_ids: Collection[MeasureId]) -> None:
        """Let what waits for those measures wait in the taker's inbox."""
        ...
