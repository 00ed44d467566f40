"""Updates (การรายงาน): what an officer says of a measure in a round, and the evidence for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from bot.domain.people import PersonId
from bot.domain.plans import MeasureId
from bot.domain.rounds import RoundNo

UpdateId = NewType("UpdateId", str)
EvidenceId = NewType("EvidenceId", str)


class Status(StrEnum):
    """How far a measure is; the values are those of the JSON of a year."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def thai(self) -> str:
        """The chat word for this status."""
        return _STATUS_WORDS[self]


_STATUS_WORDS = {
    Status.NOT_STARTED: "ยังไม่เริ่ม",
    Status.IN_PROGRESS: "กำลังดำเนินการ",
    Status.DONE: "แล้วเสร็จ",
    Status.CANCELLED: "ไม่ดำเนินการ",
}


class Review(StrEnum):
    """Where a submitted update stands with the head or admin."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Stage(StrEnum):
    """The life of an update's row: being written, in force, or replaced by a newer submission."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SUPERSEDED = "superseded"


class Answer(StrEnum):
    """The free-text answers of an update; each is a column of that name."""

    SUMMARY = "summary"
    OUTPUT = "output"
    OUTCOME = "outcome"
    OBSTACLES = "obstacles"

    @property
    def heading(self) -> str:
        """The Thai heading, in chat, preview and report alike."""
        return _HEADINGS[self]


_HEADINGS = {
    Answer.SUMMARY: "สรุปผลการดำเนินการ",
    Answer.OUTPUT: "ผลผลิต",
    Answer.OUTCOME: "ผลลัพธ์/ความสำเร็จ",
    Answer.OBSTACLES: "ปัญหา อุปสรรค และข้อเสนอแนะ",
}


class EvidenceKind(StrEnum):
    """What a piece of evidence is; video and voice are files."""

    IMAGE = "image"
    FILE = "file"
    LINK = "link"
    LOCATION = "location"


class MediaState(StrEnum):
    """Whether the bytes of a photo or file are in our own store yet."""

    NONE = "none"  # a link or a place: there are no bytes
    WANTED = "wanted"
    STORED = "stored"
    GONE = "gone"  # LINE no longer has it
    REFUSED = "refused"  # too large or not to be had


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece of evidence of one update, in the officer's order.

    Attributes:
        message_id: LINE's id of the message it came in.
        sha256: of the stored bytes, lower-case hex.
        stored_as: key in the media store.
        url: a link's address; for a place, a geo: URI.
        group_id: shared by photos that were sent at once: to the officer, and in the report, they are one piece.
        group_index: the photo's place among them, from 1, where LINE told it.
    """

    id: EvidenceId
    kind: EvidenceKind
    name: str | None = None
    caption: str | None = None
    url: str | None = None
    message_id: str | None = None
    media: MediaState = MediaState.NONE
    sha256: str | None = None
    size: int | None = None
    mime: str | None = None
    stored_as: str | None = None
    group_id: str | None = None
    group_index: int | None = None


Piece = tuple[Evidence, ...]
"""What the officer sees as one piece: a file, link or place, or the photos of one album. Never empty."""


def pieces_of(evidence: Sequence[Evidence]) -> tuple[Piece, ...]:
    """The pieces in order; an album stands where its first photo does."""
    found: dict[str, list[Evidence]] = {}
    for each in evidence:
        found.setdefault(each.group_id or each.id, []).append(each)
    return tuple(tuple(photos) for photos in found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEvidence:
    """A file, link or place in an officer's inbox, waiting for an update; `measure_id` is what it was put to."""

    evidence: Evidence
    measure_id: MeasureId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One officer's update of one measure in one round.

    `obstacles` also keeps the reason of `not_started` and `cancelled`. A submitted update is in force until a
    later submission of the same officer supersedes it.

    Attributes:
        entered_by: the admin who wrote down what the officer told otherwise (by telephone, on paper); None when
            the officer reported in the chat.
        acted_by: who submitted it in the officer's place (รักษาราชการแทน); None when the officer did.
    """

    id: UpdateId
    measure_id: MeasureId
    round_no: RoundNo
    person_id: PersonId
    stage: Stage = Stage.DRAFT
    status: Status | None = None
    summary: str | None = None
    output: str | None = None
    outcome: str | None = None
    obstacles: str | None = None
    remark: str | None = None
    expected_on: date | None = None
    evidence: tuple[Evidence, ...] = ()
    started_at: datetime | None = None
    submitted_at: datetime | None = None
    review: Review = Review.PENDING
    review_reason: str | None = None
    reviewed_at: datetime | None = None
    entered_by: PersonId | None = None
    acted_by: PersonId | None = None

    def answer(self, which: Answer) -> str | None:
        """The accepted text of one answer."""
        text: str | None = getattr(self, which.value)
        return text
