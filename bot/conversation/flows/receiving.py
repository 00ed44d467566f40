"""Photos, files and places as they come in, wherever the draft is."""

from __future__ import annotations

from bot.conversation.effects import AddEvidence
from bot.conversation.events import LocationReceived, MediaKind, MediaReceived
from bot.conversation.facts import Draft
from bot.conversation.turn import Turn
from bot.domain.updates import Evidence, EvidenceId, EvidenceKind, MediaState

MOST_PIECES = 100
"""Pieces of evidence in one update; its annex has to stay readable."""


def piece_line(piece: Evidence) -> dict[str, object]:
    """A piece as lists show it."""
    return {
        "kind": piece.kind.value,
        "name": piece.name,
        "caption": piece.caption,
        "url": piece.url,
        "lost": piece.media in {MediaState.GONE, MediaState.REFUSED},
    }


def has_room(turn: Turn) -> bool:
    """Whether one more piece may be added."""
    return turn.draft is not None and len(turn.draft.update.evidence) < MOST_PIECES


def add(turn: Turn, draft: Draft, event: MediaReceived | LocationReceived, message: str) -> None:
    """Add what came in to the draft's evidence; an album is acknowledged once, when it is all there."""
    if not has_room(turn):
        turn.say("mistake/too_much_evidence", limit=MOST_PIECES)
        return
    turn.do(AddEvidence(update_id=draft.update.id, evidence=_piece(event)))
    count = len(turn.draft.update.evidence) if turn.draft else 0
    photos = _photos_to_acknowledge(turn, event)
    if photos:
        turn.say(message, kind=_kind_word(event), count=count, name=getattr(event, "name", None), photos=photos)


def _photos_to_acknowledge(turn: Turn, event: MediaReceived | LocationReceived) -> int:
    """How many pieces this turn acknowledges; 0 says nothing yet.

    Parts of an album come as messages of their own in any order. With its size known the last one is answered;
    without, the first.
    """
    if not isinstance(event, MediaReceived) or event.set_id is None:
        turn.remember(album=None)
        return 1
    album, _, seen = (turn.recall("album") or "").rpartition(":")
    count = int(seen) + 1 if album == event.set_id and seen.isdigit() else 1
    turn.remember(album=f"{event.set_id}:{count}")
    if event.set_total is None:
        return 1 if count == 1 else 0
    return event.set_total if count == event.set_total else 0


def album_at_end(turn: Turn) -> int:
    """How many of the last pieces are one album; 1 when the last piece stands alone."""
    count = (turn.recall("album") or "").rpartition(":")[2]
    pieces = turn.draft.update.evidence if turn.draft else ()
    return min(int(count), len(pieces)) if count.isdigit() and int(count) else 1


def _kind_word(event: MediaReceived | LocationReceived) -> str:
    return event.kind.value if isinstance(event, MediaReceived) else "location"


def _piece(event: MediaReceived | LocationReceived) -> Evidence:
    evidence_id = EvidenceId(event.id)
    if isinstance(event, LocationReceived):
        return Evidence(
            id=evidence_id,
            kind=EvidenceKind.LOCATION,
            name=event.title or event.address,
            url=f"geo:{_degrees(event.latitude)},{_degrees(event.longitude)}",
            message_id=event.message_id,
        )
    if event.url is not None:
        # The bytes lie outside LINE: nothing is fetched from an address that anybody can name.
        return Evidence(
            id=evidence_id, kind=EvidenceKind.LINK, name=event.name, url=event.url, message_id=event.message_id
        )
    return Evidence(
        id=evidence_id,
        kind=EvidenceKind.IMAGE if event.kind is MediaKind.IMAGE else EvidenceKind.FILE,
        name=event.name,
        size=event.size,
        message_id=event.message_id,
        media=MediaState.WANTED,
    )


def _degrees(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
