"""Updates and their evidence."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.conversation.sent_parts import SentPart
from bot.domain.people import ChatId, PersonId
from bot.domain.plans import MeasureId
from bot.domain.rounds import RoundNo
from bot.domain.updates import Answer, Evidence, EvidenceId, Update, UpdateId
from bot.ports.records import CameWith, WantedMedia


class Updates(Protocol):
    """Drafts and submitted updates with their parts and evidence (evidence in order, always loaded)."""

    def get(self, update_id: UpdateId) -> Update | None: ...
    def add(self, update: Update, *, replaces: UpdateId | None = None) -> None:
        """Insert without evidence."""
        ...

    def save(self, update: Update) -> None:
        """Overwrite everything but evidence."""
        ...

    def delete(self, update_id: UpdateId) -> None:
        """With its parts and evidence rows."""
        ...

    def replaces(self, update_id: UpdateId) -> UpdateId | None: ...
    def draft(self, person_id: PersonId, measure_id: MeasureId, round_no: RoundNo) -> Update | None: ...
    def drafts_of(self, person_id: PersonId) -> list[Update]: ...
    def sent_by(self, person_id: PersonId, limit: int) -> list[Update]:
        """What the person submitted, in force or replaced since, the newest submission first."""
        ...

    def in_force(self, measure_ids: Collection[MeasureId]) -> list[Update]:
        """Submitted updates (stage submitted) of those measures in all rounds, oldest submission first."""
        ...

    def ever_submitted(self, measure_id: MeasureId, round_no: RoundNo) -> list[Update]:
        """Everything submitted on a measure in a round, also what was replaced since, oldest submission first."""
        ...

    def parts(self, update_id: UpdateId) -> Mapping[Answer, tuple[str, ...]]:
        """The messages of the answers being given, without those that an accepted answer holds already."""
        ...

    def sent_parts(self, update_id: UpdateId, answer: Answer) -> Sequence[SentPart]:
        """Every message known of an answer, accepted or not, in order."""
        ...

    def accept_parts(self, update_id: UpdateId, answer: Answer, parts: Sequence[SentPart]) -> None:
        """Keep these as the messages of the accepted answer, in place of all that was kept for it."""
        ...

    def came_with(self, chat_id: ChatId, message_id: str) -> Sequence[CameWith]:
        """The updates of this chat's person that hold something which came with that message."""
        ...

    def add_part(self, update_id: UpdateId, answer: Answer, text: str, message_id: str) -> None: ...
    def forget_parts(self, update_id: UpdateId, answer: Answer) -> None:
        """Drop the messages of the answer being given; the accepted answer keeps its own."""
        ...

    def mend_part(self, update_id: UpdateId, answer: Answer, text: str, mended: str) -> None:
        """Put another text in place of every part that says exactly `text`; its message and place stay."""
        ...

    def add_evidence(self, update_id: UpdateId, evidence: Evidence, chat_id: ChatId | None) -> None:
        """Append to the update's evidence; `chat_id` is where it came from and its bytes are fetched with."""
        ...

    def evidence(self, evidence_id: EvidenceId) -> Evidence | None: ...
    def update_of_evidence(self, evidence_id: EvidenceId) -> Update | None: ...
    def save_evidence(self, evidence: Evidence) -> None: ...
    def remove_evidence(self, evidence_id: EvidenceId) -> None: ...
    def order_evidence(self, update_id: UpdateId, order: Sequence[EvidenceId]) -> None:
        """Put the update's pieces in that order; pieces not named come last, as they were."""
        ...

    def copy_evidence(self, source: UpdateId, into: UpdateId, new_ids: Sequence[EvidenceId]) -> None:
        """Append copies of the source's evidence (same stored bytes; unfetched ones stay wanted) with the ids given."""
        ...

    def is_stored(self, key: str) -> bool:
        """Whether any piece of evidence has its bytes under that key in the media store."""
        ...

    def take_back(self, chat_id: ChatId, message_id: str) -> list[str]:
        """Remove what came with that message from drafts that this chat's person writes, also in another's place.

        Returns keys of bytes that nobody uses now.
        """
        ...

    def wanted_media(self, now: datetime, limit: int) -> list[WantedMedia]:
        """Evidence whose bytes should be fetched now (its next try is due), oldest first."""
        ...

    def claim_media(self, evidence_id: EvidenceId, now: datetime, until: datetime) -> WantedMedia | None:
        """Take one wanted piece, counting the attempt; None when it is not wanted or somebody has it."""
        ...

    def retry_media(self, evidence_id: EvidenceId, at: datetime) -> None:
        """Let go of a claimed piece until then, or keep it claimed until then: others look at it only after."""
        ...
