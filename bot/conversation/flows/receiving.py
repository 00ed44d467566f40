"""Photos, files and places as they come in, wherever the draft is."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import words
from bot.conversation.effects import AddEvidence, OrderEvidence
from bot.conversation.events import LocationReceived, MediaKind, MediaReceived
from bot.conversation.facts import Draft
from bot.conversation.turn import Turn
from bot.domain.text import match_key
from bot.domain.updates import Evidence, EvidenceId, EvidenceKind, MediaState

MOST_PIECES = 100
"""Pieces of evidence in one update; its annex has to stay readable."""

MOST_BYTES = 50 * 1024 * 1024
"""Of one file; an officer's photo or PDF is far smaller, a long video is not evidence for a printed report."""

LONGEST_CAPTION = 2_000

LOOK = "จัดหลักฐาน"
"""The word that looks through the pieces, where there are some."""
_LOOK_KEY = match_key(LOOK)


def is_look(text: str) -> bool:
    """Whether the message is that word."""
    return "จัด" in text and any(match_key(form) == _LOOK_KEY for form in words.forms(text))


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
    if isinstance(event, MediaReceived) and (event.size or 0) > MOST_BYTES:
        turn.say("mistake/file_too_large", name=event.name, limit=MOST_BYTES // 1024**2)
        return
    late = _continues_album(turn, event)
    caption = draft.update.evidence[-1].caption if late and draft.update.evidence else None
    turn.do(AddEvidence(update_id=draft.update.id, evidence=replace(_piece(event), caption=caption)))
    count = len(turn.draft.update.evidence) if turn.draft else 0
    photos = _photos_to_acknowledge(turn, event)
    if photos:
        turn.say(message, kind=_kind_word(event), count=count, name=getattr(event, "name", None), photos=photos)


def _photos_to_acknowledge(turn: Turn, event: MediaReceived | LocationReceived) -> int:
    """How many pieces this turn acknowledges; 0 says nothing yet.

    Parts of an album come as messages of their own in any order; they are put in the order in which they were
    chosen. With its size known the last one is answered; without, the first.
    """
    if not isinstance(event, MediaReceived) or event.set_id is None:
        turn.remember(album=None)
        return 1
    indexes = [*(_album(turn)[1] if _continues_album(turn, event) else []), event.set_index]
    indexes = _put_in_order(turn, indexes)
    turn.remember(album=f"{','.join(str(index or '') for index in indexes)}:{event.set_id}")
    if event.set_total is None:
        return 1 if len(indexes) == 1 else 0
    return event.set_total if len(indexes) == event.set_total else 0


def _album(turn: Turn) -> tuple[str, list[int | None]]:
    """The album that the last pieces belong to: its id, and the index of each of its pieces as far as known."""
    indexes, separator, set_id = (turn.recall("album") or "").partition(":")
    if not separator:
        return "", []
    return set_id, [int(index) if index.isdigit() else None for index in indexes.split(",")]


def _continues_album(turn: Turn, event: MediaReceived | LocationReceived) -> bool:
    return isinstance(event, MediaReceived) and event.set_id is not None and _album(turn)[0] == event.set_id


def _put_in_order(turn: Turn, indexes: list[int | None]) -> list[int | None]:
    """Sort the album's pieces, the last ones of the draft, by their index; as they came where one is unknown."""
    pieces = turn.draft.update.evidence if turn.draft else ()
    known = [index for index in indexes if index is not None]
    count = len(indexes)
    if turn.draft is None or len(known) < count or count > len(pieces) or known == sorted(known):
        return indexes
    album = sorted(zip(known, (piece.id for piece in pieces[-count:]), strict=True))
    order = (*(piece.id for piece in pieces[:-count]), *(piece_id for _, piece_id in album))
    turn.do(OrderEvidence(update_id=turn.draft.update.id, order=order))
    return [index for index, _ in album]


def album_at_end(turn: Turn) -> int:
    """How many of the last pieces are one album; 1 when the last piece stands alone."""
    pieces = turn.draft.update.evidence if turn.draft else ()
    return min(len(_album(turn)[1]), len(pieces)) or 1


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
