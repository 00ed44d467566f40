"""Photos, files and places as they come in, wherever the draft is."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation import words
from bot.conversation.effects import AddEvidence, OrderEvidence
from bot.conversation.events import LocationReceived, MediaKind, MediaReceived
from bot.conversation.facts import Draft
from bot.conversation.turn import Turn
from bot.domain.text import match_key
from bot.domain.updates import Evidence, EvidenceId, EvidenceKind, MediaState, Piece, pieces_of

MOST_PIECES = 100
"""Photos, files, links and places in one update; its annex has to stay readable."""

MOST_BYTES = 50 * 1024 * 1024
"""Of one file; an officer's photo or PDF is far smaller, a long video is not evidence for a printed report."""

MEGABYTES = MOST_BYTES // 1024**2

LONGEST_CAPTION = 2_000

LOOK = "จัดหลักฐาน"
"""The word that looks through the pieces, where there are some."""
_LOOK_KEY = match_key(LOOK)
_NOT_SHOWN = (".heic", ".heif", ".avif")


def is_look(text: str) -> bool:
    """Whether the message is that word."""
    return "จัด" in text and any(match_key(form) == _LOOK_KEY for form in words.forms(text))


def lines(evidence: tuple[Evidence, ...]) -> list[dict[str, object]]:
    """The pieces as lists show them."""
    return [line(piece) for piece in pieces_of(evidence)]


def line(piece: Piece) -> dict[str, object]:
    """A piece as lists show it: an album is one."""
    first = piece[0]
    return {
        "kind": first.kind.value,
        "name": first.name,
        "caption": first.caption,
        "url": first.url,
        "photos": len(piece),
        "lost": any(each.media in {MediaState.GONE, MediaState.REFUSED} for each in piece),
    }


def has_room(turn: Turn) -> bool:
    """Whether one more may be added."""
    return turn.draft is not None and len(turn.draft.update.evidence) < MOST_PIECES


def is_too_large(turn: Turn, event: MediaReceived | LocationReceived) -> bool:
    """Refuse a file whose size is known to be beyond the limit, naming it."""
    if not isinstance(event, MediaReceived) or (event.size or 0) <= MOST_BYTES:
        return False
    turn.say("mistake/file_too_large", name=event.name, limit=MEGABYTES, kind=event.kind.value)
    return True


def add(turn: Turn, draft: Draft, event: MediaReceived | LocationReceived, message: str) -> None:
    """Add what came in to the draft's evidence; an album is acknowledged once."""
    if not has_room(turn):
        turn.say("mistake/too_much_evidence", limit=MOST_PIECES)
        return
    if is_too_large(turn, event):
        return
    new = piece_from(event)
    album = [each for each in draft.update.evidence if new.group_id and each.group_id == new.group_id]
    turn.do(AddEvidence(update_id=draft.update.id, evidence=replace(new, caption=album[0].caption if album else None)))
    _put_in_order(turn, new)
    if acknowledges(turn, event, len(album) + 1):
        evidence = turn.draft.update.evidence if turn.draft else ()
        piece = next((p for p in pieces_of(evidence) if new.id in {each.id for each in p}), (new,))
        again = _again(turn, new) and len(piece) == 1
        tell(turn, message, _kind_word(event), len(pieces_of(evidence)), name=new.name, photos=len(piece), again=again)


def tell(
    turn: Turn, message: str, kind: str, count: int, *, name: str | None = None, photos: int = 1, again: bool = False
) -> None:
    """Acknowledge a piece; `again` leaves out what can be done with one, which was said just now."""
    not_shown = (name or "").lower().endswith(_NOT_SHOWN)
    turn.say(message, kind=kind, name=name, photos=photos, not_shown=not_shown, count=count, again=again)


def acknowledges(turn: Turn, event: MediaReceived | LocationReceived, photos: int) -> bool:
    """Whether this one is answered: the last of what came at once, and of an album one photo only.

    Of an album whose size LINE tells that is the one that completes it; else the first, or the last of those that
    came together.
    """
    if turn.facts.more_coming:
        return False
    if not isinstance(event, MediaReceived) or event.set_id is None:
        return True
    if event.set_total is not None:
        return photos == event.set_total
    return turn.recall("acked") != event.set_id


def _again(turn: Turn, new: Evidence) -> bool:
    """Whether the last turn acknowledged a piece too: what can be done with one was said just now."""
    seen = turn.recall("acked")
    turn.remember(acked=new.group_id or "-")
    return seen is not None


def _put_in_order(turn: Turn, new: Evidence) -> None:
    """Put a photo beside those that were sent with it, in the order in which they were chosen as far as known."""
    if turn.draft is None or new.group_id is None:
        return
    evidence = turn.draft.update.evidence
    order = tuple(each.id for piece in pieces_of(evidence) for each in _as_chosen(piece))
    if order != tuple(each.id for each in evidence):
        turn.do(OrderEvidence(update_id=turn.draft.update.id, order=order))


def _as_chosen(piece: Piece) -> Piece:
    if any(each.group_index is None for each in piece):
        return piece
    return tuple(sorted(piece, key=lambda each: each.group_index or 0))


def _kind_word(event: MediaReceived | LocationReceived) -> str:
    return event.kind.value if isinstance(event, MediaReceived) else "location"


def piece_from(event: MediaReceived | LocationReceived) -> Evidence:
    """The evidence that a photo, file, voice or place makes."""
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
        group_id=event.set_id,
        group_index=event.set_index if event.set_id else None,
    )


def _degrees(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
